package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.PoolListener;
import dev.pando.TaskFuture;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Workers come and go while the pool stays: after a number of tasks, after a rest, on a kill, as spares. */
@Timeout(90)
class RecyclingTest {
    @RegisterExtension
    final WorkerFixture workerFixture = new WorkerFixture();

    private static Processes small(int count) {
        return Processes.of(count).heap("32m").output(Output.discard());
    }

    private static int pidIn(Pool pool) {
        return pool.submit(TestTasks::pid).result();
    }

    @Test
    void aWorkerRunsExactlyAsManyTasksAsItMay() {
        Pool pool = workerFixture.open(small(1).recycleAfter(7));
        Map<Integer, Integer> tasks = new LinkedHashMap<>();
        for (int i = 0; i < 35; i++) {
            tasks.merge(pidIn(pool), 1, Integer::sum);
        }
        assertThat(tasks.values()).containsExactly(7, 7, 7, 7, 7);
        assertThat(pool.stats().workersLost()).isZero();
    }

    @Test
    void whoRunsOneTaskOnlyRunsOneTaskOnly() {
        Pool pool = workerFixture.open(small(2).recycleAfter(1));
        List<TaskFuture<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            tasks.add(pool.submit(TestTasks::pid));
        }
        Set<Integer> pids = new LinkedHashSet<>();
        for (TaskFuture<Integer> task : tasks) {
            assertThat(pids.add(task.result())).isTrue();
        }
    }

    /** The successor gets ready while the last task of its predecessor still runs. */
    @Test
    void whoTakesThePlaceIsStartedBeforeTheOldOneLeaves() throws Exception {
        Gate gate = workerFixture.gate();
        CountDownLatch second = new CountDownLatch(2);
        Pool pool = workerFixture.open(small(1).recycleAfter(3), new PoolListener() {
            @Override
            public void workerStarted(String worker) {
                second.countDown();
            }
        });
        int pid = pidIn(pool);
        assertThat(pidIn(pool)).isEqualTo(pid);
        assertThat(second.getCount()).isEqualTo(1);
        TaskFuture<Integer> last = pool.submit(gate.handle()::pass, 1);
        gate.awaitArrivals(1);
        assertThat(second.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(last.isRunning()).isTrue();
        assertThat(WorkerFixture.isAlive(pid)).isTrue();
        gate.open();
        assertThat(pidIn(pool)).isNotEqualTo(pid);
        WorkerFixture.awaitGone(pid);
    }

    @Test
    void severalDoNotLeaveAtOnce() throws Exception {
        Pool pool = workerFixture.open(small(4).recycleAfter(40));
        Map<Integer, Integer> tasks = new LinkedHashMap<>();
        for (int round = 1; round <= 40; round++) {
            Gate gate = workerFixture.gate(); // all four at once, so that each worker runs one task a round
            Gate.Handle handle = gate.handle();
            List<TaskFuture<Integer>> four = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                four.add(pool.submit(() -> handle.pass(TestTasks.pid())));
            }
            gate.awaitArrivals(4);
            gate.open();
            for (TaskFuture<Integer> each : four) {
                tasks.merge(each.result(), 1, Integer::sum);
            }
        }
        List<Integer> first = tasks.values().stream().limit(4).sorted().toList();
        assertThat(first).doesNotHaveDuplicates().last().isEqualTo(40);
        assertThat(tasks.values()).allMatch(count -> count <= 40);
    }

    @Test
    void whoRestsForLongGoesHomeAndAnotherComesWhenThereIsWork() {
        Pool pool = workerFixture.open(small(2).idleTimeout(Duration.ofMillis(200)));
        int pid = pidIn(pool);
        WorkerFixture.awaitGone(pid);
        WorkerFixture.await("nobody is left", () -> pool.stats().workers() == 0);
        assertThat(WorkerFixture.pids(workerFixture.mark)).isEmpty();
        assertThat(pidIn(pool)).isNotEqualTo(pid);
        assertThat(pool.stats().workersLost()).isZero();
    }

    @Test
    void lazilyNobodyStartsBeforeThereIsWorkAndNoMoreThanThereIsWorkFor() {
        Pool pool = workerFixture.open(small(3));
        assertThat(WorkerFixture.pids(workerFixture.mark)).isEmpty();
        int pid = pidIn(pool);
        assertThat(WorkerFixture.pids(workerFixture.mark)).containsExactly((long) pid);
    }

    @Test
    void eagerlyAllStartAtOnceAndStay() throws Exception {
        CountDownLatch ready = new CountDownLatch(3);
        Pool pool =
                workerFixture.open(small(3).idleTimeout(Duration.ofMillis(100)).eager(), new PoolListener() {
                    @Override
                    public void workerStarted(String worker) {
                        ready.countDown();
                    }
                });
        assertThat(ready.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(pool.stats().workers()).isEqualTo(3);
        Set<Long> there = Set.copyOf(WorkerFixture.pids(workerFixture.mark));
        assertThat(there).contains((long) pidIn(pool));
        assertThat(WorkerFixture.pids(workerFixture.mark)).containsExactlyInAnyOrderElementsOf(there);
    }

    /** Mostly: a worker that has just answered may not be listed as idle yet, and then another is taken. */
    @Test
    void theLastUsedIsUsedNext() throws Exception {
        Pool pool = workerFixture.open(small(3));
        Gate gate = workerFixture.gate();
        Gate.Handle handle = gate.handle();
        for (int i = 0; i < 3; i++) {
            int number = i;
            var _ = pool.submit(() -> handle.pass(number));
        }
        gate.awaitArrivals(3);
        gate.open();
        List<Integer> pids = new ArrayList<>(List.of(pidIn(pool)));
        int usedNext = 0; // not how often the favourite was: each exception makes another worker the last used
        for (int i = 0; i < 100; i++) {
            BackgroundCall.untilIdle(pool);
            LockSupport.parkNanos(1_000_000);
            pids.add(pidIn(pool));
            usedNext += pids.get(i + 1).equals(pids.get(i)) ? 1 : 0;
        }
        assertThat(usedNext).as("%s", pids).isGreaterThan(50);
    }
}
