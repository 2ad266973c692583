package dev.pando.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.DeadlockException;
import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.internal.process.memory.MemoryPeek;
import dev.pando.internal.process.wire.LockPage;
import dev.pando.internal.shared.LockPeek;
import dev.pando.process.Processes;
import dev.pando.shared.OwnerDiedException;
import dev.pando.shared.SharedBarrier;
import dev.pando.shared.SharedClosedException;
import dev.pando.shared.SharedCounter;
import dev.pando.shared.SharedLock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Locks whose word lies in memory, where a worker needs no message and may write what it likes. */
@EnabledOnOs(OS.LINUX)
@Tag("processes")
@Timeout(60)
class HostileLockTest {
    private static final int TURNS = 20_000;

    @RegisterExtension
    final HostilePool hostile = new HostilePool();

    private static long lentBytes() {
        return MemoryPeek.held(ProgramMemory.lender())[0];
    }

    /** Returns how many of the swaps another came in between. */
    private static int turns(SharedLock lock, SharedCounter counter, int count) throws InterruptedException {
        int disturbed = 0;
        for (int i = 0; i < count; i++) {
            lock.lock();
            try {
                long before = counter.get();
                disturbed += counter.compareAndSet(before, before + 1) ? 0 : 1;
            } finally {
                lock.unlock();
            }
        }
        return disturbed;
    }

