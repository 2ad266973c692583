package dev.pando.internal.pool;

import dev.pando.PoolListener;
import dev.pando.TaskInfo;
import dev.pando.internal.task.TaskCell;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tells listeners and the JDK's flight recorder what happens. Where there is no listener and no recording, each call is
 * one look at an empty array and one at a flag.
 */
final class EventPublisher {
    private static final System.Logger LOG = System.getLogger("dev.pando");
    private static final boolean RECORDER =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private final String pool;
    private final PoolListener[] listeners;

    EventPublisher(String pool, List<PoolListener> listeners) {
        this.pool = pool;
        this.listeners = listeners.toArray(new PoolListener[0]);
    }

    boolean listens() {
        return listeners.length > 0;
    }

    void queued(TaskCell<?> cell) {
        if (RECORDER) {
            FlightRecorderEvents.queued(pool, cell);
        }
        if (listeners.length > 0) {
            tell(cell, PoolListener::queued);
        }
    }

    void started(TaskCell<?> cell) {
        if (RECORDER) {
            FlightRecorderEvents.started(pool, cell);
        }
        if (listeners.length > 0) {
            tell(cell, PoolListener::started);
        }
    }

    void finished(TaskCell<?> cell) {
        if (RECORDER) {
            FlightRecorderEvents.finished(pool, cell);
        }
        if (listeners.length > 0) {
            tell(cell, (listener, info) -> listener.finished(info, cell));
        }
    }

    void rejected(String reason) {
        if (RECORDER) {
            FlightRecorderEvents.rejected(pool, reason);
        }
        tell(listener -> listener.rejected(pool, reason));
    }

    void workerStarted(String worker) {
        if (RECORDER) {
            FlightRecorderEvents.workerStarted(pool, worker);
        }
        tell(listener -> listener.workerStarted(worker));
    }

    void workerLost(String worker, String reason) {
        if (RECORDER) {
            FlightRecorderEvents.workerLost(pool, worker, reason);
        }
        tell(listener -> listener.workerLost(worker, reason));
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
                LOG.log(System.Logger.Level.WARNING, "a listener of pool " + pool + " threw", t);
            }
        }
    }
}
