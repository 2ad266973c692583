package dev.pando.internal.util;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Action;
import dev.pando.Pool;
import dev.pando.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SystemTimerTest {
    private final SystemTimer timer = new SystemTimer("test-timer");

    @AfterEach
    void close() {
        timer.close();
    }

    private ScheduledThreadPoolExecutor alarms() throws Exception {
        var field = SystemTimer.class.getDeclaredField("alarms");
        field.setAccessible(true);
        return (ScheduledThreadPoolExecutor) field.get(timer);
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
    void alarmsThatAreCalledOffDoNotAccumulate() throws Exception {
        for (int i = 0; i < 100_000; i++) {
            timer.after(TimeUnit.HOURS.toNanos(1), () -> {}).cancel();
        }
        assertThat(alarms().getQueue()).isEmpty();
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
        assertThat(alarms().getQueue()).isEmpty();
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
        assertThat(alarms().getPoolSize()).isZero();
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
        assertThat(alarms().awaitTermination(30, TimeUnit.SECONDS)).isTrue();
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