    @Test
    void oneHasItAtATimeInAllPrograms() throws Exception {
        Pool pool = hostile.pool(one -> Processes.of(2));
        SharedLock lock = pool.shared().lock();
        SharedCounter counter = pool.shared().counter();
        List<TaskFuture<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            tasks.add(pool.submit(() -> {
                LockPeek.pageAfterTurns(lock);
                return turns(lock, counter, TURNS);
            }));
        }
        assertThat(turns(lock, counter, TURNS / 20)).isZero();
        assertThat(tasks).allSatisfy(each -> assertThat(each.result()).isZero());
        assertThat(counter.get()).isEqualTo(2 * TURNS + TURNS / 20);
    }

    @Test
    void itIsReentrantAndRefusesStrangersAsBefore() {
        Pool pool = hostile.pool();
        SharedLock lock = pool.shared().lock();
        pool.submit(() -> {
                    LockPage page = LockPeek.pageAfterTurns(lock);
                    assertThatThrownBy(lock::unlock).isInstanceOf(IllegalMonitorStateException.class);
                    lock.lock();
                    assertThat(LockPage.worker(page.get())).isPositive();
                    assertThat(lock.tryLock()).isTrue();
                    FutureTask<Boolean> stranger = new FutureTask<>(() -> {
                        assertThatThrownBy(lock::unlock).isInstanceOf(IllegalMonitorStateException.class);
                        return lock.tryLock();
                    });
                    Thread.ofPlatform().start(stranger);
                    assertThat(stranger.get()).isFalse();
                    lock.unlock();
                    lock.lock();
                    lock.close();
                    assertThatThrownBy(lock::unlock).isInstanceOf(SharedClosedException.class);
                })
                .result();
        assertThatThrownBy(lock::lock).isInstanceOf(SharedClosedException.class);
    }

    @Test
    void anInterruptedThreadTakesNoFreeLock() {
        Pool pool = hostile.pool();
        SharedLock lock = pool.shared().lock();
        assertThat(pool.submit(() -> {
                            LockPeek.pageAfterTurns(lock);
                            Thread.currentThread().interrupt();
                            assertThatThrownBy(lock::lock).isInstanceOf(InterruptedException.class);
                            return lock.tryLock();
                        })
                        .result())
                .isTrue();
    }

    @Test
    void nonsenseHarmsThoseThatShareTheLockAndHangsNone() throws Exception {
        Pool pool = hostile.pool();
        SharedLock lock = pool.shared().lock();
        SharedLock other = pool.shared().lock();
        for (long nonsense : new long[] {1, -1, Long.MIN_VALUE, 0xffff_0005_0000_0001L}) {
            pool.submit(() -> LockPeek.pageAfterTurns(lock).take(nonsense)).result();
            assertThatThrownBy(lock::lock)
                    .isInstanceOf(OwnerDiedException.class)
                    .hasMessageContaining("wrote over its memory");
            assertThat(lock.withLock(() -> 1)).isOne();
        }
        lock.lock();
        pool.submit(() -> LockPeek.pageAfterTurns(other).isClosed()).result();
        assertThat(pool.submit(() -> {
                            LockPeek.page(lock).free();
                            return lock.tryLock();
                        })
                        .result())
                .as("what it wrote it may believe")
                .isTrue();
        lock.unlock();
        assertThat(lock.withLock(() -> 2)).isEqualTo(2);
        assertThat(other.withLock(() -> 3)).isEqualTo(3);
        hostile.assertUnharmed();
    }

    @Test
    void theEndOfATaskOrOfAWorkerThatHasItIsToldOnce() throws Exception {
        Pool pool = hostile.pool();
        SharedLock lock = pool.shared().lock();
        pool.named("forgetful")
                .submit(() -> {
                    LockPeek.pageAfterTurns(lock);
                    lock.lock();
                })
                .result();
        assertThatThrownBy(lock::lock)
                .isInstanceOf(OwnerDiedException.class)
                .hasMessageContaining("forgetful")
                .hasMessageContaining("ended without giving it back");
        assertThat(lock.withLock(() -> 1)).isOne();
        assertThat(pool.named("doomed")
                        .submit(() -> {
                            LockPeek.pageAfterTurns(lock);
                            lock.lock();
                            Runtime.getRuntime().halt(9);
                        })
                        .exception())
                .isNotNull();
        assertThatThrownBy(lock::lock)
                .isInstanceOf(OwnerDiedException.class)
                .hasMessageContaining("doomed")
                .hasMessageContaining("died: ");
        assertThat(pool.submit(() -> lock.withLock(() -> 2)).result()).isEqualTo(2);
    }

    @Test
    void aCircleOfHoldersByTheWordIsNamed() {
        Pool pool = hostile.pool(one -> Processes.of(2));
        SharedLock left = pool.shared().lock();
        SharedLock right = pool.shared().lock();
        SharedBarrier met = pool.shared().barrier(2);
        TaskFuture<?> thinker = pool.named("thinker").submit(() -> both(left, right, met));
        TaskFuture<?> eater = pool.named("eater").submit(() -> both(right, left, met));
        Throwable thrown = thinker.exception() != null ? thinker.exception() : eater.exception();
        assertThat(thrown)
                .isInstanceOf(DeadlockException.class)
                .hasMessageContaining("thinker")
                .hasMessageContaining("eater");
        eater.exception();
    }

    private static void both(SharedLock first, SharedLock second, SharedBarrier met) throws Exception {
        LockPeek.pageAfterTurns(first);
        LockPage page = LockPeek.pageAfterTurns(second);
        met.await();
        first.withLock(() -> {
            met.await();
            assertThat(LockPage.worker(page.get())).isPositive();
            met.await();
            second.withLock(() -> {});
        });
    }

    @Test
    void theMemoryOfALockGoesWithIt() throws Exception {
        Pool pool = hostile.pool();
        long before = lentBytes();
        SharedLock lock = pool.shared().lock();
        pool.submit(() -> LockPeek.pageAfterTurns(lock).isClosed()).result();
        assertThat(lentBytes()).isGreaterThan(before);
        lock.close();
        for (int i = 0; i < 2; i++) { // before the worker was told to forget the memory, and after
            assertThat(pool.submit(() -> lock.tryLock()).exception()).isInstanceOf(SharedClosedException.class);
        }
        assertThat(lentBytes()).isEqualTo(before);
    }
}
