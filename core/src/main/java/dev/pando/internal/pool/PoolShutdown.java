package dev.pando.internal.pool;

import dev.pando.internal.task.SubmittedWork;
import dev.pando.internal.task.TaskCell;
import dev.pando.internal.util.FaultKind;
import dev.pando.internal.util.FaultLog;
import dev.pando.spi.Engine;
import dev.pando.spi.PrefetchingEngine;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a pool is closed from outside: in order, at once, or by force; and what to say if it does not close. */
public final class PoolShutdown {
    /** Enough for a want that passes; a want that stays is told to the caller. */
    private static final int WAKE_TRIES = 10;

    private final PoolLifecycle lifecycle;
    private final String backend;
    private final Admission admission;
    private final TaskQueue queue;
    private final WorkerSeats seats;
    private final PoolErrands errands;
    private final Engine engine;
    private final @Nullable PrefetchingEngine prefetching;

    PoolShutdown(
            PoolCore core,
            String backend,
            Admission admission,
            TaskQueue queue,
            WorkerSeats seats,
            PoolErrands errands,
            Engine engine) {
        this.lifecycle = core.lifecycle;
        this.backend = backend;
        this.admission = admission;
        this.queue = queue;
        this.seats = seats;
        this.errands = errands;
        this.engine = engine;
        this.prefetching = engine instanceof PrefetchingEngine ahead ? ahead : null;
    }

    /** The pool takes nothing new and finishes what it has. A second call wakes again what the first one could not. */
    public void begin() {
        lifecycle.advance(PoolState.CLOSING);
        admission.wakeAll();
        wakeEngine();
    }

    /** Wakes the engine; if that fails, as for want of a thread, again, or else the close would end half-way. */
    private void wakeEngine() {
        for (int tries = 1; ; tries++) {
            try {
                engine.wake();
                return;
            } catch (Throwable t) {
                if (tries == WAKE_TRIES) {
                    throw t;
                }
            }
        }
    }

    /** What a close waits for may have ended. */
    void wakeIfClosing() {
        if (!lifecycle.isOpen()) {
            wakeAnyway();
        }
    }

    /** As {@link #begin} does it, for a thread that has more to do and must not fail. */
    void wakeAnyway() {
        try {
            wakeEngine();
        } catch (Throwable t) {
            FaultLog.tell(FaultKind.WAKE, backend, t);
        }
    }

    /** Empties the queue: its tasks are cancelled. Returns their work as it was handed in. */
    public List<Runnable> drain() {
        List<Runnable> unbegun = new ArrayList<>();
        do { // first the queue, so that no worker takes more from there
            emptyQueue(unbegun);
        } while (prefetching != null && prefetching.regain() > 0);
        emptyQueue(unbegun); // a worker that died may have given tasks back before it was asked
        return unbegun;
    }

    private void emptyQueue(List<Runnable> unbegun) {
        for (TaskCell<?> cell = queue.next(); cell != null; cell = queue.next()) {
            Object work = cell.work();
            if (cell.cancel(false) && work != null) {
                unbegun.add(SubmittedWork.handedIn(work));
            }
        }
    }

    public void interruptRunning() {
        seats.interruptRunning();
    }

    public void kill() {
        begin();
        lifecycle.advance(PoolState.KILLED);
        drain();
        seats.cancelRunning();
        engine.kill();
    }

    /** Returns what keeps the pool from terminating, for a message; never empty. */
    public String stubborn() {
        List<String> running = seats.stillRunning();
        if (!running.isEmpty()) {
            return String.join("; ", running) + ". A thread of this JVM cannot be killed; a worker process can.";
        }
        int callbacks = errands.underWay();
        if (callbacks > 0) {
            return "no task runs, but " + callbacks + " callbacks of ended tasks do.";
        }
        int queued = admission.waiting();
        if (queued > 0) {
            return "no task runs, but " + queued
                    + " in the queue were begun by no worker and ended by no cancellation.";
        }
        List<String> atRest = seats.atRest();
        if (!atRest.isEmpty()) {
            return "no task runs, but these workers have not gone home: " + String.join(", ", atRest) + ".";
        }
        return "no task runs and no worker is left, but the " + backend + " has not reported its end.";
    }
}
