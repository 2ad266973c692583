package dev.pando.internal.pool;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.ContextCarrier.Luggage;
import dev.pando.SubmitInterruptedException;
import dev.pando.WhenFull;
import dev.pando.internal.deadlock.BlockingWait;
import dev.pando.internal.task.FailureTable;
import dev.pando.internal.task.TaskCell;
import dev.pando.internal.task.TaskOptions;
import dev.pando.internal.task.WorkerSeat;
import dev.pando.spi.DirectEngine;
import dev.pando.spi.Engine;
import dev.pando.spi.PackingEngine;
import dev.pando.spi.Seat;
import dev.pando.spi.UnsendableException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A task's way in: is the pool open, can the work travel, is there room, which worker takes it. Runs on the submitting
 * thread, which either comes out with a task that will be done, or with an exception and has left nothing behind: every
 * step that fails undoes those before it.
 *
 * <p>The engine is called twice on this way at most: to pack the work, or not at all if it takes work as it is; and to
 * wake a worker, unless it takes the task directly. Only an engine that packs, takes directly and refuses would be
 * called thrice.
 */
public final class Intake {
    private final PoolCore core;
    private final String name;
    private final PoolLifecycle lifecycle;
    private final Admission admission;
    private final TaskQueue queue;
    private final Engine engine;
    private final @Nullable PackingEngine packing;
    private final @Nullable DirectEngine direct;
    private final EventPublisher events;
    private final WhenFull whenFull;
    private final @Nullable LuggageDesk luggage;
    private final String backend;

    /** Made when it is first asked for. */
    @GuardedBy("this")
    private @Nullable PoolServices services;

    Intake(
            PoolCore core,
            PoolOptions options,
            Admission admission,
            TaskQueue queue,
            Engine engine,
            EventPublisher events) {
        this.core = core;
        this.name = options.name();
        this.backend = options.backend().toString();
        this.lifecycle = core.lifecycle;
        this.admission = admission;
        this.queue = queue;
        this.engine = engine;
        this.packing = engine instanceof PackingEngine packs ? packs : null;
        this.direct = engine instanceof DirectEngine takes ? takes : null;
        this.events = events;
        this.whenFull = options.whenFull();
        this.luggage = options.carriers().isEmpty() ? null : new LuggageDesk(name, options.carriers());
    }

    /** Accepts a task, or throws and has done nothing. */
    public <T extends @Nullable Object> TaskCell<T> accept(TaskOptions options, Callable<T> work) {
        try {
            return Objects.requireNonNull(accept(options, work, Admission.PATIENT, BlockingWait.NEVER));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            String reason = "interrupted while waiting for room in the queue of pool " + name + " (" + admission.bound()
                    + " tasks may wait); the task was not accepted";
            noteRejected(reason);
            throw new SubmitInterruptedException(reason);
        }
    }

    /**
     * As {@link #accept(TaskOptions, Callable)}, for a submitter that may give up while it waits for room. Returns null
     * if it did, or if the deadline passed; the task was not accepted then.
     *
     * @param givenUp whether the submitter wants the task no more; the thread that makes it so wakes the submitter
     */
    public <T extends @Nullable Object> @Nullable TaskCell<T> accept(
            TaskOptions options, Callable<T> work, BooleanSupplier givenUp, long deadline) throws InterruptedException {
        refuseIfClosed();
        Callable<T> within = luggage == null ? work : LuggageDesk.inside(luggage.capture(), work);
        Object packed = packed(options, within);
        long waiting = admission.enterOrCount();
        if (waiting == Admission.IN) {
            return put(options, packed);
        }
        if (WorkerSeat.inside(core)) {
            admission.enterAnyway();
            return put(options, packed);
        }
        if (whenFull == WhenFull.CALLER_RUNS) { // no switch: its class may find no memory
            return runHere(options, within);
        }
        if (whenFull == WhenFull.REJECT) {
            throw rejected("pool " + name + " is full: all workers are busy, and " + waiting
                    + " tasks wait (the bound is " + admission.bound() + ")");
        }
        if (!admission.awaitRoom(core, () -> !lifecycle.isOpen() || givenUp.getAsBoolean(), deadline)) {
            refuseIfClosed();
            return null;
        }
        return put(options, packed);
    }

    /**
     * As {@link #accept} for a chunk of a map, which keeps within a bound of its own.
     *
     * @param luggage what was captured for the chunk
     */
    public <T extends @Nullable Object> TaskCell<T> acceptAnyway(
            TaskOptions options, Callable<T> work, List<Luggage> luggage) {
        refuseIfClosed();
        Object packed = packed(options, luggage.isEmpty() ? work : LuggageDesk.inside(luggage, work));
        admission.enterAnyway();
        return put(options, packed);
    }

    /** As {@link #acceptAnyway} for work that a worker has packed: a task is never held back by the bound. */
    TaskCell<@Nullable Object> acceptPacked(TaskOptions options, Object packed) {
        refuseIfClosed();
        admission.enterAnyway();
        return put(options, packed);
    }

    /**
     * Accepts a task that stays for long, and is to have a worker beside those of the pool. A pool whose workers come
     * in a number of its own gets one more, until the task has ended.
     */
    public <T extends @Nullable Object> TaskCell<T> acceptBeside(TaskOptions options, Callable<T> work) {
        refuseIfClosed();
        Object packed = packed(options, work);
        admission.enterAnyway();
        TaskCell<T> cell = entered(options, packed);
        boolean queued = false;
        try {
            if (engine.widen(1)) {
                var _ = cell.onDone(done -> engine.widen(-1));
                queue.putBack(cell); // first in line
                queued = true;
                engine.wake();
            } else {
                engine.rescue(cell);
            }
        } catch (Throwable t) {
            var _ = queued ? cell.cancel(false) : cell.cancelUnqueued();
            throw t;
        }
        sweepIfLate(cell);
        return cell;
    }

