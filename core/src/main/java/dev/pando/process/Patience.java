package dev.pando.process;

import dev.pando.spi.Timer;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Rings when a worker has had its time; its one thread is there while an alarm is set. */
final class Patience implements Timer, AutoCloseable {
    private final ScheduledThreadPoolExecutor alarms;

    Patience(String pool) {
        alarms = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name(pool + "-patience").factory());
        alarms.setKeepAliveTime(1, TimeUnit.SECONDS);
        alarms.allowCoreThreadTimeOut(true);
        alarms.setRemoveOnCancelPolicy(true);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Alarm after(long nanos, Runnable alarm) {
        try {
            Future<?> pending = alarms.schedule(alarm, nanos, TimeUnit.NANOSECONDS);
            return () -> pending.cancel(false);
        } catch (RejectedExecutionException over) {
            return () -> {}; // nobody is left to be patient with
        }
    }

    @Override
    public void close() {
        alarms.shutdownNow();
    }
}
