package dev.pando.internal.pool;

import dev.pando.PoolListener;
import dev.pando.PoolWatcher;
import dev.pando.TaskInfo;
import dev.pando.WorkerLoss;
import dev.pando.internal.task.TaskCell;
import dev.pando.internal.util.FaultKind;
import dev.pando.internal.util.FaultLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Tells listeners and the JDK's flight recorder what happens. Where there is no listener and no recording, each call is
 * one look at an empty array and one at a flag. Nothing is thrown: an event that cannot be told is logged.
 */
final class EventPublisher {
    private static final boolean RECORDER =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private final String pool;
    private final PoolListener[] listeners;
    private final boolean recorded;

    /** Null for none. Replaced as a whole, under the lock. */
    private volatile PoolWatcher @Nullable [] watchers;

    /** Whether a listener or a watcher hears of ends, so that the way of a task has one look for both. */
    private volatile boolean isHeard;

    /** @param seen whether a recording shall show this pool */
    EventPublisher(String pool, List<PoolListener> listeners, boolean seen) {
        this.pool = pool;
        this.recorded = RECORDER && seen;
        this.listeners = listeners.toArray(new PoolListener[0]);
        this.isHeard = this.listeners.length > 0;
    }

    /** Makes no event before there is a recorder: its classes cost a fresh program more than all of Pando. */
    private boolean isRecorded() {
        return recorded && FlightRecorder.isInitialized();
    }

    /** Loads the classes of the events, because a class that fails to initialise in a full heap stays so. */
    static void prepare() {
        if (RECORDER && FlightRecorder.isInitialized()) {
            FlightRecorderEvents.prepare();
        }
    }

    boolean listens() {
        return listeners.length > 0;
    }

    void queued(TaskCell<?> cell) {
        try {
            if (isRecorded()) {
                FlightRecorderEvents.queued(pool, cell);
            }
            if (listeners.length > 0) {
                tell(cell, PoolListener::queued);
            }
        } catch (Throwable t) {
            untold(FaultKind.EVENT_QUEUED, cell, t);
        }
    }

    void started(TaskCell<?> cell) {
        try {
            if (isRecorded()) {
                FlightRecorderEvents.started(pool, cell);
            }
            if (listeners.length > 0) {
                tell(cell, PoolListener::started);
            }
        } catch (Throwable t) {
            untold(FaultKind.EVENT_STARTED, cell, t);
        }
    }

    void progressed(TaskCell<?> cell) {
        try {
            if (listeners.length > 0) {
                tell(cell, PoolListener::progressed);
            }
        } catch (Throwable t) {
            untold(FaultKind.EVENT_PROGRESSED, cell, t);
        }
    }

    void finished(TaskCell<?> cell) {
        try {
            if (isRecorded()) {
                FlightRecorderEvents.finished(pool, cell);
            }
            if (isHeard) {
                tellFinished(cell);
            }
        } catch (Throwable t) {
            untold(FaultKind.EVENT_FINISHED, cell, t);
        }
    }

    private void tellFinished(TaskCell<?> cell) {
        if (listeners.length > 0) {
            tell(cell, (listener, info) -> listener.finished(info, cell));
        }
        PoolWatcher[] there = watchers;
        if (there == null) {
            return;
        }
        for (PoolWatcher watcher : there) { // not by a lambda, which would be an object for each task
            try {
                watcher.ended(cell);
            } catch (Throwable t) {
                FaultLog.tell(FaultKind.LISTENER, pool, t);
            }
        }
    }

    void rejected(String reason) {
        try {
            if (isRecorded()) {
                FlightRecorderEvents.rejected(pool, reason);
            }
            tell(listener -> listener.rejected(pool, reason));
        } catch (Throwable t) {
            untold(FaultKind.EVENT_REJECTED, pool, t);
        }
    }

    void workerStarted(String worker) {
        try {
            if (isRecorded()) {
                FlightRecorderEvents.workerStarted(pool, worker);
            }
            if (listeners.length > 0) { // or else the lambda would be made, before a fresh program's first result
                tell(listener -> listener.workerStarted(worker));
            }
            if (watchers != null) {
                tellWatchers(watcher -> watcher.workerStarted(worker));
            }
        } catch (Throwable t) {
            untold(FaultKind.EVENT_WORKER_STARTED, worker, t);
        }
    }

    /** @param loss null where only the reason is known */
    void workerLost(String worker, String reason, @Nullable WorkerLoss loss) {
        try {
            if (isRecorded()) {
                FlightRecorderEvents.workerLost(pool, worker, reason);
            }
            tell(listener -> listener.workerLost(worker, reason));
            if (watchers != null) {
                tellWatchers(watcher -> watcher.workerLost(worker, reason, Optional.ofNullable(loss)));
            }
        } catch (Throwable t) {
            untold(FaultKind.EVENT_WORKER_LOST, worker, t);
        }
    }

    /** No event is worth a task: what happened goes on. */
    private static void untold(FaultKind event, Object subject, Throwable thrown) {
        FaultLog.tell(event, subject, thrown);
    }

    synchronized void add(PoolWatcher watcher) {
        PoolWatcher[] before = watchers;
        PoolWatcher[] after = before == null ? new PoolWatcher[1] : Arrays.copyOf(before, before.length + 1);
        after[after.length - 1] = watcher;
        watchers = after;
        isHeard = true;
    }

    /** Removes one that was added, compared by identity. */
    synchronized void remove(PoolWatcher watcher) {
        PoolWatcher[] before = watchers;
        if (before == null) {
            return;
        }
        List<PoolWatcher> left = new ArrayList<>(Arrays.asList(before));
        left.removeIf(one -> one == watcher);
        watchers = left.isEmpty() ? null : left.toArray(new PoolWatcher[0]);
        isHeard = listeners.length > 0 || !left.isEmpty();
    }

    private void tellWatchers(Consumer<PoolWatcher> event) {
        PoolWatcher[] there = watchers;
        if (there == null) {
            return;
        }
        for (PoolWatcher watcher : there) {
            try {
                event.accept(watcher);
            } catch (Throwable t) {
                FaultLog.tell(FaultKind.LISTENER, pool, t);
            }
        }
    }

    private void tell(TaskCell<?> cell, java.util.function.BiConsumer<PoolListener, TaskInfo> event) {
        TaskInfo info = cell.info();
        tell(listener -> event.accept(listener, info));
    }

    private void tell(Consumer<PoolListener> event) {
        for (PoolListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (Throwable t) {
                FaultLog.tell(FaultKind.LISTENER, pool, t);
            }
        }
    }
}
