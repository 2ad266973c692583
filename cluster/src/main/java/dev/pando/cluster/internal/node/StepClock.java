package dev.pando.cluster.internal.node;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.spi.StepNotes;
import dev.pando.spi.Timer;
import java.util.concurrent.RejectedExecutionException;

/**
 * A clock for tasks of many small steps on threads of the node, where the system's clock costs more than a step does.
 * The timer of the node writes the time each millisecond while a task wants it, and rests otherwise; while it rests,
 * the clock is the system's. Worker processes have one of their own. Any thread may use it.
 *
 * <p>A task writes that it wants the time, and then looks whether the timer rests. The timer writes that it rests, and
 * then looks whether the time is wanted. So one of the two sees the other (Dekker's handshake).
 */
final class StepClock {
    private static final long TICK_NANOS = 1_000_000;

    /** Chunks of a map follow each other within a millisecond or two: the timer goes on between them. */
    private static final int TICKS_BEFORE_REST = 50;

    /** So many readings of the system's clock take five to ten microseconds; a tick takes about that. */
    private static final int EXACT_READINGS = 256;

    /** In the place of a time. A true time of that value is written as the one after it. */
    private static final long RESTING = Long.MIN_VALUE;

    private final Timer timer;
    private final Runnable ticking = this::tick;
    private volatile long time = RESTING;
    private volatile boolean wanted;

    @GuardedBy("this")
    private int unwanted;

    StepClock(Timer timer) {
        this.timer = timer;
    }

    /** Returns what one task is called with. Steps on a thread are not noted: if it dies, so does the node. */
    StepNotes steps() {
        return new ClockedSteps();
    }

    /** The readings of one task. */
    private final class ClockedSteps implements StepNotes {
        private int readings;

        @Override
        public void begin(int step) {
            // not noted
        }

        @Override
        public long nanoTime() {
            if (readings == EXACT_READINGS) {
                long seen = time;
                return seen == RESTING ? timer.nanoTime() : seen;
            }
            if (++readings == EXACT_READINGS) {
                want();
            }
            return timer.nanoTime();
        }
    }

    private void want() {
        wanted = true;
        if (time == RESTING) {
            begin();
        }
    }

    private synchronized void begin() {
        if (time == RESTING) {
            tick();
        }
    }

    private synchronized void tick() {
        if (wanted) {
            wanted = false;
            unwanted = 0;
        } else if (++unwanted == TICKS_BEFORE_REST) {
            time = RESTING;
            if (!wanted) {
                return;
            }
            unwanted = 0;
        }
        boolean ticks = false;
        try {
            timer.after(TICK_NANOS, ticking);
            ticks = true;
        } catch (RejectedExecutionException | OutOfMemoryError none) { // the node ends; the system's clock does as well
            unwanted = 0;
        }
        long now = timer.nanoTime();
        time = ticks ? Math.max(now, RESTING + 1) : RESTING;
    }
}
