package dev.pando.internal.process;

import dev.pando.spi.Timer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Looks at the memory of workers at work, every so often, where there is a cap. The system tells nobody when a process
 * grows, so this is the one place that has to look again and again; nobody looks at workers at rest.
 */
final class MemoryWatchdog {
    private static final long EVERY_NANOS = 50_000_000L;

    private final Timer timer;
    private final boolean inUse;
    private final BooleanSupplier weigh;
    private final AtomicBoolean watching = new AtomicBoolean();

    /** @param weigh looks at all, and says whether anybody is at work */
    MemoryWatchdog(Timer timer, long cap, BooleanSupplier weigh) {
        this.timer = timer;
        this.inUse = cap > 0;
        this.weigh = weigh;
    }

    /** Somebody began to work. */
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
                watch(); // somebody began while this one stopped looking
            }
        });
    }
}
