package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.WorkerLostException;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A worker that a signal has stopped holds no caller up for ever, although no task has a timeout. */
@Timeout(90)
class FrozenWorkerTest {
    @RegisterExtension
    final WorkerFixture workerFixture = new WorkerFixture();

    private Pool open() {
        return workerFixture.open(Processes.of(1).heap("32m").output(Output.discard()));
    }

    @Test
    void aTaskThatAStoppedWorkerHasNotBegunRunsOnAnother() throws Exception {
        Pool pool = open();
        int pid = pool.submit(TestTasks::pid).result();
        for (int task = 0; task < 40; task++) {
            assertThat(pool.submit(TestTasks::pid).result()).isEqualTo(pid); // until it has the page
        }
        ProcessCensus.freeze(pid);
        TaskFuture<Integer> next = pool.submit(TestTasks::pid);
        assertThat(next.result()).isNotEqualTo(pid);
        assertThat(WorkerFixture.isAlive(pid)).isFalse();
        pool.close(); // a death is counted when nothing of it is left, which its task does not wait for
        assertThat(pool.stats().workersLost()).isOne();
    }

    @Test
    void aTaskThatItsWorkerWasStoppedInIsLostWithTheReason() throws Exception {
        Pool pool = open();
        Tally tally = workerFixture.tally();
        Tally.Handle notes = tally.handle();
        TaskFuture<Integer> task = pool.submit(() -> {
            notes.note(TestTasks.pid());
            return TestTasks.deafSleep();
        });
        int pid = tally.awaitNotes(1).getFirst();
        ProcessCensus.freeze(pid);
        assertThat(task.exception())
                .isInstanceOf(WorkerLostException.class)
                .hasMessageContaining("it was stopped by a signal (SIGSTOP) and did not go on for 10 s");
        assertThat(pool.submit(TestTasks::pid).result()).isNotEqualTo(pid);
    }

    @Test
    void aWorkerThatGoesOnInTimeKeepsItsTask() throws Exception {
        Pool pool = open();
        Gate gate = workerFixture.gate();
        Gate.Handle handle = gate.handle();
        int pid = pool.submit(TestTasks::pid).result();
        TaskFuture<Integer> task = pool.submit(() -> handle.pass(7));
        gate.awaitArrivals(1);
        ProcessCensus.freeze(pid);
        WorkerFixture.signal("CONT", pid);
        gate.open();
        assertThat(task.result()).isEqualTo(7);
        assertThat(pool.submit(TestTasks::pid).result()).isEqualTo(pid);
    }
}
