package dev.pando.internal.process;

import dev.pando.spi.Timer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Looks at the working workers again and again, for what the system sends no event: that a process grows, or is
 * stopped. Workers at rest are not looked at. The looks run on the thread of the alarms.
 */
final class WorkWatchdog {
    private final Timer timer;
    private final long everyNanos;
    private final BooleanSupplier look;
    private final AtomicBoolean watching = new AtomicBoolean();

    /**
     * @param everyNanos 0: there is nothing to look for
     * @param look looks at all workers, and returns whether any is at work
     */
    WorkWatchdog(Timer timer, long everyNanos, BooleanSupplier look) {
        this.timer = timer;
        this.everyNanos = everyNanos;
        this.look = look;
    }

    /** A worker began to work. */
    void watch() {
        // the plain read comes first: it is all that most tasks cost
        if (everyNanos > 0 && !watching.get() && watching.compareAndSet(false, true)) {
            again();
        }
    }

    /** If no alarm can be set, nothing looks until the next task begins. A task is not worth less for that. */
    private void again() {
        try {
            var _ = timer.after(everyNanos, this::lookOnce);
        } catch (Throwable noThread) {
            watching.set(false);
        }
    }

    private void lookOnce() {
        if (looked()) {
            again();
            return;
        }
        watching.set(false);
        if (looked()) {
            watch(); // a worker began while this look came to its end
        }
    }

    /** Returns true also if the look failed, because then it is not known whether a worker is at work. */
    private boolean looked() {
        try {
            return look.getAsBoolean();
        } catch (Throwable noMemory) {
            return true;
        }
    }
}
