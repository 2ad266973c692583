package dev.pando.internal.util;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Action;
import dev.pando.Pool;
import dev.pando.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SystemTimerTest {
    private final SystemTimer timer = new SystemTimer("test-timer");

    @AfterEach
    void close() {
        timer.close();
    }

    @Test
    void ringsOnceAndNotBefore() throws Exception {
        long start = timer.nanoTime();
        CountDownLatch rung = new CountDownLatch(1);
        long[] at = new long[1];
        timer.after(20_000_000, () -> {
            at[0] = timer.nanoTime();
            rung.countDown();
        });
        rung.await();
        assertThat(at[0] - start).isGreaterThanOrEqualTo(20_000_000);
    }

    @Test
    void alarmsThatAreCalledOffDoNotAccumulate() {
        for (int i = 0; i < 100_000; i++) {
            timer.after(TimeUnit.HOURS.toNanos(1), () -> {}).cancel();
        }
        awaitFewDead();
    }

    /** They lie in the heap by then, among others that stay. */
    @Test
    void alarmsThatAreCalledOffLateDoNotAccumulate() throws Exception {
        List<dev.pando.spi.Timer.Alarm> set = new ArrayList<>();
        List<dev.pando.spi.Timer.Alarm> kept = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            set.add(timer.after(TimeUnit.HOURS.toNanos(1) + i * 7919L % 1000, () -> {}));
            if (i % 10 == 0) {
                kept.add(timer.after(TimeUnit.HOURS.toNanos(1) - i, () -> {}));
            }
        }
        CountDownLatch seen = new CountDownLatch(1);
        timer.after(0, seen::countDown);
        seen.await();
        set.forEach(dev.pando.spi.Timer.Alarm::cancel);
        awaitFewDead();
        assertThat(kept).allMatch(alarm -> ((AlarmEntry) alarm).isArmed());
    }

    /** The timer's thread needs its time. Each call off that makes a full batch wakes it. */
    private void awaitFewDead() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (timer.dead() >= SystemTimer.DEAD_BEFORE_SWEEP && System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
        assertThat(timer.dead()).isLessThan(SystemTimer.DEAD_BEFORE_SWEEP);
    }

    @Test
    void ringsEachOnceAndNoneThatWasCalledOff() throws Exception {
        int count = 2_000;
        List<Long> rung = new ArrayList<>();
        CountDownLatch left = new CountDownLatch(count);
        CountDownLatch free = new CountDownLatch(1);
        timer.after(0, () -> awaited(free)); // so that all are set before the first rings
        java.util.Random random = new java.util.Random(7);
        for (int i = 0; i < count; i++) {
            long due = random.nextInt(50_000_000);
            timer.after(due, () -> {
                rung.add(0L);
                left.countDown();
            });
            timer.after(due / 2, () -> rung.add(-1L)).cancel();
        }
        free.countDown();
        left.await();
        assertThat(rung).hasSize(count).containsOnly(0L);
    }

    @Test
    void callingOffOneThatHasRungOrTwiceDoesNoHarm() throws Exception {
        CountDownLatch rung = new CountDownLatch(1);
        var alarm = timer.after(0, rung::countDown);
        rung.await();
        alarm.cancel();
        alarm.cancel();
    }

    @Test
    void oneThatIsCalledOffBeforeItsTimeDoesNotRing() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        CountDownLatch last = new CountDownLatch(1);
        List<String> rung = new ArrayList<>();
        timer.after(0, () -> awaited(free)); // so that nothing rings before it is called off
        timer.after(1_000_000, () -> rung.add("called off")).cancel();
        timer.after(5_000_000, last::countDown);
        free.countDown();
        last.await();
        assertThat(rung).isEmpty();
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void afterTheEndNoAlarmIsSet() throws Exception {
        timer.after(Long.MAX_VALUE, () -> {});
        timer.close();
        timer.after(0, () -> {
                    throw new AssertionError();
                })
                .cancel();
        Thread thread = timer.thread();
        if (thread != null) {
            thread.join();
        }
        assertThat(timer.thread()).isNull();
    }

    @Test
    void anAlarmThatThrowsDoesNotSilenceTheOthers() throws Exception {
        timer.after(0, () -> {
            throw new IllegalStateException("a bad alarm");
        });
        CountDownLatch rung = new CountDownLatch(1);
        timer.after(0, rung::countDown);
        rung.await();
    }

    @Test
    void hasNoThreadBeforeTheFirstAlarmAndNoneAfterItWasClosed() throws Exception {
        assertThat(timer.thread()).isNull();
        List<Thread> thread = new ArrayList<>();
        CountDownLatch rung = new CountDownLatch(1);
        timer.after(0, () -> {
            thread.add(Thread.currentThread());
            rung.countDown();
        });
        rung.await();
        assertThat(thread.getFirst().isDaemon()).isTrue();
        assertThat(thread.getFirst().getName()).isEqualTo("test-timer");
        timer.close();
        thread.getFirst().join();
        assertThat(timer.thread()).isNull();
    }

    @Test
    void tasksThatEndInTimeLeaveNoAlarm() throws Exception {
        List<Object> left = new ArrayList<>();
        dev.pando.spi.Timer counting = new dev.pando.spi.Timer() {
            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            public synchronized Alarm after(long nanos, Runnable alarm) {
                Object token = new Object();
                synchronized (left) {
                    left.add(token);
                }
                return () -> {
                    synchronized (left) {
                        left.remove(token);
                    }
                };
            }
        };
        for (var backend : List.of(
                dev.pando.local.Threads.of(1),
                dev.pando.local.Virtual.unlimited(),
                dev.pando.local.Caller.inline(),
                dev.pando.local.Caller.serializing())) {
            try (Pool pool = Pool.with(backend)
                    .timer(counting)
                    .timeout(java.time.Duration.ofHours(1))
                    .open()) {
                for (int i = 0; i < 100; i++) {
                    pool.submit((Task<Integer>) () -> 42);
                }
                pool.submit((Action) () -> {
                            throw new Exception("no");
                        })
                        .exception();
            }
            assertThat(left).as(backend.toString()).isEmpty();
        }
    }
}
