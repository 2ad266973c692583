package dev.pando.cluster.internal.node;

import dev.pando.spi.Timer;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The real clock, and alarms on one thread. */
final class NodeTimer implements Timer {
    private final ScheduledThreadPoolExecutor alarms;

    NodeTimer(String name) {
        alarms = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name(name + "-timer").factory());
        alarms.setRemoveOnCancelPolicy(true);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Alarm after(long nanos, Runnable alarm) {
        Future<?> rings = alarms.schedule(alarm, nanos, TimeUnit.NANOSECONDS);
        return () -> rings.cancel(false);
    }

    void close() {
        alarms.shutdownNow();
    }
}
