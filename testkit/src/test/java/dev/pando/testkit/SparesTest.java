package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.PoolListener;
import dev.pando.TaskFuture;
import dev.pando.WorkerLostException;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A spare worker takes the place of a worker that is killed. */
@Timeout(90)
class SparesTest {
    @RegisterExtension
    final WorkerFixture workerFixture = new WorkerFixture();

    private final Semaphore ready = new Semaphore(0);

    private Pool open(Processes processes) {
        return workerFixture.open(processes.heap("32m").output(Output.discard()), new PoolListener() {
            @Override
            public void workerStarted(String worker) {
                ready.release();
            }
        });
    }

    private void awaitReady(int count) throws InterruptedException {
        assertThat(ready.tryAcquire(count, 30, TimeUnit.SECONDS))
                .as("%s more workers get ready", count)
                .isTrue();
    }

    @Test
    void afterADeathTheNextTaskRunsOnWhoWasReadyBefore() throws Exception {
        Pool pool = open(Processes.of(1).spares(1));
        for (int round = 0; round < 5; round++) {
            int pid = pool.submit(TestTasks::pid).result();
            awaitReady(round == 0 ? 2 : 1);
            List<Long> before = WorkerFixture.pids(workerFixture.mark);
            assertThat(before).hasSize(2).contains((long) pid);
            assertThat(pool.submit(TestTasks::halt).exception()).isInstanceOf(WorkerLostException.class);
            assertThat((long) pool.submit(TestTasks::pid).result()).isIn(before).isNotEqualTo((long) pid);
        }
    }

    @Test
    void whoIsKilledForNotStoppingIsReplacedByWhoIsReady() throws Exception {
        Tally tally = workerFixture.tally();
        Tally.Handle notes = tally.handle();
        Pool pool = open(Processes.of(1).spares(1).grace(Duration.ofMillis(50)));
        TaskFuture<Integer> task = pool.submit(() -> {
            TestTasks.note(notes, TestTasks.pid());
            return TestTasks.endlessLoop();
        });
        int pid = tally.awaitNotes(1).getFirst();
        awaitReady(2);
        List<Long> before = WorkerFixture.pids(workerFixture.mark);
        task.cancel(true);
        assertThat((long) pool.submit(TestTasks::pid).result()).isIn(before).isNotEqualTo((long) pid);
    }

    @Test
    void sparesDoNotWorkUnlessSomebodyIsMissing() throws Exception {
        Pool pool = open(Processes.of(2).spares(2));
        Gate gate = workerFixture.gate();
        for (int i = 0; i < 6; i++) {
            int number = i;
            Gate.Handle handle = gate.handle();
            var _ = pool.submit(() -> handle.pass(number));
        }
        awaitReady(4);
        gate.awaitArrivals(2);
        assertThat(pool.stats().running()).isEqualTo(2);
        assertThat(gate.arrivals()).isEqualTo(2);
        gate.open();
    }

    @Test
    void aSpareThatDiesIsReplaced() throws Exception {
        Pool pool = open(Processes.of(1).spares(1));
        for (int round = 0; round < 5; round++) {
            int pid = pool.submit(TestTasks::pid).result();
            awaitReady(round == 0 ? 2 : 1);
            long spare = WorkerFixture.pids(workerFixture.mark).stream()
                    .filter(each -> each != pid)
                    .findAny()
                    .orElseThrow();
            WorkerFixture.signal("KILL", spare);
        }
        awaitReady(1);
        assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
    }
}
