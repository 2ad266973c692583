package dev.pando;

import java.util.concurrent.atomic.AtomicInteger;

/** An observer that counts how often it was told. */
final class Told extends Observer {
    private final AtomicInteger times = new AtomicInteger();

    @Override
    void done(TaskCell<?> cell) {
        times.incrementAndGet();
    }

    int times() {
        return times.get();
    }
}
