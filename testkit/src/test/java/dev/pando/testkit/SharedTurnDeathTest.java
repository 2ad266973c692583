package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.TaskFuture;
import dev.pando.shared.OwnerDiedException;
import dev.pando.shared.SharedBarrier;
import dev.pando.shared.SharedEvent;
import dev.pando.shared.SharedLock;
import dev.pando.shared.SharedSemaphore;
import java.util.concurrent.BrokenBarrierException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A worker dies while others wait for it, or it for them. */
class SharedTurnDeathTest extends SharedDeaths {
    /** So often that a lock has moved to memory. */
    private static final int OFTEN = 4_000;

    @ParameterizedTest
    @MethodSource("deaths")
    void aLockerThatWaitsLeavesTheLine(Death death) throws Exception {
        SharedLock lock = space.lock();
        Doom doom = doom(death);
        lock.lock();
        lose(death, () -> {
            assertThat(lock.tryLock()).isFalse();
            doom.strikeWhenThisThreadWaits();
            lock.lock();
            return 0;
        });
        lock.unlock();
        assertThat(pool.submit(() -> lock.withLock(() -> 1)).result()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void theNextHolderOfALockHearsOfTheDeathOnce(Death death) throws Exception {
        SharedLock lock = space.lock();
        Doom doom = doom(death);
        BackgroundCall<?>[] next = new BackgroundCall<?>[1];
        SharedEvent held = space.event();
        SharedEvent others = space.event();
        Thread asking = Thread.ofPlatform().start(() -> {
            try {
                held.await();
                next[0] = BackgroundCall.run(lock::lock).awaitParked();
                others.set();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        lose(
                death,
                () -> lock.withLock(() -> {
                    held.set();
                    others.await();
                    doom.strike();
                    return 0;
                }));
        asking.join();
        assertThatThrownBy(next[0]::join)
                .isInstanceOf(OwnerDiedException.class)
                .hasMessageContaining("doomed")
                .hasMessageContaining("died: ");
        assertThat(pool.submit(() -> lock.withLock(() -> 1)).result()).isEqualTo(1);
        assertThat(lock.withLock(() -> 2)).isEqualTo(2);
    }

    /** The lock has moved to memory by then, so that no message names its holder. */
    @ParameterizedTest
    @MethodSource("deaths")
    void theDeathOfOneThatTookALockByItsWordIsToldOnce(Death death) throws Exception {
        SharedLock lock = space.lock();
        Doom doom = doom(death);
        lose(death, () -> {
            takeOften(lock);
            lock.lock();
            doom.strike();
            return 0;
        });
        assertThatThrownBy(lock::tryLock)
                .isInstanceOf(OwnerDiedException.class)
                .hasMessageContaining("doomed")
                .hasMessageContaining("died: ");
        assertThat(pool.submit(() -> lock.withLock(() -> 1)).result()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void oneThatWaitsHearsOfTheDeathOfOneThatTookALockByItsWord(Death death) throws Exception {
        SharedLock lock = space.lock();
        Doom doom = doom(death);
        SharedEvent held = space.event();
        SharedEvent others = space.event();
        TaskFuture<Integer> waiting = pool.submit(() -> {
            held.await();
            Thread here = Thread.currentThread();
            Thread.ofPlatform().daemon().start(() -> {
                while (here.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
                others.set();
            });
            return lock.withLock(() -> 1);
        });
        lose(death, () -> {
            takeOften(lock);
            lock.lock();
            held.set();
            others.await();
            doom.strike();
            return 0;
        });
        assertThat(waiting.exception()).isInstanceOf(OwnerDiedException.class).hasMessageContaining("doomed");
        assertThat(lock.withLock(() -> 2)).isEqualTo(2);
    }

    /** Between any two instructions: the lock is the dead worker's, which is told once, or it is free. */
    @ParameterizedTest
    @MethodSource("deaths")
    void aDeathBetweenTwoTurnsLeavesALockThatIsFreeOrATaleOfIt(Death death) throws Exception {
        SharedLock lock = space.lock();
        Doom doom = doom(death);
        lose(death, () -> {
            takeOften(lock);
            Thread.ofPlatform().daemon().start(() -> {
                while (true) {
                    if (lock.tryLock()) {
                        lock.unlock();
                    }
                }
            });
            doom.strike();
            return 0;
        });
        try {
            lock.lock();
            lock.unlock();
        } catch (OwnerDiedException told) {
            assertThat(told).hasMessageContaining("doomed");
        }
        assertThat(lock.withLock(() -> 1)).isEqualTo(1);
        assertThat(pool.submit(() -> lock.withLock(() -> 2)).result()).isEqualTo(2);
    }

    private static void takeOften(SharedLock lock) throws InterruptedException {
        for (int i = 0; i < OFTEN; i++) {
            lock.lock();
            lock.unlock();
        }
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void aPermitIsNotLostToOneThatWaits(Death death) throws Exception {
        SharedSemaphore permits = space.semaphore(0);
        Doom doom = doom(death);
        lose(death, () -> {
            assertThat(permits.tryAcquire()).isFalse();
            doom.strikeWhenThisThreadWaits();
            permits.acquire();
            return 0;
        });
        permits.release();
        assertThat(pool.submit(() -> permits.tryAcquire()).result()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void permitsReturn(Death death) throws Exception {
        SharedSemaphore permits = space.semaphore(3);
        Doom doom = doom(death);
        lose(death, () -> {
            permits.acquire();
            permits.acquire();
            doom.strike();
            return 0;
        });
        assertThat(permits.available()).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void aBarrierBreaksForTheOthers(Death death) throws Exception {
        SharedBarrier barrier = space.barrier(3);
        Doom doom = doom(death);
        BackgroundCall<Integer> other =
                BackgroundCall.ask(() -> barrier.await()).awaitParked();
        lose(death, () -> {
            assertThat(barrier.isBroken()).isFalse();
            doom.strikeWhenThisThreadWaits();
            return barrier.await();
        });
        assertThatThrownBy(other::join)
                .isInstanceOf(BrokenBarrierException.class)
                .hasMessageContaining("doomed");
        assertThat(barrier.isBroken()).isTrue();
        barrier.reset();
        assertThat(pool.submit(() -> barrier.isBroken()).result()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void anEventForgetsOneThatWaits(Death death) throws Exception {
        SharedEvent event = space.event();
        Doom doom = doom(death);
        BackgroundCall<?> other = BackgroundCall.run(event::await).awaitParked();
        lose(death, () -> {
            assertThat(event.isSet()).isFalse();
            doom.strikeWhenThisThreadWaits();
            event.await();
            return 0;
        });
        event.set();
        other.join();
        assertThat(pool.submit(() -> event.isSet()).result()).isTrue();
    }
}
