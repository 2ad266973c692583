package dev.pando.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.DeadlineExceededException;
import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.internal.loop.LoopLeakCheck;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A wait at a condition has the mutex again, however it ends, and no wake is lost. */
@Timeout(60)
@ExtendWith(LoopLeakCheck.class)
class ConditionTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final Mutex mutex = new Mutex();
    private final Condition condition = Condition.of(mutex);
    private final List<Object> notes = new ArrayList<>();

    private TaskFuture<Void> waiter(String name) {
        return Loop.spawn(
                name,
                () -> mutex.withLock(() -> {
                    try {
                        condition.await();
                        notes.add(name);
                    } catch (CancellationException e) {
                        notes.add(name + " cancelled");
                        throw e;
                    }
                }));
    }

    private static void letOthersRun() {
        for (int i = 0; i < 20; i++) {
            Loop.yield();
        }
    }

    @Test
    void waitersAreWokenInTheOrderInWhichTheyCame() {
        Loop.run(() -> {
            for (String name : List.of("a", "b", "c", "d", "e")) {
                waiter(name);
            }
            letOthersRun();
            assertThat(condition.waiting()).isEqualTo(5);
            mutex.withLock(() -> condition.signal());
            letOthersRun();
            assertThat(notes).containsExactly("a");
            mutex.withLock(() -> condition.signal(2));
            letOthersRun();
            assertThat(notes).containsExactly("a", "b", "c");
            mutex.withLock(() -> condition.signalAll());
            letOthersRun();
            assertThat(notes).containsExactly("a", "b", "c", "d", "e");
            mutex.withLock(() -> {
                condition.signal();
                condition.signalAll();
            });
            assertThat(condition).hasToString("Condition[0 wait, Mutex[free]]");
        });
    }

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#virtual")
    void aPredicateIsAskedWithTheMutexAndAfterEverySignal(Loop loop) {
        int[] level = {0};
        Loop.run(loop, () -> {
            TaskFuture<Integer> high = Loop.spawn(() -> mutex.withLock(() -> {
                condition.awaitUntil(() -> {
                    assertThat(mutex.isLocked()).isTrue();
                    return level[0] >= 3;
                });
                return level[0];
            }));
            for (int i = 0; i < 3; i++) {
                Loop.sleep(SECOND);
                mutex.withLock(() -> {
                    level[0]++;
                    condition.signalAll();
                });
            }
            assertThat(Loop.await(high)).isEqualTo(3);
            mutex.withLock(() -> condition.awaitUntil(() -> true));
        });
    }

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#virtual")
    void aCancelledWaiterHasItsMutexAgainAndWaitsForItAsLongAsThatTakes(Loop loop) {
        Loop.run(loop, () -> {
            TaskFuture<Void> waiting = Loop.spawn(() -> {
                mutex.lock();
                try {
                    condition.await();
                } finally {
                    notes.add(Loop.time());
                    mutex.unlock(); // throws if the mutex is another's
                    notes.add("unlocked");
                }
            });
            Loop.sleep(SECOND);
            mutex.withLock(() -> {
                waiting.cancel(true);
                Loop.sleep(HOUR);
            });
            Loop.sleep(SECOND);
            assertThat(notes).containsExactly(HOUR.plus(SECOND), "unlocked");
            assertThat(mutex.isLocked()).isFalse();
            assertThat(condition.waiting()).isZero();
        });
    }

    @Test
    void aWaiterThatIsCancelledOnceWokenPassesTheWakeOn() {
        Loop.run(() -> {
            TaskFuture<Void> first = waiter("first");
            waiter("second");
            waiter("third");
            letOthersRun();
            mutex.withLock(() -> {
                condition.signal();
                first.cancel(true);
            });
            letOthersRun();
            assertThat(notes).containsExactly("first cancelled", "second");
            assertThat(condition.waiting()).isEqualTo(1);
        });
    }

    @Test
    void aWaiterThatIsCancelledAndThenWokenPassesTheWakeOn() {
        Loop.run(() -> {
            TaskFuture<Void> first = waiter("first");
            waiter("second");
            letOthersRun();
            mutex.withLock(() -> {
                first.cancel(true); // not gone on yet, so that it still stands in line
                condition.signal();
            });
            letOthersRun();
            assertThat(notes).containsExactly("first cancelled", "second");
        });
    }

    @Test
    void aWakeForAllIsNotPassedOnToOneThatCameLater() {
        Loop.run(() -> {
            TaskFuture<Void> first = waiter("first");
            letOthersRun();
            mutex.withLock(() -> {
                condition.signalAll();
                first.cancel(true);
            });
            mutex.withLock(() -> waiter("later"));
            letOthersRun();
            assertThat(notes).containsExactly("first cancelled");
            assertThat(condition.waiting()).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#virtual")
    void aTimeoutEndsTheWaitAndWaitsForTheMutex(Loop loop) {
        Loop.run(loop, () -> {
            TaskFuture<Void> holding = Loop.spawn(() -> {
                Loop.yield();
                Loop.sleep(SECOND);
                mutex.withLock(() -> Loop.sleep(HOUR));
            });
            mutex.lock();
            assertThatThrownBy(() -> Loop.timeout(SECOND.plus(SECOND), () -> condition.await()))
                    .isInstanceOf(DeadlineExceededException.class);
            assertThat(holding.isDone()).isTrue();
            mutex.unlock();
        });
    }

    @Test
    void anInterruptedWaiterHasItsMutexAgainToo() {
        try (Pool pool = Pool.open(Loop.create().virtualTime())) {
            TaskFuture<Void> waiting = pool.submit(() -> mutex.withLock(() -> {
                try {
                    condition.await();
                    notes.add("woken");
                } finally {
                    notes.add(Loop.time());
                }
            }));
            TaskFuture<Void> holding = pool.submit(() -> {
                while (condition.waiting() == 0) {
                    Loop.yield();
                }
                mutex.withLock(() -> {
                    condition.signal();
                    waiting.cancel(true); // a pool interrupts the thread
                    Loop.sleep(HOUR);
                });
            });
            holding.result();
            assertThat(waiting.isCancelled()).isTrue();
            assertThat(pool.submit(() -> mutex.withLock(() -> "free")).result()).isEqualTo("free");
        }
        assertThat(notes).containsExactly(HOUR);
    }

    /** A buffer of two places, as in every textbook, and waiters that are cancelled at any moment. */
    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#virtual")
    void noWakeIsLostToCancelledWaiters(Loop loop) {
        Random random = new Random(6);
        Condition filled = Condition.of(mutex);
        Condition emptied = Condition.of(mutex);
        ArrayDeque<Integer> buffer = new ArrayDeque<>();
        List<Integer> sent = new ArrayList<>();
        Loop.run(loop, () -> {
            List<TaskFuture<?>> all = new ArrayList<>();
            for (int i = 0; i < 1_500; i++) {
                int number = i;
                boolean puts = i % 2 == 0;
                all.add(Loop.spawn(() -> mutex.withLock(() -> {
                    if (puts) {
                        emptied.awaitUntil(() -> buffer.size() < 2);
                        buffer.add(number);
                        sent.add(number);
                        filled.signal();
                    } else {
                        filled.awaitUntil(() -> !buffer.isEmpty());
                        notes.add(buffer.remove());
                        emptied.signal();
                    }
                })));
                for (int turns = random.nextInt(4); turns > 0; turns--) {
                    Loop.yield(); // so that a cancellation may meet a wake on its way
                }
                if (random.nextInt(2) == 0) {
                    all.get(Math.max(0, i - random.nextInt(10))).cancel(true);
                }
                if (random.nextInt(3) == 0) {
                    Loop.sleep(SECOND); // until no other coroutine can go on
                    // what waits now waits because it must, and not because its wake went to a cancelled one
                    assertThat(buffer.isEmpty() || filled.waiting() == 0).isTrue();
                    assertThat(buffer.size() == 2 || emptied.waiting() == 0).isTrue();
                }
            }
            Loop.sleep(SECOND);
            notes.addAll(buffer);
            assertThat(mutex.isLocked()).isFalse();
        });
        assertThat(notes).containsExactlyElementsOf(List.<Object>copyOf(sent));
    }

    @Test
    void withoutTheMutexAConditionIsRefused() {
        Loop.run(() -> {
            assertThatThrownBy(() -> condition.await())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Condition.await was called by coroutine-1")
                    .hasMessageContaining("must lock the mutex first")
                    .hasMessageContaining("nobody has locked it");
            Loop.await(Loop.spawn(() -> mutex.lock()));
            assertThatThrownBy(() -> condition.signal())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Condition.signal was called")
                    .hasMessageContaining("coroutine-2 has locked it");
            assertThatThrownBy(() -> condition.signalAll()).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> condition.awaitUntil(() -> true)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> condition.signal(-1)).hasMessage("coroutines must not be negative, but is -1");
            assertThatThrownBy(() -> Condition.of(null)).hasMessage("mutex must not be null");
        });
        Loop.run(() -> assertThatThrownBy(() -> condition.await()).hasMessageContaining("belongs to loop"));
    }
}
