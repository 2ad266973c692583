package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A misfortune while the pool closes: each accepted task is done or lost, the pool does close, and nothing is left. */
@Timeout(60)
class ClosingPhaseTest {
    @RegisterExtension
    final Pools pools = new Pools();

    private Pool pool;
    private ProcessCensus processCensus;

    @BeforeEach
    void open() throws Exception {
        pool = pools.open(Pool.with(FailureMatrix.workers()).named(pools.name()));
        processCensus = ProcessCensus.like(
                FailureMatrix.strength(pool, FailureMatrix.WIDTH).iterator().next());
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(pool.isTerminated()).isTrue();
        processCensus.assertNobody();
    }

    static Stream<ExpectedDeath> deaths() {
        return Stream.of(
                        ExpectedDeath.exits(),
                        ExpectedDeath.halts(),
                        Stream.of(ExpectedDeath.killed(), ExpectedDeath.aborted()),
                        ExpectedDeath.brokenFrames())
                .flatMap(all -> all);
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void workerThatDiesAtItsLastTaskCostsThatTask(ExpectedDeath expectedDeath) throws Exception {
        expectedDeath.assertOf(lastTask(expectedDeath.chaos()));
    }

    @Test
    void nativeCrashAtTheLastTaskCostsThatTask() throws Exception {
        try {
            ExpectedDeath.crashed().assertOf(lastTask(Chaos.segfault()));
        } finally {
            ExpectedDeath.sweepCrashLogs(pool.stats().name());
        }
    }

    static Stream<Arguments> survived() {
        return Stream.of(
                arguments(Chaos.throwing(new IllegalStateException("x")), IllegalStateException.class),
                arguments(Chaos.throwing(new AssertionError("x")), AssertionError.class),
                arguments(Chaos.stack(), StackOverflowError.class),
                arguments(Chaos.heap(), OutOfMemoryError.class),
                arguments(Chaos.disk(), IOException.class),
                arguments(Chaos.flood(20_000), null));
    }

    @ParameterizedTest
    @MethodSource("survived")
    void whatTheLastTaskDoesToItselfHoldsUpNobody(Chaos chaos, Class<? extends Throwable> thrown) throws Exception {
        Throwable seen = lastTask(chaos).exception();
        assertThat(seen == null ? null : seen.getClass()).isEqualTo(thrown);
    }

    /** Submits a task that is struck when the pool is closing, with a good task beside it and others queued behind. */
    private TaskFuture<?> lastTask(Chaos chaos) throws Exception {
        try (Gate gate = new Gate()) {
            Gate.Handle handle = gate.handle();
            TaskFuture<?> doomed = pool.submit(() -> {
                handle.await();
                chaos.strike();
            });
            TaskFuture<Integer> beside = pool.submit(handle::pass, 7);
            List<TaskFuture<Integer>> behind =
                    IntStream.range(0, 4).mapToObj(i -> pool.submit(n -> n, i)).toList();
            gate.awaitArrivals(2);
            BackgroundCall<?> closing = BackgroundCall.run(pool::close).awaitParked();
            gate.open();
            closing.join();
            assertThat(doomed.isDone()).isTrue();
            assertThat(beside.result()).isEqualTo(7);
            assertThat(behind).extracting(TaskFuture::result).containsExactly(0, 1, 2, 3);
            return doomed;
        }
    }

    @ParameterizedTest
    @MethodSource("dev.pando.testkit.WorkerPhase#stuck")
    void taskThatNeverEndsIsKilledWhenPatienceIsOver(Chaos chaos) {
        TaskFuture<?> stuck = pool.submit(chaos.inCall());
        TaskFuture<Integer> beside = pool.submit(() -> 7);
        assertThat(beside.result()).isEqualTo(7);
        assertThat(pool.close(Duration.ofMillis(50))).isTrue();
        assertThat(stuck.isCancelled()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("dev.pando.testkit.WorkerPhase#stuck")
    void killEndsWhatNeverEnds(Chaos chaos) throws Exception {
        TaskFuture<?> stuck = pool.submit(chaos.inCall());
        pool.kill();
        assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(stuck.isCancelled()).isTrue();
    }

    @Test
    void frozenWorkersThatDoNotGoHomeAreKilled() throws Exception {
        for (long pid : FailureMatrix.strength(pool, FailureMatrix.WIDTH)) {
            ProcessCensus.freeze(pid);
        }
        pool.close();
    }

    static Stream<Chaos> onTheWayOut() {
        return Stream.of(
                Chaos.spin(),
                Chaos.deadlock(),
                Chaos.stopped(),
                Chaos.halt(4),
                Chaos.kill(),
                Chaos.abort(),
                Chaos.halfFrame(),
                Chaos.garbage(),
                Chaos.hugeFrame(),
                Chaos.flood(20_000),
                Chaos.heap(),
                Chaos.stack(),
                Chaos.exit(3),
                Chaos.throwing(new IllegalStateException("x")));
    }

    /** Strikes in a shutdown hook, when the worker was told to exit and is exiting. */
    @ParameterizedTest
    @MethodSource("onTheWayOut")
    void workerThatDoesNotGoHomeProperlyHoldsUpNobodyForLong(Chaos chaos) {
        assertThat(pool.submit(chaos.onExit()).result()).isPositive();
        pool.close();
    }

    @Test
    void workersThatDieAtRestBeforeTheyAreSentHomeHoldUpNobody() throws Exception {
        for (long pid : FailureMatrix.strength(pool, FailureMatrix.WIDTH)) {
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        }
        pool.close();
    }
}
