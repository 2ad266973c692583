package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Fn;
import dev.pando.Futures;
import dev.pando.Pool;
import dev.pando.Submitter;
import dev.pando.TaskFuture;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * Misfortunes in one pool of two workers, one after the other: each must cost its own task and nothing else, and leave
 * the pool with all its workers. After a test that failed, the next test gets a new pool. After the last test, the pool
 * must close and leave nothing behind. {@code docs/failures.md} has the whole table.
 */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FailureMatrix {
    static final int WIDTH = 2;
    static final Duration LIMIT = Duration.ofMinutes(10);
    static final Duration GRACE = Duration.ofMillis(400);

    final Pools pools = new Pools();
    final ManualTimer timer = new ManualTimer();
    Pool pool;
    private ProcessCensus processCensus;
    private boolean healthy;

    /** The workers of this class, which must die quickly, and whose output does not matter. */
    static Processes workers() {
        return Processes.of(WIDTH)
                .heap("48m")
                .grace(GRACE)
                .jvmArgs("--enable-native-access=ALL-UNNAMED", WorkerFixture.BRIEF)
                .output(Output.discard());
    }

    @BeforeAll
    void begin() {
        pools.beforeEach(null);
    }

    @BeforeEach
    void open() {
        if (!healthy && pool != null) {
            pool.kill();
        }
        if (!healthy) {
            pool = pools.open(Pool.with(workers()).named(pools.name()).timer(timer));
        }
        healthy = false;
    }

    @AfterEach
    void wholeAgain() throws Exception {
        whole();
        healthy = true;
    }

    @AfterAll
    void closeAndLeaveNothingBehind() throws Exception {
        pools.afterEach(null);
        processCensus.assertNobody();
    }

    static long pid() {
        return ProcessHandle.current().pid();
    }

    /** Asserts that all workers stand at a gate at once, and that the pool has no other process. Returns their ids. */
    Set<Long> whole() throws Exception {
        Set<Long> pids = strength(pool, WIDTH);
        processCensus = ProcessCensus.like(pids.iterator().next());
        processCensus.awaitOnly(pids);
        return pids;
    }

    static Set<Long> strength(Submitter pool, int width) throws InterruptedException {
        try (Gate gate = new Gate()) {
            List<TaskFuture<Long>> all = IntStream.range(0, width)
                    .mapToObj(i -> pool.submit(FailureMatrix::standAt, gate.handle()))
                    .toList();
            gate.awaitArrivals(width);
            gate.open();
            Set<Long> pids = new TreeSet<>();
            for (TaskFuture<Long> each : all) {
                pids.add(each.result());
            }
            assertThat(pids).as("workers that stand at a gate at once").hasSize(width);
            return pids;
        }
    }

    /** Waits until these have workers: one that has just answered takes its next task a moment later. */
    static void awaitRunning(List<TaskFuture<Integer>> tasks) {
        for (TaskFuture<Integer> each : tasks) {
            while (each.isPending()) {
                Thread.onSpinWait();
            }
            assertThat(each.isRunning()).isTrue();
        }
    }

    static long standAt(Gate.Handle gate) throws InterruptedException {
        gate.await();
        return pid();
    }

    /** Submits a task among good tasks: before it, beside it on the other worker, and behind it. They must succeed. */
    <T> TaskFuture<T> ordeal(Function<Submitter, TaskFuture<T>> submit) throws Exception {
        return ordeal(submit, doomed -> {});
    }

    /** What the test does with the doomed task once it is submitted. */
    interface Deed<T> {
        void act(TaskFuture<T> doomed) throws Exception;
    }

    <T> TaskFuture<T> ordeal(Function<Submitter, TaskFuture<T>> submit, Deed<T> meanwhile) throws Exception {
        Fn<Integer, Integer> twice = n -> 2 * n;
        assertThat(pool.submit(twice, 1).result()).isEqualTo(2);
        try (Gate gate = new Gate()) {
            TaskFuture<Long> beside = pool.submit(FailureMatrix::standAt, gate.handle());
            gate.awaitArrivals(1);
            TaskFuture<T> doomed = submit.apply(pool);
            List<TaskFuture<Integer>> behind =
                    IntStream.of(2, 3, 4).mapToObj(n -> pool.submit(twice, n)).toList();
            meanwhile.act(doomed);
            assertThat(behind).extracting(TaskFuture::result).containsExactly(4, 6, 8);
            Futures.wait(List.of(doomed)); // later tasks may be done before the loss is reported
            assertThat(beside.isDone()).isFalse();
            gate.open();
            assertThat(beside.result()).isPositive();
            return doomed;
        }
    }
}
