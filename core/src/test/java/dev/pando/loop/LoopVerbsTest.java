package dev.pando.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.DeadlineExceededException;
import dev.pando.Pool;
import dev.pando.PoolException;
import dev.pando.Promise;
import dev.pando.TaskFailedException;
import dev.pando.TaskFuture;
import dev.pando.internal.loop.LoopLeakCheck;
import dev.pando.local.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each verb does. */
@Timeout(60)
@ExtendWith(LoopLeakCheck.class)
class LoopVerbsTest {
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofHours(1);

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#virtual")
    void gatherGivesTheValuesInTheOrderOfTheFutures(Loop loop) {
        List<String> values = Loop.run(loop, () -> {
            TaskFuture<String> slow = Loop.spawn(() -> after(LONG, "slow"));
            TaskFuture<String> quick = Loop.spawn(() -> after(SHORT, "quick"));
            return Loop.gather(slow, quick);
        });
        assertThat(values).containsExactly("slow", "quick");
    }

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#virtual")
    void gatherThrowsTheFirstFailureAtOnceAndTheOthersGoOn(Loop loop) {
        Loop.run(loop, () -> {
            TaskFuture<String> slow = Loop.spawn(() -> after(LONG, "slow"));
            TaskFuture<String> failing = Loop.spawn(() -> {
                Loop.sleep(SHORT);
                throw new IOException("broken");
            });
            assertThatThrownBy(() -> Loop.gather(slow, failing))
                    .isInstanceOf(TaskFailedException.class)
                    .hasCauseInstanceOf(IOException.class);
            assertThat(slow.isDone()).isFalse();
            assertThat(Loop.await(slow)).isEqualTo("slow");
        });
    }

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#virtual")
    void raceGivesTheFirstAndCancelsTheOthers(Loop loop) {
        Loop.run(loop, () -> {
            TaskFuture<String> slow = Loop.spawn(() -> after(LONG, "slow"));
            TaskFuture<String> quick = Loop.spawn(() -> after(SHORT, "quick"));
            assertThat(Loop.race(slow, quick)).isEqualTo("quick");
            assertThat(slow.isCancelled()).isTrue();
            assertThatThrownBy(() -> Loop.race(List.of())).isInstanceOf(NoSuchElementException.class);
        });
    }

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#virtual")
    void asCompletedGivesThemAsTheyAreDone(Loop loop) {
        List<Integer> order = new ArrayList<>();
        Loop.run(loop, () -> {
            List<TaskFuture<Integer>> all = new ArrayList<>();
            for (int i = 5; i > 0; i--) {
                int seconds = i;
                all.add(Loop.spawn(() -> after(Duration.ofSeconds(seconds), seconds)));
            }
            for (TaskFuture<Integer> next : Loop.asCompleted(all)) {
                order.add(next.result());
            }
        });
        assertThat(order).containsExactly(1, 2, 3, 4, 5);
    }

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#all")
    void awaitTakesAStageThatAnotherThreadCompletes(Loop loop) {
        String value = Loop.run(loop, () -> {
            CompletableFuture<String> stage = new CompletableFuture<>();
            TaskFuture<String> waiting = Loop.spawn(() -> Loop.await(stage));
            Thread.startVirtualThread(() -> stage.complete("there"));
            return Loop.await(waiting);
        });
        assertThat(value).isEqualTo("there");
    }

