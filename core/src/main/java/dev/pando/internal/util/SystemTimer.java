package dev.pando.internal.util;

import dev.pando.spi.Timer;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The system clock, and one daemon thread that runs the alarms; the thread lives while an alarm is set, and a second
 * longer.
 */
public final class SystemTimer implements Timer, AutoCloseable {
    private final ScheduledThreadPoolExecutor alarms;

    public SystemTimer(String threadName) {
        alarms = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name(threadName).factory());
        alarms.setKeepAliveTime(1, TimeUnit.SECONDS);
        alarms.allowCoreThreadTimeOut(true); // so that a pool that was never closed leaves no thread behind
        alarms.setRemoveOnCancelPolicy(true); // or else every deadline that was met would be kept until it had passed
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    /** Sets an alarm. After {@link #close} it does nothing: what the alarm was to stop has been stopped. */
    @Override
    public Alarm after(long nanos, Runnable alarm) {
        try {
            Future<?> pending = alarms.schedule(alarm, nanos, TimeUnit.NANOSECONDS);
            return () -> pending.cancel(false);
        } catch (RejectedExecutionException closed) {
            return () -> {};
        }
    }

    @Override
    public void close() {
        alarms.shutdownNow();
    }
}
