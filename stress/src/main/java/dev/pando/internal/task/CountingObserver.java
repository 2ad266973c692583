package dev.pando.internal.task;

import java.util.concurrent.atomic.AtomicInteger;

/** An observer that counts how often it was told. */
public final class CountingObserver extends TaskObserver {
    private final AtomicInteger times = new AtomicInteger();

    @Override
    public void done(TaskCell<?> cell) {
        times.incrementAndGet();
    }

    int times() {
        return times.get();
    }
}