    /**
     * As {@link #acceptAnyway} for what is left of a chunk that was accepted: only a pool that was killed refuses it.
     */
    public <T extends @Nullable Object> TaskCell<T> acceptRest(
            TaskOptions options, Callable<T> work, List<Luggage> luggage) {
        if (lifecycle.state().compareTo(PoolState.KILLED) >= 0) {
            throw rejected("pool " + name + " was killed");
        }
        Object packed = packed(options, luggage.isEmpty() ? work : LuggageDesk.inside(luggage, work));
        admission.enterAnyway();
        return bring(options, packed);
    }

    private <T extends @Nullable Object> TaskCell<T> put(TaskOptions options, Object packed) {
        // it closed meanwhile, and its workers may have waited for this task before they go home
        if (!lifecycle.isOpen()) {
            admission.leave();
            core.shutdown().wakeAnyway();
            refuseIfClosed();
        }
        return bring(options, packed);
    }

    private <T extends @Nullable Object> TaskCell<T> bring(TaskOptions options, Object packed) {
        TaskCell<T> cell = entered(options, packed);
        dispatch(cell);
        sweepIfLate(cell);
        return cell;
    }

    /**
     * Makes the task that was counted in. If that fails it is counted out again, or else the pool would wait for it for
     * ever.
     */
    private <T extends @Nullable Object> TaskCell<T> entered(TaskOptions options, Object packed) {
        TaskCell<T> cell = null;
        try {
            long id = core.counters.nextId(); // first, or else it would not be known whether it has been given out
            cell = new TaskCell<>(options, id, core.clock(), packed);
            events.queued(cell);
            return cell;
        } catch (Throwable t) {
            if (cell == null) {
                core.counters.unmade.incrementAndGet();
                core.withdrawn(false);
            } else {
                var _ = cell.cancelUnqueued();
            }
            throw t;
        }
    }

    /**
     * Ends a task that entered while the pool was killed or broke: the thread that emptied the queue then missed it.
     */
    private void sweepIfLate(TaskCell<?> late) {
        if (lifecycle.isOpen()) {
            return;
        }
        Throwable cause = lifecycle.broken();
        if (cause != null) {
            core.abandon(late, cause);
        } else if (lifecycle.state() != PoolState.CLOSING) {
            late.cancel(true);
        }
    }

    /** Finds a worker for the task, at once or in its turn. When it throws, the task is cancelled. */
    private void dispatch(TaskCell<?> cell) {
        Throwable failure = dispatch(cell, false);
        if (failure != null) {
            throw new RejectedExecutionException(
                    "pool " + name + " could not find a worker for " + cell.name(), failure);
        }
    }

    /** As {@link #dispatch}, for a task that has run before, and fails if there is no worker. */
    void dispatchAgain(TaskCell<?> cell) {
        var _ = dispatch(cell, true);
        sweepIfLate(cell);
    }

    /** Returns why there was no worker for the task, which has ended then. */
    private @Nullable Throwable dispatch(TaskCell<?> cell, boolean again) {
        boolean queued = false;
        try {
            if (direct != null && direct.take(cell)) {
                return null;
            }
            queue.add(cell);
            queued = true;
            engine.wake();
            return null;
        } catch (Throwable t) { // the JVM could start no thread, say
            boolean ended = again ? cell.perish(queued) : queued ? cell.cancel(false) : cell.cancelUnqueued();
            return ended ? t : null;
        }
    }

    private <T extends @Nullable Object> TaskCell<T> runHere(TaskOptions options, Callable<T> work) {
        core.beginErrand();
        try {
            refuseIfClosed();
            admission.enterAnyway();
            TaskCell<T> cell = entered(options, work);
            Seat seat;
            try {
                seat = core.visit(false);
            } catch (Throwable t) {
                var _ = cell.cancelUnqueued();
                throw t;
            }
            try {
                cell.run(seat);
            } finally {
                seat.leave();
            }
            return cell;
        } finally {
            core.endErrand();
        }
    }

    private void refuseIfClosed() {
        if (lifecycle.isOpen()) {
            return;
        }
        Throwable cause = lifecycle.broken();
        if (cause != null) {
            throw FailureTable.broken(name, cause);
        }
        throw rejected("pool " + name + " was shut down");
    }

    private RejectedExecutionException rejected(String reason) {
        noteRejected(reason);
        return new RejectedExecutionException(reason);
    }

    private void noteRejected(String reason) {
        core.counters.rejected.increment();
        events.rejected(reason);
    }

    /** Returns what there is to carry from this thread, the outermost first. */
    public List<Luggage> capture() {
        return luggage == null ? List.of() : luggage.capture();
    }

    /** Throws if the pool has a carrier whose luggage cannot travel to its workers. */
    void tryCarriers() {
        if (packing != null && luggage != null) {
            luggage.tryCarriers(packing);
        }
    }

    synchronized PoolServices services() {
        PoolServices there = services;
        if (there == null) {
            services = there = new PoolServices(core, this, engine, backend);
        }
        return there;
    }

    private Object packed(TaskOptions options, Callable<?> work) {
        if (packing == null) {
            return work;
        }
        try {
            packing.expect();
            return packing.pack(work);
        } catch (UnsendableException e) {
            throw FailureTable.unsendable(options.name(), e);
        }
    }
}
