package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Fn;
import dev.pando.Futures;
import dev.pando.Pool;
import dev.pando.PoolBuilder;
import dev.pando.PoolWatcher;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.WorkerLoss;
import dev.pando.WorkerLostException;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Short tasks are sent ahead, to workers that still run others. A program cannot tell: a task that has not begun can be
 * cancelled, runs on the first free worker, and is not lost with a worker.
 */
class AheadTest {
    private static final int MANY = 5_000;

    /** After this many short tasks in a row, the pool sends tasks ahead. */
    private static final int WARM = 400;

    @RegisterExtension
    final WorkerFixture workerFixture = new WorkerFixture();

    @TempDir
    Path folder;

    private final List<String> losses = new CopyOnWriteArrayList<>();
    private RunMarks marks;

    @BeforeEach
    void nobodyHasRun() throws Exception {
        marks = RunMarks.of(folder.resolve("marks"), MANY);
    }

    private Pool warm(int count) {
        return warm(with(count));
    }

    /** With a long grace: shorter, a busy machine could cost a worker its life that obeys. */
    private PoolBuilder with(int count) {
        return workerFixture.with(
                Processes.of(count).grace(Duration.ofSeconds(30)).output(Output.discard()));
    }

    private Pool warm(PoolBuilder builder) {
        Pool pool = workerFixture.open(builder.queue(MANY));
        pool.view().watch(new PoolWatcher() {
            @Override
            public void workerLost(String worker, String reason, Optional<WorkerLoss> loss) {
                losses.add(worker + ": " + reason + " " + loss);
            }
        });
        warm(pool);
        return pool;
    }

    /** Fails, and says which workers have died: where none should, a death explains what was seen. */
    private void fail(Pool pool, String what) {
        pool.close();
        throw new AssertionError(what + "; lost workers: " + losses);
    }

