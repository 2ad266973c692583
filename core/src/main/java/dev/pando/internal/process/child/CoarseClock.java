package dev.pando.internal.process.child;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A clock that costs a read of memory, where the system's costs more than a small element of a map does. A daemon
 * thread writes the time each millisecond while the main thread wants it, and rests otherwise; while it rests, or if it
 * could not be started, the clock is the system's.
 *
 * <p>The main thread writes that it wants the time, and then looks whether the ticking thread rests. That thread writes
 * that it rests, and then looks whether the time is wanted. So one of the two sees the other (Dekker's handshake).
 */
class CoarseClock {
    private static final long TICK_NANOS = 1_000_000;

    /** Chunks of a map follow each other within a millisecond or two: the thread stays awake between them. */
    private static final int TICKS_BEFORE_REST = 50;

    /** In the place of a time. A true time of that value is written as the one after it. */
    private static final long RESTING = Long.MIN_VALUE;

    private volatile long time = RESTING;
    private volatile boolean wanted;

    /** The main thread's own. */
    private @Nullable Thread ticking;

    private boolean isRefused;

    /** Called by the main thread when it begins to read: the time is written from now on, and for some ticks. */
    void want() {
        wanted = true;
        if (time == RESTING && !isRefused) {
            wake();
        }
    }

    private void wake() {
        if (ticking != null) {
            LockSupport.unpark(ticking);
            return;
        }
        try {
            Thread thread = newThread(this::tick);
            thread.start();
            ticking = thread;
        } catch (Throwable noThread) {
            isRefused = true; // the system's clock does as well
        }
    }

    Thread newThread(Runnable body) {
        Thread thread = new Thread(null, body, "pando-clock", 0, false);
        thread.setDaemon(true);
        return thread;
    }

    long nanoTime() {
        long seen = time;
        return seen == RESTING ? System.nanoTime() : seen;
    }

    private void tick() {
        int unwanted = 0;
        while (true) {
            long now = System.nanoTime();
            time = now == RESTING ? now + 1 : now;
            LockSupport.parkNanos(this, TICK_NANOS);
            Thread.interrupted(); // a task may interrupt every thread that it finds
            if (wanted) {
                wanted = false;
                unwanted = 0;
            } else if (++unwanted >= TICKS_BEFORE_REST) {
                rest();
            }
        }
    }

    private void rest() {
        time = RESTING;
        while (!wanted) {
            LockSupport.park(this);
            Thread.interrupted();
        }
    }

    /** Whether the thread rests, or there is none. */
    boolean isResting() {
        return time == RESTING;
    }
}
