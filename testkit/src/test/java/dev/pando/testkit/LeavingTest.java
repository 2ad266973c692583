package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.PoolListener;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A worker that is sent home runs its shutdown hooks, however much was sent to it before. */
@Timeout(90)
class LeavingTest {
    /** More than any pipe holds. */
    private static final int LARGE = 3 << 20;

    @RegisterExtension
    final WorkerFixture workerFixture = new WorkerFixture();

    private final Semaphore ready = new Semaphore(0);

    /** With a long grace, which a worker that is sent home has as well: one that takes longer is killed. */
    private Pool open(Processes processes) {
        Processes patient = processes.heap("64m").grace(Duration.ofSeconds(30)).output(Output.discard());
        return workerFixture.open(patient, new PoolListener() {
            @Override
            public void workerStarted(String worker) {
                ready.release();
            }
        });
    }

    private static void noteAtExit(Tally.Handle notes, int number) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> notes.note(number)));
    }

    @Test
    void aWorkerWithALargeInitializerThatNeverHadATaskRunsItsHooks() throws Exception {
        for (int round = 1; round <= 4; round++) {
            Tally tally = workerFixture.tally();
            Tally.Handle notes = tally.handle();
            byte[] ballast = new byte[LARGE];
            Pool pool = open(Processes.of(2).eager().initializer(() -> noteAtExit(notes, ballast.length)));
            assertThat(ready.tryAcquire(2, 60, TimeUnit.SECONDS)).isTrue();
            pool.close();
            assertThat(tally.notes()).as("round %s", round).containsExactly(LARGE, LARGE);
        }
    }

    @Test
    void aWorkerWhoseLargeTaskWasCancelledRunsItsHooks() throws Exception {
        for (int round = 1; round <= 4; round++) {
            Tally tally = workerFixture.tally();
            Tally.Handle notes = tally.handle();
            byte[] ballast = new byte[LARGE];
            Pool pool = open(Processes.of(1).initializer(() -> noteAtExit(notes, 7)));
            assertThat(pool.submit(() -> 1).result()).isOne();
            pool.submit(() -> ballast.length).cancel(true);
            pool.close();
            assertThat(tally.notes()).as("round %s", round).containsExactly(7);
        }
    }
}
