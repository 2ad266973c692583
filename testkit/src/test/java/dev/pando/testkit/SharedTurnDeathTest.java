package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
