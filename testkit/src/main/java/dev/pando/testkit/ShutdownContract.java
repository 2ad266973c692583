package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The end of a pool, by all calls that can end it and in all their orders. */
interface ShutdownContract extends Subject {

    private static void stubborn(Gate.Handle handle) {
        while (true) {
            try {
                handle.await();
                return;
            } catch (InterruptedException resisted) {
                // that is the point
            }
        }
    }

    @Test
    @Scenario({103, 170, 201})
    default void submitAfterAnyKindOfEndIsRefused() {
        for (int way = 0; way < 4; way++) {
            Pool pool = open(1);
            switch (way) {
                case 0 -> pool.shutdown();
                case 1 -> pool.shutdownNow();
                case 2 -> pool.kill();
                default -> pool.close();
            }
            assertThat(pool.isShutdown()).isTrue();
            assertThatThrownBy(() -> pool.submit(() -> 1))
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessageContaining(pool.stats().name());
        }
    }

    @Test
    @Scenario({111, 113})
    default void acceptedWorkIsDoneAfterShutdown() throws Exception {
        Pool pool = open(2);
        List<TaskFuture<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            futures.add(pool.submit(n -> n + 1, i));
        }
        pool.shutdown();
        for (int i = 0; i < 50; i++) {
            assertThat(futures.get(i).result()).isEqualTo(i + 1);
        }
        assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(pool.isTerminated()).isTrue();
        assertThat(pool.stats().workers()).isZero();
    }

    @Test
    @Scenario({105, 116, 120})
    default void cancelQueuedAndShutdownCancelWhatHadNotBegun() throws Exception {
        assumeTrue(runsElsewhere() && isBounded(), "needs tasks in line");
        Gate gate = pools().gate();
        Gate.Handle handle = gate.handle();
        Pool pool = open(5);
        List<TaskFuture<?>> futures = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            futures.add(pool.submit(handle::await));
        }
        gate.awaitArrivals(5);
        assertThat(pool.cancelQueued()).isEqualTo(45);
        pool.shutdown();
        gate.open();
        pool.close();
        assertThat(futures).filteredOn(Future::isCancelled).hasSize(45);
        assertThat(futures)
                .filteredOn(future -> !future.isCancelled())
                .hasSize(5)
                .allMatch(future -> future.exception() == null);
        assertThat(gate.arrivals()).isEqualTo(5);
    }

    @Test
    @Scenario(109)
    default void submitCancelAndCloseReturns() {
        for (int i = 0; i < 200; i++) {
            try (Pool pool = open(1)) {
                pool.submit(() -> 1).cancel(i % 2 == 0);
            }
        }
    }

    @Test
    @Scenario(119)
    default void shutdownMayBeSaidAgainInAnyOrder() throws Exception {
        assumeTrue(runsElsewhere(), "needs a task that runs meanwhile");
        Gate gate = pools().gate();
        Gate.Handle handle = gate.handle();
        Pool pool = open(1);
        var _ = pool.submit(handle::await);
        gate.awaitArrivals(1);
        pool.shutdown();
        pool.shutdown();
        assertThat(pool.awaitTermination(0, TimeUnit.SECONDS)).isFalse();
        assertThat(pool.isTerminated()).isFalse();
        BackgroundCall<?> closer = BackgroundCall.run(pool::close);
        assertThat(closer.awaitParked().isDone()).isFalse();
        gate.open();
        closer.join();
        assertThat(pool.isTerminated()).isTrue();
        pool.close();
        pool.shutdown();
        assertThat(pool.shutdownNow()).isEmpty();
        pool.kill();
        assertThat(pool.close(Duration.ZERO)).isTrue();
    }

    @Test
    default void anInterruptedCloseStopsTheTasksAndKeepsTheInterrupt() throws Exception {
        assumeTrue(runsElsewhere() && isBounded(), "needs tasks in line and one that runs");
        Gate gate = pools().gate();
        Gate.Handle handle = gate.handle();
        Pool pool = open(1);
        TaskFuture<?> running = pool.submit(handle::await);
        TaskFuture<?> queued = pool.submit(handle::await);
        gate.awaitArrivals(1);
        BackgroundCall<Boolean> closer = BackgroundCall.ask(() -> {
            pool.close();
            return Thread.currentThread().isInterrupted();
        });
        closer.awaitParked().interrupt();
        assertThat(closer.join()).isTrue();
        assertThat(queued.isCancelled()).isTrue();
        assertThat(running.exception()).isInstanceOf(InterruptedException.class);
        assertThat(pool.isTerminated()).isTrue();
    }

    @Test
    @Scenario(124)
    default void closeWithPatienceStopsWhatIsLeft() throws Exception {
        assumeTrue(runsElsewhere(), "needs a task that runs meanwhile");
        Gate gate = pools().gate();
        Gate.Handle handle = gate.handle();
        Pool pool = open(1);
        TaskFuture<?> running = pool.submit(handle::await);
        gate.awaitArrivals(1);
        long begun = System.nanoTime();
        assertThat(pool.close(Duration.ofMillis(50))).isTrue();
        assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(50_000_000L);
        assertThat(running.isCancelled()).isTrue();
        assertThat(pool.isTerminated()).isTrue();
    }

    @Test
    @Scenario(124)
    default void closeWithPatienceTellsOfATaskThatResists() throws Exception {
        assumeTrue(runsElsewhere() && sharesMemory(), "a worker in a process of its own can be killed");
        Gate gate = pools().gate();
        Gate.Handle handle = gate.handle();
        Pool pool = open(1);
        TaskFuture<?> running = pool.submit(() -> stubborn(handle));
        gate.awaitArrivals(1);
        assertThat(pool.close(Duration.ZERO)).isFalse();
        assertThat(running.isCancelled()).isTrue();
        assertThat(pool.isTerminated()).isFalse();
        gate.open();
        assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @Scenario({121, 198})
    default void killCancelsEverythingAtOnce() throws Exception {
        assumeTrue(runsElsewhere() && isBounded(), "needs tasks in line");
        Gate gate = pools().gate();
        Gate.Handle handle = gate.handle();
        Pool pool = open(with(2).queue(20_000));
        List<TaskFuture<?>> futures = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            futures.add(pool.submit(handle::await));
        }
        gate.awaitArrivals(2);
        pool.kill();
        assertThat(futures).allMatch(Future::isCancelled);
        assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(gate.arrivals()).isEqualTo(2);
        assertThat(pool.stats().cancelled()).isEqualTo(10_000);
    }

    @Test
    @Scenario({168, 169})
    default void killBeforeAnythingRanAndKillAgainAreHarmless() throws Exception {
        Pool pool = open(2);
        pool.kill();
        pool.kill();
        assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        Pool used = open(2);
        assertThat(used.submit(() -> 1).result()).isEqualTo(1);
        used.kill();
        used.kill();
        assertThat(used.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        used.kill();
    }

    @Test
    @Scenario(122)
    default void closeInsideATaskOfThePoolDoesNotWaitForItself() throws Exception {
        assumeTrue(sharesMemory(), "the task takes its pool along");
        Pool pool = open(2);
        TaskFuture<Boolean> closing = pool.submit(() -> {
            pool.close();
            boolean byPatience = pool.close(Duration.ofDays(1));
            return byPatience || pool.isTerminated();
        });
        assertThat(closing.result()).isFalse();
        assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @Scenario(123)
    default void aCallbackThatSubmitsWhileThePoolCloses() throws Exception {
        assumeTrue(runsElsewhere() && isBounded(), "needs tasks in line");
        Gate gate = pools().gate();
        Gate.Handle handle = gate.handle();
        Pool pool = open(1);
        var _ = pool.submit(handle::await);
        gate.awaitArrivals(1);
        AtomicReference<Throwable> refused = new AtomicReference<>();
        TaskFuture<Integer> queued = pool.submit(() -> 1).onDone(done -> {
            try {
                var _ = pool.submit(() -> 2);
            } catch (RejectedExecutionException e) {
                refused.set(e);
            }
        });
        pool.kill();
        assertThatThrownBy(queued::result).isInstanceOf(CancellationException.class);
        assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(refused.get()).isNotNull();
    }

    @Test
    default void awaitTerminationIsInterruptible() throws Exception {
        Pool pool = open(1);
        BackgroundCall<Boolean> waiter = BackgroundCall.ask(() -> pool.awaitTermination(1, TimeUnit.DAYS));
        waiter.awaitParked().interrupt();
        assertThatThrownBy(waiter::join).isInstanceOf(InterruptedException.class);
        assertThat(pool.isShutdown()).isFalse();
    }

    @Test
    default void cancelQueuedLeavesThePoolOpen() throws Exception {
        Pool pool = open(1);
        assertThat(pool.cancelQueued()).isZero();
        assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
    }

    @Test
    default void anUnusedPoolHasTerminatedWhenShutdownReturns() {
        Pool pool = open(1);
        pool.shutdown();
        assertThat(pool.isTerminated()).isTrue();
    }
}
