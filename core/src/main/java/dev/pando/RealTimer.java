package dev.pando;

import dev.pando.spi.Timer;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The clock on the wall, and one thread that rings the alarms; the thread is there while an alarm is set, and a second longer. */
final class RealTimer implements Timer, AutoCloseable {
    private final ScheduledThreadPoolExecutor alarms;

    RealTimer(String pool) {
        alarms = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name(pool + "-timer").factory());
        alarms.setKeepAliveTime(1, TimeUnit.SECONDS);
        alarms.allowCoreThreadTimeOut(true); // a pool that was forgotten must not leave its timer behind
        alarms.setRemoveOnCancelPolicy(true); // or every deadline that was met would be kept until it had passed
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Alarm after(long nanos, Runnable alarm) {
        Future<?> pending = alarms.schedule(alarm, nanos, TimeUnit.NANOSECONDS);
        return () -> pending.cancel(false);
    }

    @Override
    public void close() {
        alarms.shutdownNow();
    }
}
