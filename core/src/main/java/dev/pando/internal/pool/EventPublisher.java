package dev.pando.internal.pool;

import dev.pando.PoolListener;
import dev.pando.TaskInfo;
import dev.pando.internal.task.TaskCell;
import dev.pando.internal.util.FaultKind;
import dev.pando.internal.util.FaultLog;
import java.util.List;
import java.util.function.Consumer;
import jdk.jfr.FlightRecorder;

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

    /** @param seen whether a recording shall show this pool */
    EventPublisher(String pool, List<PoolListener> listeners, boolean seen) {
        this.pool = pool;
        this.recorded = RECORDER && seen;
        this.listeners = listeners.toArray(new PoolListener[0]);
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
            if (listeners.length > 0) {
                tell(cell, (listener, info) -> listener.finished(info, cell));
            }
        } catch (Throwable t) {
            untold(FaultKind.EVENT_FINISHED, cell, t);
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
        } catch (Throwable t) {
            untold(FaultKind.EVENT_WORKER_STARTED, worker, t);
        }
    }

    void workerLost(String worker, String reason) {
        try {
            if (isRecorded()) {
                FlightRecorderEvents.workerLost(pool, worker, reason);
            }
            tell(listener -> listener.workerLost(worker, reason));
        } catch (Throwable t) {
            untold(FaultKind.EVENT_WORKER_LOST, worker, t);
        }
    }

    /** No event is worth a task: what happened goes on. */
    private static void untold(FaultKind event, Object subject, Throwable thrown) {
        FaultLog.tell(event, subject, thrown);
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