    private static void warm(Pool pool) {
        List<TaskFuture<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < WARM; i++) {
            int number = i;
            futures.add(pool.submit(() -> number));
        }
        for (int i = 0; i < WARM; i++) {
            assertThat(futures.get(i).result()).isEqualTo(i);
        }
    }

    /** Submits many marking tasks, with the odd task at one place among them. */
    private List<TaskFuture<Integer>> around(Pool pool, Task<Integer> odd, int where) {
        List<TaskFuture<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            futures.add(pool.submit(i == where ? odd : marks.task(i)));
        }
        return futures;
    }

    @Test
    void allAreDoneOnce() throws Exception {
        Pool pool = warm(2);
        List<TaskFuture<Integer>> futures = around(pool, marks.task(0), 0);
        for (int i = 0; i < MANY; i++) {
            assertThat(futures.get(i).result()).isEqualTo(i);
        }
        assertThat(marks.runs()).containsOnly(1);
        assertThat(pool.stats().succeeded()).isEqualTo(WARM + MANY);
        assertThat(pool.stats().queued()).isZero();
    }

    @Test
    void oneThatTakesItsTimeHoldsUpNobody() throws Exception {
        Pool pool = warm(2);
        Gate gate = workerFixture.gate();
        Gate.Handle handle = gate.handle();
        List<TaskFuture<Integer>> futures = around(pool, () -> handle.pass(7), 2_000);
        for (int i = 0; i < MANY; i++) {
            if (i != 2_000) {
                assertThat(futures.get(i).result(Duration.ofSeconds(30))).isEqualTo(i);
            }
        }
        gate.awaitArrivals(1);
        assertThat(futures.get(2_000).isRunning()).isTrue();
        gate.open();
        assertThat(futures.get(2_000).result()).isEqualTo(7);
    }

    @Test
    void whatWaitsBehindTheOnlyWorkersLongTaskIsPendingAndCanBeCancelled() throws Exception {
        Pool pool = warm(1);
        Gate gate = workerFixture.gate();
        Gate.Handle handle = gate.handle();
        List<TaskFuture<Integer>> futures = around(pool, () -> handle.pass(7), 2_000);
        gate.awaitArrivals(1);
        assertThat(futures.get(2_000).info().worker())
                .as("worker of the running task")
                .isPresent();
        assertThat(futures.get(2_000).isRunning())
                .as("the task at the gate runs")
                .isTrue();
        assertThat(pool.stats().running()).isEqualTo(1);
        for (TaskFuture<Integer> behind : futures.subList(2_001, MANY)) {
            assertThat(behind.isRunning()).isFalse();
            assertThat(behind.isPending()).isTrue();
            assertThat(behind.cancel(false)).isTrue();
        }
        gate.open();
        warm(pool);
        for (int i = 0; i < 2_000; i++) {
            assertThat(futures.get(i).result()).isEqualTo(i);
        }
        byte[] ran = marks.runs();
        for (int i = 0; i < MANY; i++) {
            assertThat(ran[i]).as("task " + i).isEqualTo((byte) (i < 2_000 ? 1 : 0));
        }
    }

    @Test
    void whoeverCancelsUnderFireLearnsTheTruth() throws Exception {
        Pool pool = warm(2);
        List<TaskFuture<Integer>> futures = new ArrayList<>();
        List<Boolean> cancelled = new ArrayList<>();
        SplittableRandom random = new SplittableRandom();
        for (int i = 0; i < MANY; i++) {
            futures.add(pool.submit(marks.task(i)));
            cancelled.add(false);
            int victim = Math.max(0, i - random.nextInt(80));
            if (random.nextInt(3) == 0 && futures.get(victim).cancel(false)) {
                cancelled.set(victim, true);
            }
        }
        Futures.wait(futures);
        warm(pool);
        byte[] ran = marks.runs();
        for (int i = 0; i < MANY; i++) {
            assertThat(futures.get(i).isCancelled()).as("task " + i).isEqualTo(cancelled.get(i));
            if (!cancelled.get(i) && futures.get(i).exception() != null) {
                fail(pool, "task " + i + " did not run: " + futures.get(i).exception());
            }
            assertThat(ran[i]).as("task " + i).isEqualTo((byte) (cancelled.get(i) ? 0 : 1));
        }
        assertThat(pool.stats().queued()).isZero();
    }

    @Test
    void onlyTheTaskThatKillsTheWorkerIsLost() throws Exception {
        Pool pool = warm(2);
        List<TaskFuture<Integer>> futures = around(
                pool,
                () -> {
                    Runtime.getRuntime().halt(3);
                    return 0;
                },
                2_000);
        for (int i = 0; i < MANY; i++) {
            if (i == 2_000) {
                assertThat(futures.get(i).exception()).isInstanceOf(WorkerLostException.class);
            } else {
                assertThat(futures.get(i).result()).isEqualTo(i);
            }
        }
        byte[] ran = marks.runs();
        for (int i = 0; i < MANY; i++) {
            assertThat(ran[i]).as("task " + i).isEqualTo((byte) (i == 2_000 ? 0 : 1));
        }
        pool.close(); // a lost worker is counted a moment after its task has ended
        assertThat(pool.stats().workersLost()).isEqualTo(1);
    }

    @Test
    void aWorkerThatIsKilledFromOutsideLosesOneTaskAtMost() throws Exception {
        Pool pool = warm(2);
        List<TaskFuture<Integer>> futures = around(pool, marks.task(0), 0);
        futures.get(1_000).result();
        ProcessHandle.of(WorkerFixture.pids(workerFixture.mark).getFirst())
                .orElseThrow()
                .destroyForcibly();
        Futures.wait(futures);
        byte[] ran = marks.runs();
        int lost = 0;
        for (int i = 0; i < MANY; i++) {
            if (futures.get(i).exception() == null) {
                assertThat(ran[i]).as("task " + i).isEqualTo((byte) 1);
            } else {
                lost++;
            }
        }
        assertThat(lost).isLessThanOrEqualTo(1);
    }

    @Test
    void whatTheLineIsClearedOfNeverRuns() throws Exception {
        Pool pool = warm(2);
        List<TaskFuture<Integer>> futures = around(pool, marks.task(0), 0);
        futures.get(500).result();
        int cancelled = pool.cancelQueued();
        assertThat(futures).filteredOn(TaskFuture::isPending).isEmpty();
        Futures.wait(futures);
        warm(pool);
        byte[] ran = marks.runs();
        for (int i = 0; i < MANY; i++) {
            assertThat(ran[i]).as("task " + i).isEqualTo((byte) (futures.get(i).isCancelled() ? 0 : 1));
        }
        assertThat(futures).filteredOn(TaskFuture::isCancelled).hasSize(cancelled);
    }

    @Test
    void aPoolThatIsKilledInTheMiddleEndsEveryFuture() {
        Pool pool = warm(2);
        List<TaskFuture<Integer>> futures = around(pool, marks.task(0), 0);
        futures.get(500).result();
        pool.kill();
        for (TaskFuture<Integer> future : futures) {
            assertThat(future.isDone()).isTrue();
        }
    }

    @Test
    void aPoolThatIsClosedInTheMiddleDoesAll() throws Exception {
        Pool pool = warm(2);
        List<TaskFuture<Integer>> futures = around(pool, marks.task(0), 0);
        pool.close();
        for (TaskFuture<Integer> future : futures) {
            assertThat(future.isDone()).isTrue();
        }
        assertThat(marks.runs()).containsOnly(1);
    }

    @Test
    void whoeverWasSeenRunningIsNotSeenPending() throws Exception {
        Pool pool = warm(2);
        Gate gate = workerFixture.gate();
        Gate.Handle handle = gate.handle();
        List<TaskFuture<Integer>> futures = around(pool, () -> handle.pass(7), MANY - 1); // stays until seen
        int seen = 0;
        for (TaskFuture<Integer> future : futures) {
            boolean ran = false;
            while (!future.isDone()) {
                ran |= future.isRunning();
                if (ran && future.isPending()) {
                    gate.open();
                    fail(pool, "pending after it ran: " + future.info());
                }
                if (ran && future == futures.getLast()) {
                    gate.open();
                }
            }
            assertThat(future.isPending()).isFalse();
            if (ran) {
                seen++;
            }
        }
        assertThat(seen).isPositive();
        byte[] marked = marks.runs();
        for (int i = 0; i < MANY - 1; i++) {
            assertThat(marked[i]).as("task " + i).isEqualTo((byte) 1);
        }
    }

    @Test
    void aStopReachesTheOneThatLayAheadAndOnlyThat() throws Exception {
        Pool pool = warm(1);
        Gate gate = workerFixture.gate();
        Gate.Handle handle = gate.handle();
        List<TaskFuture<Integer>> futures = around(pool, () -> handle.pass(7), 2_000);
        gate.awaitArrivals(1);
        assertThat(futures.get(2_000).cancel(true)).isTrue();
        for (int i = 0; i < MANY; i++) {
            if (i != 2_000) {
                assertThat(futures.get(i).result()).isEqualTo(i);
            }
        }
        assertThat(pool.stats().workersLost()).as("the task obeyed the stop").isZero();
        assertThat(marks.runs()[2_001]).isEqualTo((byte) 1);
    }

    /** By a clock that each task moves, at its end: however slow the machine is, no task outlives many others. */
    @Test
    void whatIsTimedIsTimedFromItsBeginning() throws Exception {
        ManualTimer timer = new ManualTimer();
        Pool pool = warm(with(1).timer(timer));
        Fn<Integer, Integer> slow = AheadTest::slowly;
        List<TaskFuture<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            futures.add(pool.timeout(Duration.ofSeconds(1)).submit(slow, i));
            var _ = futures.get(i).onDone(done -> timer.advance(Duration.ofMillis(2)));
        }
        for (int i = 0; i < 700; i++) {
            assertThat(futures.get(i).result()).isEqualTo(i);
        }
    }

    private static Integer slowly(Integer value) {
        LockSupport.parkNanos(2_000_000);
        return value;
    }
}
