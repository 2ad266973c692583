package dev.pando.internal.process;

import com.google.errorprone.annotations.CheckReturnValue;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.internal.process.schedule.SchedulerCommand;
import dev.pando.internal.process.schedule.WorkerScheduler;
import dev.pando.spi.Timer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lock around the {@link WorkerScheduler}: any thread brings events, one is dealt with at a time. An event that
 * finds no memory throws; the commands of what it did before are kept for {@link #poll}, which needs none.
 */
final class EventDesk {
    private final Timer timer;
    private final JvmKeepAlive keepAlive;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final WorkerScheduler scheduler;

    @GuardedBy("lock")
    private final SchedulerAlarm alarm;

    /**
     * What {@link WorkerScheduler#isFull} said last. Written under the lock, before a worker that stops being busy
     * looks at the queue; read after a task is in the queue, so that one of the two sees the other (Dekker's
     * handshake).
     */
    private volatile boolean full;

    /** Something that happened at this moment, and what is to be done about it. */
    interface WorkerEvent {
        List<SchedulerCommand> at(WorkerScheduler scheduler, long now);
    }

    /** @param look called when a moment has come that the scheduler waits for */
    EventDesk(Timer timer, JvmKeepAlive keepAlive, WorkerScheduler scheduler, Runnable look) {
        this.timer = timer;
        this.keepAlive = keepAlive;
        this.scheduler = scheduler;
        this.alarm = new SchedulerAlarm(timer, look);
    }

    boolean isFull() {
        return full;
    }

    /** Returns whether a worker works, or is about to, or died at it and is not buried. */
    boolean isAtWork() {
        synchronized (lock) {
            return scheduler.isAtWork();
        }
    }

    /** Returns the commands, which the caller must carry out. */
    @CheckReturnValue
    List<SchedulerCommand> happened(WorkerEvent event) {
        synchronized (lock) {
            long now = timer.nanoTime();
            try {
                return event.at(scheduler, now);
            } finally { // also after an event without memory: this needs none, and never throws
                full = scheduler.isFull();
                keepAlive.atWork(scheduler.isAtWork());
                alarm.ringAt(scheduler.due(), now);
            }
        }
    }

    /** Returns a command that an event without memory has left behind, null if there is none. */
    @CheckReturnValue
    @Nullable
    SchedulerCommand poll() {
        synchronized (lock) {
            return scheduler.poll();
        }
    }

    /** To be called by each look. */
    void looked() {
        synchronized (lock) {
            alarm.looked();
        }
    }
}
