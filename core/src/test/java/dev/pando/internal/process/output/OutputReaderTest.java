package dev.pando.internal.process.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.process.Output;
import dev.pando.process.OutputSinks;
import dev.pando.process.OutputTest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** How the reader ends, and what it does for a consumer that throws or is slow. */
class OutputReaderTest extends OutputFixture {
    @Test
    void anUnfinishedLineIsDeliveredAtTheEnd() {
        OutputReader output = output();
        output.began("a");
        filledPipe.print("Killed");
        filledPipe.awaitIdle();
        output.ended();
        assertThat(lines).isEmpty();
        assertThat(all(output)).containsExactly("a:Killed");
    }

    private OutputReader fromBeginning() {
        return OutputReader.start("w", filledPipe, OutputSinks.of(Output.to(this::keep)), _ -> {}, true);
    }

    @Test
    void whatAJvmSaysThatNeverBeginsIsForTheReportOfItsDeathOnly() {
        OutputReader output = fromBeginning();
        filledPipe.print("# a fatal error\n# in an archive");
        assertThat(all(output)).isEmpty();
        assertThat(output.last("")).containsExactly("# a fatal error", "# in an archive");
    }

    @Test
    void whatAJvmSaysComesWhenItsProgramBeginsAndFromThenOnLinesAreLive() {
        OutputReader output = fromBeginning();
        filledPipe.print("a warning\n".repeat(100));
        filledPipe.awaitIdle();
        assertThat(lines).isEmpty();
        filledPipe.print(MarkedStream.FIRST, MarkedStream.SECOND, (byte) 0, (byte) 0);
        filledPipe.awaitIdle();
        assertThat(lines).hasSize(OutputTail.LINES).containsOnly("-:a warning");
        assertThat(output.printed()).isEqualTo(1_000);
        filledPipe.print("live\n");
        filledPipe.awaitIdle();
        assertThat(lines).endsWith("-:live");
        assertThat(all(output)).hasSize(OutputTail.LINES + 1);
    }

    @Test
    void aStreamThatIsClosedHasEnded() {
        OutputReader output = output();
        output.began("a");
        filledPipe.print("one\ntwo");
        filledPipe.awaitIdle();
        output.close();
        output.awaitEnd(LONG);
        output.began("b");
        output.ended();
        assertThat(lines).containsExactly("a:one", "a:two");
    }

    @Test
    void whoAwaitsTheEndWaitsForTheConsumerButNotForEver() throws Exception {
        OutputReader output = stopped();
        filledPipe.end();
        output.awaitEnd(1_000_000);
        assertThat(lines).isEmpty();
        gate.countDown();
        output.awaitEnd(LONG);
        assertThat(lines).containsExactly("-:first");
    }

    /** The system gives the thread that reads no processor, as on a busy machine, while the worker is dead already. */
    @Test
    void whoAwaitsTheEndWaitsForWhatCouldBeReadAtOnce() throws Exception {
        CountDownLatch looks = new CountDownLatch(20);
        InputStream unread = new FilterInputStream(filledPipe) {
            @Override
            public int available() throws IOException {
                looks.countDown();
                return super.available();
            }
        };
        OutputReader output = OutputReader.start("w", unread, OutputSinks.of(Output.to(this::keep)), _ -> {}, false);
        filledPipe.hold();
        filledPipe.print("last words\n");
        filledPipe.awaitHeld();
        filledPipe.end();
        List<String> last = new ArrayList<>();
        Thread waits = Thread.ofPlatform().start(() -> {
            output.awaitEnd(1_000_000);
            last.addAll(output.last(""));
        });
        while (looks.getCount() > 0 && waits.isAlive()) {
            Thread.onSpinWait(); // more often than in its time
        }
        filledPipe.release();
        waits.join();
        assertThat(last).containsExactly("last words");
    }

    @Test
    void aThreadThatIsAtWorkIsWaitedForBeyondThatTime() {
        OutputReader output = drain(line -> {
            long end = System.nanoTime() + 50_000_000;
            while (System.nanoTime() - end < 0) {
                Thread.onSpinWait();
            }
            keep(line);
        });
        filledPipe.print("late\n");
        filledPipe.end();
        output.awaitEnd(1_000_000);
        assertThat(lines).containsExactly("-:late");
    }

    @Test
    void whoIsInterruptedWaitsNoLongerAndStaysInterrupted() {
        OutputReader output = output();
        Thread.currentThread().interrupt();
        output.awaitEnd(Long.MAX_VALUE);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aConsumerThatThrowsIsLoggedOnceAndGetsTheRest() {
        try (OutputTest.Records records = new OutputTest.Records("dev.pando")) {
            OutputReader output = drain(line -> {
                keep(line);
                throw new AssertionError(line.text());
            });
            filledPipe.print("one\ntwo\n");
            assertThat(all(output)).containsExactly("-:one", "-:two");
            assertThat(records.got).hasSize(1);
            assertThat(records.got.getFirst().getMessage()).contains("worker w", "still gets");
            assertThat(records.got.getFirst().getThrown()).hasMessage("one");
        }
    }

    @Test
    void aConsumerThatIsSlowStopsTheWorkerAndNothingPilesUp() throws Exception {
        OutputReader output = stopped();
        byte[] much = "x\n".repeat(500_000).getBytes(UTF_8);
        filledPipe.print(much);
        assertThat(filledPipe.available()).isEqualTo(much.length);
        gate.countDown();
        assertThat(all(output)).hasSize(500_001);
    }
}
