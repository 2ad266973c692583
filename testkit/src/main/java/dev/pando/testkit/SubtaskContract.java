package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Futures;
import dev.pando.Pool;
import dev.pando.TaskFailedException;
import dev.pando.TaskFuture;
import dev.pando.TaskTimeoutException;
import dev.pando.Worker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Tasks that submit tasks to the pool that runs them. */
interface SubtaskContract extends Subject {

    private Pool asking(int workers) {
        Assumptions.assumeTrue(canShare(), "these workers have no way to ask this program");
        return open(workers);
    }

    /** A sum by halves, each a sub-task of its own. */
    static long sum(long from, long to) {
        if (to - from <= 100) {
            long sum = 0;
            for (long i = from; i < to; i++) {
                sum += i;
            }
            return sum;
        }
        long middle = (from + to) / 2;
        TaskFuture<Long> low = Worker.pool().submit(SubtaskContract::sum, from, middle);
        TaskFuture<Long> high = Worker.pool().submit(SubtaskContract::sum, middle, to);
        return low.result() + high.result();
    }

    /** A chain of sub-tasks, each of which waits for the next. */
    static int depth(int levels) {
        return levels == 0
                ? 0
                : 1 + Worker.pool().submit(SubtaskContract::depth, levels - 1).result();
    }

    @Test
    default void recursionNeedsNoMoreWorkersThanThereAre() {
        for (int workers = 1; workers <= 2; workers++) {
            assertThat(asking(workers).submit(SubtaskContract::sum, 0L, 5_000L).result())
                    .isEqualTo(5_000L * 4_999 / 2);
        }
    }

    @Test
    default void aChainOfWaitsIsNoDeadlock() {
        assertThat(asking(1).submit(SubtaskContract::depth, 30).result()).isEqualTo(30);
    }

    @Test
    default void everyWayOfWaitingMovesOn() {
        Pool pool = asking(1);
        assertThat(pool.submit(() -> {
                            List<TaskFuture<Integer>> all = IntStream.range(0, 5)
                                    .mapToObj(i -> Worker.pool().submit((Integer n) -> n * n, i))
                                    .toList();
                            int sum = 0;
                            for (TaskFuture<Integer> next : Futures.asCompleted(all)) {
                                sum += next.result();
                            }
                            return sum
                                    + Futures.wait(all).done().size()
                                    + Futures.gather(all).result().size();
                        })
                        .result())
                .isEqualTo(30 + 5 + 5);
    }

    @Test
    default void aTaskMaps() {
        Pool pool = asking(2);
        assertThat(pool.submit(() -> Worker.pool()
                                .map(
                                        (Integer n) -> n + 1,
                                        IntStream.range(0, 200).boxed().toList())
                                .mapToInt(Integer::intValue)
                                .sum())
                        .result())
                .isEqualTo(200 * 201 / 2);
    }

    @Test
    default void whatASubtaskThrowsArrives() {
        Pool pool = asking(1);
        Throwable thrown = pool.submit(() -> Worker.pool()
                        .named("inner")
                        .submit(() -> Math.divideExact(1, 0))
                        .result())
                .exception();
        assertThat(thrown).isInstanceOf(TaskFailedException.class).hasCauseInstanceOf(ArithmeticException.class);
        assertThat(thrown).hasMessageContaining("inner");
    }

    @Test
    default void aSubtaskIsCancelled() {
        Pool pool = asking(1);
        assertThat(pool.submit(() -> {
                            TaskFuture<Integer> inner = Worker.pool().submit(() -> 1);
                            boolean cancelled = inner.cancel(false);
                            try {
                                inner.result();
                                return !cancelled;
                            } catch (CancellationException ended) {
                                return cancelled;
                            }
                        })
                        .result())
                .isTrue();
    }

    @Test
    default void aSubtaskHasItsTimeout() {
        Pool pool = asking(1);
        Throwable thrown = pool.submit(() -> Worker.pool()
                        .timeout(Duration.ofMillis(20))
                        .submit(() -> {
                            new java.util.concurrent.CountDownLatch(1).await();
                            return 1;
                        })
                        .result())
                .exception();
        if (runsElsewhere()) {
            assertThat(thrown).isInstanceOf(TaskTimeoutException.class);
        }
    }

    /** Where tasks share memory the callback would hold a worker of the pool, or the turn of the loop. */
    @Test
    default void aCallbackOfASubtaskMayWaitForAnother() {
        Assumptions.assumeFalse(sharesMemory(), "a callback holds a worker");
        Pool pool = asking(2);
        assertThat(pool.submit(() -> {
                            CompletableFuture<Integer> sum = new CompletableFuture<>();
                            TaskFuture<Integer> first = Worker.pool().submit(() -> 1);
                            TaskFuture<Integer> second = Worker.pool().submit(() -> 2);
                            var _ = first.onDone(done -> sum.complete(done.result() + second.result()));
                            return sum.get();
                        })
                        .result())
                .isEqualTo(3);
    }
}