    @Test
    void awaitThrowsWhatAStageFailedWithAndCancelsOneThatIsNotWantedAnyMore() {
        Loop.run(() -> {
            assertThatThrownBy(() -> Loop.await(CompletableFuture.failedFuture(new IOException("broken"))))
                    .isInstanceOf(TaskFailedException.class)
                    .hasCauseInstanceOf(IOException.class);
            CompletableFuture<String> never = new CompletableFuture<>();
            TaskFuture<String> waiting = Loop.spawn(() -> Loop.await(never));
            Loop.yield();
            waiting.cancel(true);
            Loop.yield();
            Loop.yield();
            assertThat(never.isCancelled()).isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#all")
    void aBlockingCallLetsTheOthersGoOn(Loop loop) {
        CountDownLatch latch = new CountDownLatch(1);
        List<String> order = new ArrayList<>();
        Loop.run(loop, () -> {
            TaskFuture<Void> blocked = Loop.spawn(() -> {
                Loop.await(() -> latch.await());
                order.add("woken");
            });
            TaskFuture<Void> other = Loop.spawn(() -> {
                order.add("other");
                latch.countDown();
            });
            Loop.gather(blocked, other);
        });
        assertThat(order).containsExactly("other", "woken");
    }

    @Test
    void whatABlockingCallThrowsIsThrownThere() {
        Loop.run(() -> {
            assertThatThrownBy(() -> Loop.await(() -> {
                        throw new IOException("no such file");
                    }))
                    .isInstanceOf(TaskFailedException.class)
                    .hasCauseInstanceOf(IOException.class);
            assertThatThrownBy(() -> Loop.await(() -> {
                        throw new ArithmeticException("by zero");
                    }))
                    .isInstanceOf(ArithmeticException.class);
        });
    }

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#virtual")
    void awaitHasAPoolDoItWhileAVirtualClockStandsStill(Loop loop) {
        try (Pool pool = Pool.open(Threads.of(1))) {
            int value = Loop.run(loop, () -> {
                TaskFuture<Void> impatient = Loop.spawn(() -> Loop.sleep(LONG));
                int answer = Loop.timeout(LONG, () -> Loop.await(pool, () -> 42));
                assertThat(impatient.isDone()).isFalse();
                return answer;
            });
            assertThat(value).isEqualTo(42);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#virtual")
    void timeoutEndsWhatIsInside(Loop loop) {
        Loop.run(loop, () -> {
            assertThat(Loop.timeout(LONG, () -> after(SHORT, "in time"))).isEqualTo("in time");
            assertThatThrownBy(() -> Loop.timeout(SHORT, () -> after(LONG, "too late")))
                    .isInstanceOf(DeadlineExceededException.class)
                    .hasMessageContaining("was not done within 1000 ms");
        });
    }

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#virtual")
    void whatIsShieldedGoesOnWhenTheOneWhoWaitsIsCancelled(Loop loop) {
        Loop.run(loop, () -> {
            TaskFuture<String> work = Loop.spawn(() -> after(LONG, "done"));
            TaskFuture<String> waiting = Loop.spawn(() -> Loop.shield(work));
            TaskFuture<String> body =
                    Loop.spawn(() -> Loop.timeout(SHORT, () -> Loop.shield(() -> after(LONG, "unheard"))));
            Loop.sleep(SHORT);
            waiting.cancel(true);
            assertThat(Loop.await(work)).isEqualTo("done");
            assertThat(body.exception()).isInstanceOf(TaskFailedException.class.getSuperclass());
            assertThatThrownBy(waiting::result).isInstanceOf(CancellationException.class);
        });
    }

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#virtual")
    void aFailureInAGroupCancelsTheSiblings(Loop loop) {
        List<String> order = new ArrayList<>();
        Loop.run(loop, () -> {
            try (var group = Loop.group()) {
                TaskFuture<String> sibling = group.submit(() -> {
                    try {
                        return after(LONG, "never");
                    } catch (CancellationException e) {
                        order.add("sibling cancelled");
                        throw e;
                    }
                });
                var _ = group.submit(() -> {
                    Loop.sleep(SHORT);
                    throw new IOException("broken");
                });
                assertThatThrownBy(group::join).isInstanceOf(PoolException.class);
                assertThat(sibling.isCancelled()).isTrue();
            }
            order.add("closed");
        });
        assertThat(order).containsExactly("sibling cancelled", "closed");
    }

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#all")
    void everyWaitOfTheLibraryGivesTheTurnAway(Loop loop) {
        List<String> order = new ArrayList<>();
        try (Pool pool = Pool.open(Threads.of(2))) {
            Loop.run(loop, () -> {
                Promise<String> promise = new Promise<>();
                TaskFuture<String> waiting = Loop.spawn(() -> promise.future().result());
                TaskFuture<List<Integer>> mapping =
                        Loop.spawn(() -> pool.map(n -> n * 2, List.of(1, 2, 3)).toList());
                TaskFuture<Boolean> keeping = Loop.spawn(() -> {
                    order.add("kept");
                    promise.complete("kept");
                    return true;
                });
                assertThat(dev.pando.Futures.wait(List.of(waiting, keeping)).notDone())
                        .isEmpty();
                order.add(waiting.result());
                assertThat(mapping.result()).containsExactly(2, 4, 6);
            });
        }
        assertThat(order).containsExactly("kept", "kept");
    }

    @Test
    void aPoolCanBeClosedInsideOfACoroutine() {
        Loop.run(() -> {
            CountDownLatch latch = new CountDownLatch(1);
            TaskFuture<Void> opens = Loop.spawn(latch::countDown);
            try (Pool pool = Pool.open(Threads.of(1))) {
                var _ = pool.submit(() -> latch.await()); // ends only if closing lets the other coroutine run
            }
            assertThat(opens.isDone()).isTrue();
        });
    }

    private static <T> T after(Duration pause, T value) {
        Loop.sleep(pause);
        return value;
    }
}
