package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pando.DeadlockException;
import dev.pando.Pool;
import dev.pando.TaskFailedException;
import dev.pando.TaskFuture;
import dev.pando.shared.OwnerDiedException;
import dev.pando.shared.SharedBarrier;
import dev.pando.shared.SharedLock;
import dev.pando.shared.SharedSemaphore;
import dev.pando.shared.SharedValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Locks and semaphores between tasks: one has it at a time, and what a task leaves behind comes free. */
interface SharedLockContract extends Subject {

    @Test
    @SuppressWarnings("ThreadPriorityCheck") // another thread is to come in between, if it can
    default void noUpdateIsLostUnderALock() {
        Pool pool = open(3);
        SharedLock lock = shared(pool).lock();
        SharedValue<Integer> sum = shared(pool).value(0);
        List<TaskFuture<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            tasks.add(pool.submit(() -> {
                for (int n = 0; n < 30; n++) {
                    lock.withLock(() -> {
                        int before = sum.get();
                        Thread.yield();
                        sum.set(before + 1);
                    });
                }
                return 0;
            }));
        }
        for (TaskFuture<Integer> each : tasks) {
            assertThat(each.result()).isZero();
        }
        assertThat(sum.get()).isEqualTo(90);
    }

    @Test
    default void aLockIsReentrantAndNoOtherThreadGetsIt() throws Exception {
        Pool pool = open(1);
        SharedLock lock = shared(pool).lock();
        lock.lock();
        assertThat(lock.tryLock()).isTrue();
        assertThat(BackgroundCall.ask(() -> lock.tryLock()).join()).isFalse();
        lock.unlock();
        assertThat(BackgroundCall.ask(() -> lock.tryLock(SharedQueueContract.MOMENT))
                        .join())
                .isFalse();
        BackgroundCall<Integer> waiting =
                BackgroundCall.ask(() -> lock.withLock(() -> 7)).awaitParked();
        lock.unlock();
        assertThat(waiting.join()).isEqualTo(7);
        assertThat(pool.submit(() -> lock.withLock(() -> lock.withLock(() -> 8)))
                        .result())
                .isEqualTo(8);
    }

    @Test
    default void aStrangerCannotUnlock() throws Exception {
        Pool pool = open(1);
        SharedLock lock = shared(pool).lock();
        assertThatThrownBy(lock::unlock).isInstanceOf(IllegalMonitorStateException.class);
        lock.lock();
        assertThatThrownBy(() -> BackgroundCall.run(lock::unlock).join())
                .isInstanceOf(IllegalMonitorStateException.class)
                .hasMessageContaining("held by");
        lock.unlock();
        assertThat(pool.submit(() -> {
                            lock.unlock();
                            return 0;
                        })
                        .exception())
                .isInstanceOf(IllegalMonitorStateException.class);
    }

    @Test
    default void theNextToLockHearsOnceThatATaskEndedWithTheLock() throws Exception {
        Pool pool = open(1);
        SharedLock lock = shared(pool).lock();
        assertThat(pool.named("forgetful")
                        .submit(() -> {
                            lock.lock();
                            return 1;
                        })
                        .result())
                .isEqualTo(1);
        assertThatThrownBy(lock::lock)
                .isInstanceOf(OwnerDiedException.class)
                .hasMessageContaining("forgetful")
                .hasMessageContaining("half changed");
        assertThat(lock.withLock(() -> 2)).isEqualTo(2);
        assertThat(pool.submit(() -> lock.withLock(() -> 3)).result()).isEqualTo(3);
    }

    @Test
    default void aBodyThatThrowsGivesTheLockBack() throws Exception {
        Pool pool = open(1);
        SharedLock lock = shared(pool).lock();
        assertThatThrownBy(() -> lock.withLock(() -> {
                    throw new IllegalStateException("from the body");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("from the body");
        assertThatThrownBy(() -> lock.withLock(() -> {
                    throw new IOException("checked");
                }))
                .isInstanceOf(TaskFailedException.class)
                .hasRootCauseInstanceOf(IOException.class);
        TaskFuture<Object> failing = pool.submit(() -> lock.withLock(() -> {
            throw new IOException("checked");
        }));
        assertThat(failing.exception()).isInstanceOf(IOException.class);
        assertThat(lock.withLock(() -> 1)).isEqualTo(1);
    }

    @Test
    default void anInterruptedLockerHasNotGotTheLock() throws Exception {
        Pool pool = open(1);
        SharedLock lock = shared(pool).lock();
        lock.lock();
        BackgroundCall<?> waiting = BackgroundCall.run(lock::lock).awaitParked();
        waiting.interrupt();
        assertThatThrownBy(waiting::join).isInstanceOf(InterruptedException.class);
        lock.unlock();
        assertThat(pool.submit(() -> lock.withLock(() -> 1)).result()).isEqualTo(1);
    }

    /** Takes both locks, the second once the other task has its first. */
    static String both(SharedLock first, SharedLock second, SharedBarrier met) throws Exception {
        first.lock();
        try {
            met.await();
            second.lock();
            second.unlock();
            return "got both";
        } finally {
            first.unlock();
        }
    }

    @Test
    default void aCircleOfLocksIsNamed() throws Exception {
        assumeTrue(runsElsewhere(), "needs tasks that run beside each other");
        Pool pool = open(2);
        SharedLock left = shared(pool).lock();
        SharedLock right = shared(pool).lock();
        SharedBarrier met = shared(pool).barrier(2);
        TaskFuture<String> one = pool.named("thinker").submit(() -> both(left, right, met));
        TaskFuture<String> other = pool.named("eater").submit(() -> both(right, left, met));
        Throwable thrown = one.exception() != null ? one.exception() : other.exception();
        assertThat(thrown)
                .isInstanceOf(DeadlockException.class)
                .hasMessageContaining("thinker")
                .hasMessageContaining("eater");
        other.exception();
        assertThat(left.withLock(() -> right.withLock(() -> 1))).isEqualTo(1);
    }

    @Test
    default void aSemaphoreHasSoManyPermits() throws Exception {
        Pool pool = open(1);
        SharedSemaphore permits = shared(pool).semaphore(2);
        permits.acquire();
        assertThat(permits.tryAcquire()).isTrue();
        assertThat(permits.tryAcquire()).isFalse();
        assertThat(permits.tryAcquire(SharedQueueContract.MOMENT)).isFalse();
        BackgroundCall<Integer> waiting =
                BackgroundCall.ask(() -> permits.with(() -> 7)).awaitParked();
        permits.release();
        assertThat(waiting.join()).isEqualTo(7);
        assertThat(pool.submit(() -> permits.with(() -> permits.available())).result())
                .isZero();
        permits.release();
        assertThat(permits.available()).isEqualTo(2);
    }

    @Test
    default void thePermitsOfATaskReturnAtItsEnd() throws Exception {
        Pool pool = open(1);
        SharedSemaphore permits = shared(pool).semaphore(3);
        assertThat(pool.submit(() -> {
                            permits.acquire();
                            permits.acquire();
                            permits.release();
                            permits.acquire();
                            return permits.available();
                        })
                        .result())
                .isEqualTo(1);
        assertThat(permits.available()).isEqualTo(3);
    }

    @Test
    default void aTaskMaySignalWithAPermitThatItDoesNotHave() throws Exception {
        Pool pool = open(1);
        SharedSemaphore signals = shared(pool).semaphore(0);
        BackgroundCall<?> waiting = BackgroundCall.run(signals::acquire).awaitParked();
        assertThat(pool.submit(() -> {
                            signals.release();
                            return 1;
                        })
                        .result())
                .isEqualTo(1);
        waiting.join();
        assertThat(signals.available()).isZero();
    }
}
