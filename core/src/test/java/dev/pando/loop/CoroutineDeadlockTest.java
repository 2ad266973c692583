package dev.pando.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.DeadlineExceededException;
import dev.pando.DeadlockException;
import dev.pando.Fn;
import dev.pando.Futures;
import dev.pando.Pool;
import dev.pando.Promise;
import dev.pando.TaskFuture;
import dev.pando.When;
import dev.pando.internal.loop.LoopLeakCheck;
import dev.pando.local.Caller;
import dev.pando.local.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Coroutines that wait for each other: a wait that can end does, and a wait that cannot throws. */
@Timeout(60)
@ExtendWith(LoopLeakCheck.class)
class CoroutineDeadlockTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** A way to wait for a future. */
    private record Wait(String name, Fn<TaskFuture<Integer>, Integer> body) {
        int on(TaskFuture<Integer> future) throws Exception {
            return body.apply(future);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Wait> waits() {
        return Stream.of(
                new Wait("result", TaskFuture::result),
                new Wait("get", TaskFuture::get),
                new Wait("exception", future -> {
                    if (future.exception() instanceof DeadlockException circle) {
                        throw circle;
                    }
                    return 0;
                }),
                new Wait("await", Loop::<Integer>await),
                new Wait("shield", Loop::<Integer>shield),
                new Wait("gather", future -> Loop.<Integer>gather(future).getFirst()),
                new Wait("wait", future -> {
                    var _ = Futures.wait(List.of(future));
                    return future.result();
                }),
                new Wait("first", future -> {
                    var _ = Futures.wait(List.of(future), When.FIRST_COMPLETED);
                    return future.result();
                }),
                new Wait("a blocking call", future -> Loop.<Integer>await(() -> future.result())),
                new Wait("a view", future -> future.toCompletableFuture().join()),
                new Wait(
                        "a view in a blocking call",
                        future -> Loop.<Integer>await(
                                () -> future.toCompletableFuture().join())),
                new Wait("a view as a stage", future -> Loop.<Integer>await(future.toCompletableFuture())),
                new Wait("a caller's task", future -> {
                    try (Pool caller = Pool.open(Caller.inline())) {
                        return caller.submit(() -> future.result()).result();
                    }
                }));
    }

    private static void assertNames(Throwable thrown, String... names) {
        Throwable circle = thrown instanceof DeadlockException ? thrown : thrown.getCause();
        assertThat(circle).isInstanceOf(DeadlockException.class).hasMessageContainingAll(names);
    }

    @ParameterizedTest
    @MethodSource("waits")
    void oneThatWaitsForItselfIsToldSo(Wait wait) {
        Loop.run(() -> {
            CompletableFuture<TaskFuture<Integer>> itself = new CompletableFuture<>();
            TaskFuture<Integer> future = Loop.spawn("narcissus", () -> wait.on(itself.join()));
            itself.complete(future);
            assertNames(future.exception(), "narcissus-2");
        });
    }

    @ParameterizedTest
    @MethodSource("waits")
    void twoThatWaitForEachOtherAreToldSo(Wait wait) {
        Loop.run(() -> {
            CompletableFuture<TaskFuture<Integer>> other = new CompletableFuture<>();
            TaskFuture<Integer> a = Loop.spawn("alpha", () -> wait.on(other.join()));
            TaskFuture<Integer> b = Loop.spawn("beta", () -> wait.on(a));
            other.complete(b);
            assertNames(a.exception(), "alpha-2", "beta-3");
            assertNames(b.exception(), "alpha-2", "beta-3");
        });
    }

    @Test
    void aRaceThatNoneCanWinEndsAndCancelsTheOthers() {
        Loop.run(() -> {
            CompletableFuture<TaskFuture<Integer>> other = new CompletableFuture<>();
            TaskFuture<Integer> a = Loop.spawn("alpha", () -> Loop.<Integer>race(other.join()));
            TaskFuture<Integer> b = Loop.spawn("beta", () -> Loop.<Integer>race(a));
            other.complete(b);
            assertNames(b.exception(), "alpha-2", "beta-3");
            assertThat(a.isCancelled()).isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("waits")
    void aChainOfThreeIsFoundInAPoolToo(Wait wait) {
        try (Pool pool = Pool.open(Loop.create())) {
            pool.submit(() -> {
                        CompletableFuture<TaskFuture<Integer>> third = new CompletableFuture<>();
                        TaskFuture<Integer> a = Loop.spawn("alpha", () -> wait.on(third.join()));
                        TaskFuture<Integer> b = Loop.spawn("beta", () -> wait.on(a));
                        TaskFuture<Integer> c = Loop.spawn("gamma", () -> wait.on(b));
                        third.complete(c);
                        assertNames(a.exception(), "alpha-2", "beta-3", "gamma-4");
                        return null;
                    })
                    .result();
        }
    }

    @ParameterizedTest
    @MethodSource("waits")
    void aCircleWithATaskOfAPoolIsFound(Wait wait) {
        try (Pool pool = Pool.open(Threads.of(1))) {
            Loop.run(() -> {
                CompletableFuture<TaskFuture<Integer>> other = new CompletableFuture<>();
                TaskFuture<Integer> coroutine = Loop.spawn("alpha", () -> wait.on(other.join()));
                TaskFuture<Integer> task = pool.named("beta").submit(() -> coroutine.result());
                other.complete(task);
                assertNames(coroutine.exception(), "alpha-2", "beta-1");
                assertNames(task.exception(), "alpha-2", "beta-1");
            });
        }
    }

    @ParameterizedTest
    @MethodSource("waits")
    void aTaskOfALoopAndItsOwnCoroutineAreToldSo(Wait wait) {
        try (Pool pool = Pool.open(Loop.create())) {
            CompletableFuture<TaskFuture<Integer>> itself = new CompletableFuture<>();
            TaskFuture<Integer> task = pool.named("alpha").submit(() -> {
                TaskFuture<Integer> self = itself.get();
                return wait.on(Loop.spawn("beta", () -> wait.on(self)));
            });
            itself.complete(task);
            assertNames(task.exception(), "alpha-1", "beta-2");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#virtual")
    void aTimeoutAroundAWaitOfTheCircleEndsIt(Loop loop) {
        Loop.run(loop, () -> {
            CompletableFuture<TaskFuture<Integer>> other = new CompletableFuture<>();
            TaskFuture<Integer> a = Loop.spawn(() -> {
                try {
                    return Loop.timeout(SECOND, () -> Loop.shield(other.join()));
                } catch (DeadlineExceededException e) {
                    return 1;
                }
            });
            TaskFuture<Integer> b = Loop.spawn(() -> Loop.await(a) + 1);
            other.complete(b);
            assertThat(b.result()).isEqualTo(2);
        });
    }

    @Test
    void aTimeoutAroundABlockingCallOrInATaskOfAPoolEndsTheCircleToo() {
        try (Pool pool = Pool.open(Loop.create())) {
            CompletableFuture<TaskFuture<Integer>> itself = new CompletableFuture<>();
            TaskFuture<Integer> task = pool.submit(() -> {
                TaskFuture<Integer> self = itself.get();
                try {
                    return Loop.timeout(Duration.ofMillis(50), () -> Loop.<Integer>await(() -> self.result()));
                } catch (DeadlineExceededException e) {
                    return 1;
                }
            });
            itself.complete(task);
            assertThat(task.result()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#virtual")
    void aTimedWaitOfTheCircleEndsIt(Loop loop) {
        Loop.run(loop, () -> {
            CompletableFuture<TaskFuture<Integer>> other = new CompletableFuture<>();
            TaskFuture<Integer> a = Loop.spawn(() -> {
                try {
                    return other.join().result(SECOND);
                } catch (DeadlineExceededException e) {
                    return 1;
                }
            });
            TaskFuture<Integer> b = Loop.spawn(() -> a.result() + 1);
            other.complete(b);
            assertThat(b.result()).isEqualTo(2);
        });
    }

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#virtual")
    void aTimeoutThatHasEndedTheCodeInsideEndsNoFurtherWait(Loop loop) {
        Loop.run(loop, () -> {
            CompletableFuture<TaskFuture<Integer>> itself = new CompletableFuture<>();
            TaskFuture<Integer> a = Loop.spawn(() -> Loop.timeout(SECOND, () -> {
                try {
                    Loop.sleep(SECOND.multipliedBy(2));
                } finally {
                    itself.join().result(); // clean-up on the way out
                }
                return 1;
            }));
            itself.complete(a);
            assertThatThrownBy(a::result).isInstanceOf(DeadlockException.class);
        });
    }

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#virtual")
    void aWaitThatOtherCodeEndsIsNoDeadlock(Loop loop) {
        Loop.run(loop, () -> {
            Promise<Integer> promise = new Promise<>();
            TaskFuture<Integer> a = Loop.spawn(() -> promise.future().result() + 1);
            TaskFuture<Integer> b = Loop.spawn(() -> Loop.await(a) + 1);
            TaskFuture<Integer> slow = Loop.spawn(() -> {
                Loop.sleep(SECOND);
                return 5;
            });
            CompletableFuture<TaskFuture<Integer>> other = new CompletableFuture<>();
            TaskFuture<Integer> either = Loop.spawn(() -> Loop.<Integer>race(other.join(), Loop.shield(() -> slow)));
            other.complete(Loop.spawn(() -> Loop.shield(either)));
            Loop.sleep(SECOND);
            promise.complete(1);
            assertThat(Loop.await(b)).isEqualTo(3);
            assertThat(Loop.await(either)).isEqualTo(5);
        });
    }

    @Test
    void aTaskInTheQueueOfAPoolThatWaitsForTheCoroutineIsRunAllTheSame() {
        try (Pool pool = Pool.open(Threads.of(1))) {
            Loop.run(() -> {
                CompletableFuture<TaskFuture<Integer>> other = new CompletableFuture<>();
                TaskFuture<Integer> parent = pool.submit(() -> other.get().result() + 1);
                other.complete(Loop.spawn(() -> pool.submit(() -> 5).result() + 1));
                assertThat(Loop.await(parent)).isEqualTo(7);
            });
        }
    }

    @Test
    void theVerdictOfTheBodyIsThrownByRun() {
        assertThatThrownBy(() -> Loop.run(() -> {
                    CompletableFuture<TaskFuture<Integer>> other = new CompletableFuture<>();
                    TaskFuture<Integer> a = Loop.spawn(() -> other.join().result());
                    other.complete(a);
                    return a.result();
                }))
                .isInstanceOf(DeadlockException.class);
    }

    @Test
    void aLongChainOfCoroutinesThatAreAwaitedTogetherTakesNoTimeThatGrowsWithItsSquare() {
        Loop.run(Loop.create().warnAfter(Duration.ZERO), () -> {
            Promise<Integer> first = new Promise<>();
            TaskFuture<Integer> last = first.future();
            List<TaskFuture<Integer>> all = new ArrayList<>();
            for (int i = 0; i < 50_000; i++) {
                TaskFuture<Integer> before = last;
                last = Loop.spawn(() -> before.result() + 1);
                all.add(last);
            }
            TaskFuture<List<Integer>> whole = Futures.gather(all);
            Loop.spawn(() -> {
                Loop.yield();
                first.complete(0);
            });
            assertThat(whole.result()).endsWith(50_000);
        });
    }
}
