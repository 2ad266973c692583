package dev.pando.internal.process;

import dev.pando.spi.Timer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Polls the memory of working processes if there is a cap. The system sends no event when a process
 * grows, so this is the one place that polls; workers at rest are not looked at.
 */
final class MemoryWatchdog {
    private static final long EVERY_NANOS = 50_000_000L;

    private final Timer timer;
    private final boolean inUse;
    private final BooleanSupplier weigh;
    private final AtomicBoolean watching = new AtomicBoolean();

    /** @param weigh looks at all workers, and returns whether any is at work */
    MemoryWatchdog(Timer timer, long cap, BooleanSupplier weigh) {
        this.timer = timer;
        this.inUse = cap > 0;
        this.weigh = weigh;
    }

    /** A worker began to work. */
    void watch() {
        if (inUse && watching.compareAndSet(false, true)) {
            again();
        }
    }

    private void again() {
        var _ = timer.after(EVERY_NANOS, () -> {
            if (weigh.getAsBoolean()) {
                again();
                return;
            }
            watching.set(false);
            if (weigh.getAsBoolean()) {
                watch(); // a worker began while this look came to its end
            }
        });
    }
}
