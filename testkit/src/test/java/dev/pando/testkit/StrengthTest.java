package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.PoolListener;
import dev.pando.TaskFuture;
import dev.pando.WorkerLostException;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import dev.pando.spi.Failure.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** After deaths, a pool has all its workers again and never more, and a task that did not run is not lost. */
@Timeout(90)
class StrengthTest {
    @RegisterExtension
    final WorkerFixture workerFixture = new WorkerFixture();

    private static Processes small(int count) {
        return Processes.of(count).heap("32m").output(Output.discard());
    }

    /** No submission follows that would ask for workers on behalf of the queued tasks. */
    @Test
    void afterAStormOfDeathsAllWorkersAreBackForThoseInLine() throws Exception {
        Gate gate = workerFixture.gate();
        Gate.Handle handle = gate.handle();
        Pool pool = workerFixture.open(small(4));
        List<TaskFuture<Integer>> deaths = new ArrayList<>();
        for (int i = 0; i < 18; i++) {
            deaths.add(pool.submit(TestTasks::halt));
        }
        List<TaskFuture<Integer>> line = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            line.add(pool.submit(handle::pass, i));
        }
        gate.awaitArrivals(4); // all at once
        gate.open();
        for (int i = 0; i < 8; i++) {
            assertThat(line.get(i).result()).isEqualTo(i);
        }
        for (TaskFuture<Integer> death : deaths) {
            assertThat(death.exception()).isInstanceOf(WorkerLostException.class);
        }
    }

    @Test
    void aWorkerThatDiesAtRestCostsNobodyAnything() throws Exception {
        List<String> lost = new CopyOnWriteArrayList<>();
        Pool pool = workerFixture.open(small(1).spares(1), new PoolListener() {
            @Override
            public void workerLost(String worker, String reason) {
                lost.add(reason);
            }
        });
        for (int round = 0; round < 20; round++) {
            int pid = pool.submit(TestTasks::pid).result();
            WorkerFixture.signal("KILL", pid); // the pool notices it while the next tasks are submitted
            List<TaskFuture<Integer>> next = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                next.add(pool.submit(TestTasks::pid));
            }
            Set<Integer> pids = new HashSet<>();
            for (TaskFuture<Integer> each : next) {
                pids.add(resultUnlessHit(each));
            }
            assertThat(pids).as("round %s, %s", round, lost).doesNotContain(pid);
        }
    }

    /** A task that a dying worker has read may have run, so it is lost. A task that it has not read is not. */
    private static int resultUnlessHit(TaskFuture<Integer> task) {
        Throwable thrown = task.exception();
        if (thrown == null) {
            return task.resultNow();
        }
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        WorkerLostException.class,
                        lost -> assertThat(lost.loss().progress())
                                .as("%s", lost)
                                .isNotEqualTo(Progress.NOT_STARTED));
        return 0;
    }

    @Test
    void aPlaceIsFreeOnlyWhenWhoHadItIsDead() throws Exception {
        Tally tally = workerFixture.tally();
        Tally.Handle notes = tally.handle();
        Pool pool = workerFixture.open(small(1).grace(Duration.ZERO).spares(1));
        int before = 0;
        for (int round = 1; round <= 20; round++) {
            TaskFuture<Integer> task = pool.submit(() -> {
                TestTasks.note(notes, TestTasks.pid());
                return TestTasks.endlessLoop();
            });
            int pid = tally.awaitNotes(round).getLast();
            assertThat(before == 0 || !WorkerFixture.isAlive(before))
                    .as("round %s", round)
                    .isTrue();
            task.cancel(true);
            before = pid;
        }
    }

    @Test
    void whoWasTerminatedFromOutsideIsNotSaidToHaveCalledExit() throws Exception {
        Gate gate = workerFixture.gate();
        Pool pool = workerFixture.open(small(1));
        int pid = pool.submit(TestTasks::pid).result();
        TaskFuture<Integer> task = pool.submit(gate.handle()::pass, 1);
        gate.awaitArrivals(1);
        WorkerFixture.signal("TERM", pid);
        assertThat(task.exception()).isInstanceOfSatisfying(WorkerLostException.class, lost -> {
            assertThat(lost.loss().signal()).contains("SIGTERM");
            assertThat(lost.loss().reason())
                    .isEqualTo("it was killed from outside, or something in it called System.exit");
        });
    }
}
