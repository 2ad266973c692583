package dev.pando.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.Pool;
import dev.pando.PoolBrokenException;
import dev.pando.PoolListener;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.TaskInfo;
import dev.pando.local.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BrokenPoolTest {
    private static final RuntimeException NO_DRIVER = new IllegalStateException("no driver");

    @Test
    void allTasksInTheQueueFailWithTheReasonAndNoNewTaskIsAccepted() {
        CountDownLatch all = new CountDownLatch(1);
        Pool pool = Pool.open(Threads.of(2).initializer(() -> {
            awaitQuietly(all);
            throw NO_DRIVER;
        }));
        try (pool) {
            List<TaskFuture<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                futures.add(pool.submit((Task<Integer>) () -> 1));
            }
            all.countDown();
            for (TaskFuture<Integer> future : futures) {
                assertThatThrownBy(() -> future.result(Duration.ofSeconds(30)))
                        .isInstanceOf(PoolBrokenException.class)
                        .hasMessageContaining("no driver")
                        .hasCause(NO_DRIVER);
            }
            assertThatThrownBy(() -> pool.submit((Task<Integer>) () -> 1)).isInstanceOf(PoolBrokenException.class);
            assertThat(pool.stats().state()).isEqualTo("broken");
        }
        assertThat(pool.stats().queued()).isZero();
        assertThat(pool.stats().failed()).isEqualTo(10);
    }

    /** The listener holds the second task after it was accepted and before it is queued; then the pool breaks. */
    @Test
    void aTaskQueuedAfterThePoolBrokeFailsToo() throws Exception {
        CountDownLatch breakNow = new CountDownLatch(1);
        CountDownLatch broken = new CountDownLatch(1);
        AtomicInteger queued = new AtomicInteger();
        PoolListener slow = new PoolListener() {
            @Override
            public void queued(TaskInfo task) {
                if (queued.incrementAndGet() != 2) {
                    return;
                }
                breakNow.countDown();
                awaitQuietly(broken);
            }
        };
        AtomicInteger ran = new AtomicInteger();
        try (Pool pool = Pool.with(Threads.of(1).initializer(() -> {
                    awaitQuietly(breakNow);
                    throw NO_DRIVER;
                }))
                .listener(slow)
                .open()) {
            pool.submit((Task<Integer>) () -> 1).onDone(done -> broken.countDown());
            TaskFuture<Integer> late = pool.submit((Task<Integer>) ran::incrementAndGet);
            assertThatThrownBy(() -> late.result(Duration.ofSeconds(30))).isInstanceOf(PoolBrokenException.class);
        }
        assertThat(ran).hasValue(0);
    }

    @Test
    void aSubmitterThatWaitsForRoomFailsWhenThePoolBreaks() throws Exception {
        CountDownLatch breakNow = new CountDownLatch(1);
        try (Pool pool = Pool.with(Threads.of(1).initializer(() -> {
                    awaitQuietly(breakNow);
                    throw NO_DRIVER;
                }))
                .queue(1)
                .open()) {
            TaskFuture<Integer> first = pool.submit((Task<Integer>) () -> 1);
            List<Throwable> seen = new ArrayList<>();
            Thread submitter = Thread.ofPlatform().start(() -> {
                try {
                    seen.add(pool.submit((Task<Integer>) () -> 2).exception());
                } catch (RuntimeException refused) {
                    seen.add(refused);
                }
            });
            while (submitter.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            breakNow.countDown();
            submitter.join();
            assertThat(first.exception()).isInstanceOf(PoolBrokenException.class);
            assertThat(seen)
                    .singleElement()
                    .satisfiesAnyOf(
                            e -> assertThat(e).isInstanceOf(PoolBrokenException.class),
                            e -> assertThat(e).isInstanceOf(java.util.concurrent.RejectedExecutionException.class));
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
