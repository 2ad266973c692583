package dev.pando.lab.advise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.lab.advise.Recommendation.Confidence;
import dev.pando.lab.result.TimingSample;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

/** The end of the adviser's search, on made-up rates. */
class FinalVerdictTest {
    private static final WorkerCandidate CALLER = new WorkerCandidate(WorkerKind.CALLER, 1);
    private static final WorkerCandidate THREADS = new WorkerCandidate(WorkerKind.THREADS, 4);

    private static FinalVerdict verdict(TimingSample caller, TimingSample threads) {
        SequencedMap<WorkerCandidate, TimingSample> rounds = new LinkedHashMap<>();
        rounds.put(CALLER, caller);
        rounds.put(THREADS, threads);
        return FinalVerdict.of(rounds, THREADS);
    }

    private static TimingSample rates(double... rates) {
        return new TimingSample(rates);
    }

    @Test
    void theFastestWinsAndTheSimplestOfEquals() {
        assertThat(verdict(rates(20, 20, 20), rates(60, 61, 62)))
                .isEqualTo(new FinalVerdict(THREADS, false, 3, 2.0 / 61))
                .returns(Confidence.HIGH, FinalVerdict::confidence);
        assertThat(verdict(rates(20, 20, 20), rates(20, 20.5, 21)).best()).isEqualTo(CALLER);
        assertThat(verdict(rates(20, 20, 20), rates(50, 60, 62)).confidence()).isEqualTo(Confidence.MEDIUM);
    }

    @Test
    void aWinnerWhoseOwnRunsDifferWidelyDoesNotDecide() {
        assertThat(verdict(rates(15, 20, 25), rates(10, 10, 10)))
                .isEqualTo(new FinalVerdict(THREADS, true, 3, 0.5))
                .returns(Confidence.LOW, FinalVerdict::confidence);
    }

    @Test
    void oneAfterTheOtherIsNotAdvisedWhereTheOthersWereMeasuredBadly() {
        assertThat(verdict(rates(18, 19, 20), rates(12, 18, 29)))
                .isEqualTo(new FinalVerdict(THREADS, true, 3, 17.0 / 18))
                .returns(Confidence.LOW, FinalVerdict::confidence);
        assertThat(verdict(rates(18, 19, 20), rates(17, 18, 18)).best()).isEqualTo(CALLER);
    }
}
