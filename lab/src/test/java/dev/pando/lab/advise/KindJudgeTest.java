package dev.pando.lab.advise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Verdicts over made-up batches, without a clock. Times are in milliseconds. */
class KindJudgeTest {
    private static final double MS = 1e6;

    static CallBatch batch(double wall, double cpu, double delay, double pause) {
        return new CallBatch(10, wall * MS, cpu * MS, delay < 0 ? -1 : delay * MS, pause * MS, 0, 0, 100);
    }

    static KindVerdict judge(CallBatch together, CallBatch... alone) {
        return KindJudge.judge(List.of(alone), together, 4);
    }

    static KindVerdict often(CallBatch batch) {
        return KindJudge.judge(Collections.nCopies(8, batch), batch, 4);
    }

    @Test
    void aThreadWithoutAProcessorDoesNotWait() {
        assertThat(often(batch(50, 5, 44, 0)).kind()).isEqualTo(WorkKind.COMPUTES);
        assertThat(often(batch(50, 5, 0, 0)).kind()).isEqualTo(WorkKind.WAITS);
    }

    @Test
    void aThreadThatTheCollectorStopsDoesNotWait() {
        assertThat(often(batch(20, 6, 0, 14)).kind()).isEqualTo(WorkKind.COMPUTES);
    }

    @Test
    void halfAndHalfIsMixed() {
        assertThat(often(batch(10, 5, 0, 0)).kind()).isEqualTo(WorkKind.MIXED);
    }

    @Test
    void callsThatWaitForEachOtherTakeTurns() {
        assertThat(judge(batch(40, 10, 0, 0), batch(10, 10, 0, 0), batch(10, 10, 0, 0), batch(10, 10, 0, 0))
                        .kind())
                .isEqualTo(WorkKind.TAKES_TURNS);
    }

    @Test
    void onABusyMachineTheLockIsSeenByWhatJavaCounts() {
        CallBatch alone = batch(10, 10, 0, 0);
        CallBatch together = new CallBatch(10, 100 * MS, 10 * MS, 90 * MS, 0, 5, 80 * MS, 100);
        assertThat(judge(together, alone, alone, alone).kind()).isEqualTo(WorkKind.TAKES_TURNS);
    }

    @Test
    void aSleepThatEndsLateIsNoLock() {
        CallBatch alone = new CallBatch(10, 10 * MS, 5 * MS, 0, 0, 10, 0, 100);
        CallBatch together = new CallBatch(10, 100 * MS, 5 * MS, 90 * MS, 0, 10, 95 * MS, 100);
        assertThat(judge(together, alone, alone, alone).kind()).isEqualTo(WorkKind.MIXED);
    }

    @Test
    void waitingForTheCollectorIsNoLock() {
        CallBatch alone = batch(10, 10, 0, 0);
        assertThat(judge(batch(90, 10, 0, 20), alone, alone, alone).kind()).isEqualTo(WorkKind.COMPUTES);
    }

    @Test
    void halvesThatDisagreeCannotBeTold() {
        CallBatch computes = batch(10, 10, 0, 0);
        CallBatch waits = batch(10, 1, 0, 0);
        KindVerdict verdict = judge(computes, computes, waits, computes, waits, computes, waits, computes, waits);
        assertThat(verdict.kind()).isEqualTo(WorkKind.UNKNOWN);
        assertThat(verdict.because()).contains("waited 0 %", "90 %");
    }

    @Test
    void tooFewCallsCannotBeTold() {
        assertThat(judge(batch(0, 0, 0, 0), batch(10, 10, 0, 0)).kind()).isEqualTo(WorkKind.UNKNOWN);
    }

    @Test
    void withoutTheSchedulersClockTheLeastWaitingIsNearest() {
        CallBatch quiet = batch(10, 9.9, -1, 0);
        CallBatch disturbed = batch(30, 9.9, -1, 0);
        assertThat(judge(quiet, quiet, quiet, quiet, quiet).kind()).isEqualTo(WorkKind.COMPUTES);
        KindVerdict verdict = KindJudge.judge(
                Stream.concat(Collections.nCopies(4, quiet).stream(), Collections.nCopies(4, disturbed).stream())
                        .toList(),
                quiet,
                2);
        assertThat(verdict.kind()).isEqualTo(WorkKind.UNKNOWN);
        assertThat(verdict.because()).contains("does not tell");
    }
}
