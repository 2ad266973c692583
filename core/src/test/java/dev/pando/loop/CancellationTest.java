package dev.pando.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.DeadlineExceededException;
import dev.pando.TaskFuture;
import dev.pando.internal.loop.LoopLeakCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A cancellation lands at the next verb, a scope ends its coroutines, and no coroutine outlives run. */
@Timeout(60)
@ExtendWith(LoopLeakCheck.class)
class CancellationTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private final List<String> notes = new ArrayList<>();

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#virtual")
    void aCancelledSleeperIsToldAtOnceAndMayUseVerbsToCleanUp(Loop loop) {
        Loop.run(loop, () -> {
            TaskFuture<Void> sleeper = Loop.spawn(() -> {
                try {
                    Loop.sleep(HOUR);
                } finally {
                    notes.add("cleaning");
                    Loop.sleep(SECOND);
                    notes.add("clean");
                }
            });
            Loop.sleep(SECOND);
            assertThat(sleeper.cancel(true)).isTrue();
            assertThat(sleeper.isCancelled()).isTrue();
            notes.add("cancelled");
            Loop.sleep(SECOND.multipliedBy(5));
        });
        assertThat(notes).containsExactly("cancelled", "cleaning", "clean");
    }

    @Test
    void oneThatRunsIsToldAtItsNextVerb() {
        Loop.run(() -> {
            List<TaskFuture<Void>> own = new ArrayList<>();
            own.add(Loop.spawn(() -> {
                own.getFirst().cancel(true);
                notes.add("goes on");
                try {
                    Loop.yield();
                } catch (CancellationException e) {
                    notes.add(String.valueOf(e.getMessage()));
                }
            }));
            Loop.yield();
            Loop.yield();
        });
        assertThat(notes).containsExactly("goes on", "coroutine-2 was cancelled");
    }

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#all")
    void oneThatHasNotBegunNeverBegins(Loop loop) {
        Loop.run(loop, () -> {
            TaskFuture<Boolean> unbegun = Loop.spawn(() -> notes.add("begun"));
            unbegun.cancel(false);
            for (int i = 0; i < 5; i++) {
                Loop.yield();
            }
        });
        assertThat(notes).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#virtual")
    void whoeverIsCancelledWhileItAwaitsCancelsWhatItAwaits(Loop loop) {
        Loop.run(loop, () -> {
            TaskFuture<Void> inner = Loop.spawn(() -> Loop.sleep(HOUR));
            TaskFuture<Void> other = Loop.spawn(() -> Loop.sleep(HOUR));
            TaskFuture<?> outer = Loop.spawn(() -> Loop.gather(inner, other));
            Loop.sleep(SECOND);
            outer.cancel(true);
            Loop.sleep(SECOND);
            assertThat(inner.isCancelled()).isTrue();
            assertThat(other.isCancelled()).isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#virtual")
    void ofTwoTimeoutsTheRightOneEnds(Loop loop) {
        Loop.run(loop, () -> {
            assertThatThrownBy(() -> Loop.timeout(SECOND, () -> {
                        try {
                            Loop.timeout(HOUR, () -> Loop.sleep(HOUR.multipliedBy(2)));
                        } catch (DeadlineExceededException e) {
                            notes.add("wrong: the inner one");
                        }
                    }))
                    .isInstanceOf(DeadlineExceededException.class)
                    .hasMessageContaining("1000 ms");
            Loop.timeout(HOUR, () -> {
                assertThatThrownBy(() -> Loop.timeout(SECOND, () -> Loop.sleep(HOUR)))
                        .isInstanceOf(DeadlineExceededException.class);
                Loop.sleep(SECOND);
                notes.add("the outer one goes on");
            });
        });
        assertThat(notes).containsExactly("the outer one goes on");
    }

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#virtual")
    void twoTimeoutsAtTheSameMomentEndTheOuterOne(Loop loop) {
        Loop.run(loop, () -> {
            assertThatThrownBy(() -> Loop.timeout(SECOND, () -> {
                        try {
                            Loop.timeout(SECOND, () -> Loop.sleep(HOUR));
                        } finally {
                            Loop.sleep(SECOND); // clean-up may use verbs, also under both timeouts
                            notes.add("clean");
                        }
                    }))
                    .isInstanceOf(DeadlineExceededException.class);
        });
        assertThat(notes).containsExactly("clean");
    }

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#virtual")
    void aTimeoutThatIsOverLeavesNothingBehind(Loop loop) {
        Loop.run(loop, () -> {
            for (int i = 0; i < 1_000; i++) {
                Loop.timeout(SECOND, () -> Loop.yield());
            }
            Loop.sleep(SECOND.multipliedBy(2));
            notes.add("fine");
        });
        assertThat(notes).containsExactly("fine");
    }

    @Test
    void aCancelledBlockingCallIsInterruptedAndItsInterruptGoesNoFurther() {
        CountDownLatch never = new CountDownLatch(1);
        Loop.run(() -> {
            CountDownLatch in = new CountDownLatch(1);
            TaskFuture<Void> blocked = Loop.spawn(() -> {
                try {
                    Loop.await(() -> {
                        in.countDown();
                        never.await();
                    });
                } catch (CancellationException e) {
                    notes.add("cancelled, " + Thread.currentThread().isInterrupted());
                    Loop.yield();
                    notes.add("clean");
                }
            });
            Loop.await(() -> in.await());
            blocked.cancel(true);
            Loop.timeout(HOUR, () -> {
                while (notes.size() < 2) {
                    Loop.await(() -> Thread.yield());
                }
            });
        });
        assertThat(notes).containsExactly("cancelled, false", "clean");
    }

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#all")
    void whatIsLeftWhenTheBodyEndsIsCancelledAndOverWhenRunReturns(Loop loop) {
        Loop.run(loop, () -> {
            CountDownLatch in = new CountDownLatch(1);
            for (int i = 0; i < 10; i++) {
                Loop.spawn(() -> {
                    try {
                        Loop.sleep(HOUR);
                    } finally {
                        Loop.yield();
                        notes.add("over");
                    }
                });
            }
            Loop.spawn(() -> {
                try {
                    Loop.await(() -> {
                        in.countDown();
                        new CountDownLatch(1).await();
                    });
                } finally {
                    notes.add("over");
                }
            });
            Loop.group().submit(() -> {
                try {
                    Loop.sleep(HOUR);
                } finally {
                    notes.add("over");
                }
                return null;
            });
            Loop.await(() -> in.await());
            for (int i = 0; i < 50; i++) {
                Loop.yield();
            }
        });
        assertThat(notes).hasSize(12);
    }

    @Test
    void nobodyIsSpawnedWhenTheBodyHasEnded() {
        Loop.run(() -> {
            Loop.spawn(() -> {
                try {
                    Loop.sleep(HOUR);
                } finally {
                    assertThatThrownBy(() -> Loop.spawn(() -> 1))
                            .isInstanceOf(RejectedExecutionException.class)
                            .hasMessageContaining("is ending");
                    notes.add("refused");
                }
            });
            Loop.yield();
        });
        assertThat(notes).containsExactly("refused");
    }

    @Test
    void anInterruptOfTheThreadThatRunsTheLoopCancelsTheBody() throws InterruptedException {
        CountDownLatch sleeping = new CountDownLatch(1);
        Thread caller = Thread.ofPlatform().start(() -> {
            try {
                Loop.run(() -> {
                    sleeping.countDown();
                    Loop.sleep(HOUR);
                });
            } catch (CancellationException e) {
                notes.add("cancelled, " + Thread.currentThread().isInterrupted());
            }
        });
        sleeping.await();
        caller.interrupt();
        caller.join();
        assertThat(notes).containsExactly("cancelled, true");
    }
}
