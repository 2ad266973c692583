package dev.pando.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.Pool;
import dev.pando.TaskFailedException;
import dev.pando.TaskFuture;
import dev.pando.internal.loop.LoopLeakCheck;
import dev.pando.internal.loop.LoopSettings;
import dev.pando.internal.loop.LoopVerbs;
import dev.pando.local.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each wrong use has a clear outcome. */
@Timeout(60)
@ExtendWith(LoopLeakCheck.class)
class LoopMisuseTest {
    /** Logs nothing but failures, also where the machine stands still for a moment. */
    private static final Loop QUIET = Loop.create().warnAfter(Duration.ZERO);

    @Test
    void aVerbOutsideOfACoroutineSaysSoAtOnce() {
        TaskFuture<String> done = TaskFuture.of("done");
        List<ThrowingCallable> verbs = List.of(
                Loop::yield,
                () -> Loop.sleep(Duration.ZERO),
                () -> Loop.spawn(() -> 1),
                () -> Loop.await(done),
                () -> Loop.await(() -> 1),
                () -> Loop.gather(done),
                () -> Loop.race(done),
                () -> Loop.asCompleted(List.of(done)),
                () -> Loop.timeout(Duration.ZERO, () -> 1),
                () -> Loop.shield(done),
                () -> Loop.shield(() -> 1),
                Loop::group,
                Loop::running,
                Loop::current,
                Loop::time,
                () -> Loop.callLater(Duration.ZERO, () -> 1),
                () -> Loop.callAt(Duration.ZERO, () -> 1),
                () -> Loop.timeout(LoopTimeout.never(), () -> 1),
                () -> Condition.of(new Mutex()).await(),
                () -> Condition.of(new Mutex()).signal(),
                () -> new Mutex().withLock(() -> 1),
                () -> Semaphore.bounded(1).with(() -> 1),
                () -> Channel.<Integer>priority(1).send(1),
                () -> Channel.lifo(1).taskDone(),
                () -> Channel.of(1).join(),
                () -> Channel.of(1).trySend(1),
                () -> Channel.of(1).receive(),
                () -> new Mutex().lock(),
                () -> Semaphore.of(1).acquire(),
                () -> new Event().set(),
                () -> Barrier.of(1).await());
        assertThat(verbs)
                .allSatisfy(verb -> assertThatThrownBy(verb)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("which runs no coroutine"));
        assertThat(Loop.isHere()).isFalse();
    }

    @Test
    void aVerbInABlockingCallIsOutside() {
        Loop.run(() -> {
            assertThatThrownBy(() -> Loop.await(() -> Loop.yield())).hasMessageContaining("which runs no coroutine");
            assertThat(Loop.isHere()).isTrue();
        });
    }

    @Test
    void aLoopInsideOfACoroutineIsRefusedAndInABlockingCallItIsFine() {
        Loop.run(() -> {
            assertThatThrownBy(() -> Loop.run(() -> 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("coroutine-1");
            assertThat(Loop.<Integer>await(() -> Loop.run(() -> Loop.await(Loop.spawn(() -> 7)))))
                    .isEqualTo(7);
        });
    }

    @Test
    void twoLoopsRunAtOnceAndShareNothing() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        try (Pool pool = Pool.open(Threads.of(2))) {
            List<TaskFuture<Integer>> loops = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                loops.add(pool.submit(() -> Loop.run(() -> {
                    Loop.await(() -> both.await());
                    int[] count = {0};
                    List<TaskFuture<Void>> all = new ArrayList<>();
                    for (int k = 0; k < 1_000; k++) {
                        all.add(Loop.spawn(() -> {
                            count[0]++;
                            Loop.yield();
                            count[0]++;
                        }));
                    }
                    Loop.gather(all);
                    return count[0];
                })));
            }
            for (TaskFuture<Integer> loop : loops) {
                assertThat(loop.result()).isEqualTo(2_000);
            }
        }
    }

    @Test
    void whatBelongsToOneLoopIsRefusedInAnother() {
        Channel<Integer> channel = Channel.of(1);
        Loop.run(() -> channel.send(1));
        Loop.run(() -> assertThatThrownBy(() -> channel.receive())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("belongs to loop"));
    }

    @Test
    void aFutureOfALoopCanBeWaitedForInAnotherThread() {
        Loop.run(() -> {
            TaskFuture<String> own = Loop.spawn(() -> "mine");
            assertThat(Loop.<String>await(() -> own.result())).isEqualTo("mine");
        });
    }

    @Test
    void aFailureThatNobodyAsksForIsReported() {
        List<String> reported = loggedWhile(() -> Loop.run(QUIET, () -> {
            Loop.spawn("forgotten", () -> {
                throw new IllegalArgumentException("nobody hears me");
            });
            TaskFuture<Object> heard = Loop.spawn(() -> {
                throw new IllegalArgumentException("heard");
            });
            Loop.yield();
            assertThat(heard.exception()).hasMessage("heard");
        }));
        assertThat(reported)
                .singleElement()
                .asString()
                .startsWith("forgotten-2 of loop")
                .contains("nobody hears me");
    }

    @Test
    void manyFailuresThatNobodyAsksForAreReportedBeforeTheEnd() {
        List<String> reported = loggedWhile(() -> Loop.run(QUIET, () -> {
            for (int i = 0; i < 150; i++) {
                Loop.spawn(() -> {
                    throw new IllegalArgumentException("again");
                });
            }
            Loop.yield();
        }));
        assertThat(reported).hasSize(150);
    }

    private static List<String> loggedWhile(Runnable body) {
        List<String> messages = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord event) {
                messages.add(event.getMessage() + ": " + event.getThrown().getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("dev.pando");
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
        try {
            body.run();
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
        return messages;
    }

    @Test
    void aBodyThatFailsFailsRun() {
        assertThatThrownBy(() -> Loop.run(() -> {
                    throw new java.io.IOException("broken");
                }))
                .isInstanceOf(TaskFailedException.class)
                .hasCauseInstanceOf(java.io.IOException.class);
    }

    @Test
    void nullsAndNegativesAreRefusedByName() {
        assertThatThrownBy(() -> Loop.create().warnAfter(Duration.ofMillis(-1)))
                .hasMessage("limit must not be negative, but is PT-0.001S");
        assertThatThrownBy(() -> Loop.create().reportTo(null)).hasMessage("report must not be null");
        Loop.run(() -> {
            assertThatThrownBy(() -> Loop.sleep(Duration.ofMillis(-1)))
                    .hasMessage("duration must not be negative, but is PT-0.001S");
            assertThatThrownBy(() -> Channel.of(1).send(null)).hasMessage("item must not be null");
        });
    }

    @Test
    void aLoopThatCanStartNoThreadAtAllFailsAtOnce() {
        LoopSettings settings = LoopSettings.DEFAULT.withThreads(name -> body -> {
            throw new OutOfMemoryError("no thread left");
        });
        assertThatThrownBy(() -> LoopVerbs.run(settings, () -> 1)).hasCauseInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void threadsThatCannotBeStartedFailTheirCoroutinesAndNobodyHangs() {
        CountDownLatch first = new CountDownLatch(1);
        LoopVerbs.run(
                LoopSettings.DEFAULT.withThreads(name -> body -> {
                    if (first.getCount() == 0) {
                        throw new OutOfMemoryError("no thread left");
                    }
                    first.countDown();
                    return Thread.ofVirtual().unstarted(body);
                }),
                () -> {
                    TaskFuture<Integer> other = Loop.spawn(() -> 1);
                    assertThat(other.exception()).isInstanceOf(OutOfMemoryError.class);
                    return null;
                });
    }
}
