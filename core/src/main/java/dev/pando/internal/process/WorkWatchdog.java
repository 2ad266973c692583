package dev.pando.internal.process;

import dev.pando.spi.Timer;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Looks at the working workers again and again, for what the system sends no event: that a process grows, or is
 * stopped. Workers at rest are not looked at. The looks run on the thread of the alarms.
 */
final class WorkWatchdog {
    private final Timer timer;
    private final long everyNanos;
    private final WorkersLook look;
    private final AtomicBoolean watching = new AtomicBoolean();

    /** Looks at all workers. */
    @FunctionalInterface
    interface WorkersLook {
        /** Returns whether any worker is at work. */
        boolean look();
    }

    /** @param everyNanos 0: there is nothing to look for */
    WorkWatchdog(Timer timer, long everyNanos, WorkersLook look) {
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
            var _ = timer.after(everyNanos, new NextLook());
        } catch (Throwable noThread) {
            watching.set(false);
        }
    }

    /** A class, not a lambda: the first lambdas of a program cost milliseconds, and its first task sets this alarm. */
    private final class NextLook implements Runnable {
        @Override
        public void run() {
            lookOnce();
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
            return look.look();
        } catch (Throwable noMemory) {
            return true;
        }
    }
}
