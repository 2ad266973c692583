package dev.pando.internal.process;

import dev.pando.internal.process.schedule.WorkerScheduler;
import dev.pando.internal.util.MemoryPause;
import dev.pando.spi.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The alarm for a scheduler's next look. Not safe for threads: the lock of the {@link SchedulerShell} is held. */
final class SchedulerAlarm {
    /** Until a look that stands in for an alarm. Shorter, a program without threads would look all the time. */
    private static final long STAND_IN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** A want of memory that outlasts so many tries, of a millisecond each, ends with an event of a worker. */
    private static final int TRIES = 25;

    private final Timer timer;
    private final Runnable look;

    private Timer.@Nullable Alarm alarm;
    private long at = WorkerScheduler.NEVER;

    /** A look is on its way that stands in for an alarm. */
    private boolean standsIn;

    SchedulerAlarm(Timer timer, Runnable look) {
        this.timer = timer;
        this.look = look;
    }

    /**
     * Sees to it that a look comes at this moment, or before. Never throws, or else the commands of the scheduler that
     * called this would be lost: a worker that it takes to be starting would never start, nor the pool end.
     */
    void ringAt(long due, long now) {
        if (due >= at) {
            return;
        }
        Timer.Alarm before = alarm;
        if (before != null) {
            before.cancel();
        }
        at = due;
        for (int tries = 1; ; tries++) {
            try {
                alarm = timer.after(Math.max(0, due - now), look);
                return;
            } catch (Throwable noThread) {
                if (lookSoon() || tries == TRIES) {
                    rang(); // so that the next event tries again
                    return;
                }
                MemoryPause.rest();
            }
        }
    }

    /** There is no alarm any more. */
    private void rang() {
        at = WorkerScheduler.NEVER;
        alarm = null;
    }

    /** To be called by each look. */
    void looked() {
        rang();
        standsIn = false;
    }

    /**
     * Returns whether a look is on its way. A virtual thread needs none of the system's if one is there that carries
     * others.
     */
    private boolean lookSoon() {
        if (standsIn) {
            return true;
        }
        standsIn = true;
        try {
            var _ = Thread.ofVirtual().name("pando-stand-in").start(() -> {
                LockSupport.parkNanos(STAND_IN_NANOS);
                look.run();
            });
            return true;
        } catch (Throwable noThread) {
            standsIn = false;
            return false;
        }
    }
}
