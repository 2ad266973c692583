package dev.pando.internal.task;

import dev.pando.TaskFuture;
import dev.pando.TaskProgress;
import dev.pando.internal.deadlock.AwaitedTask;
import dev.pando.internal.deadlock.WaitEdge;
import dev.pando.internal.deadlock.WaitingWorker;
import dev.pando.internal.util.Checks;
import dev.pando.internal.util.FieldHandles;
import dev.pando.spi.Prefetched;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a task beside its state: its options, its number, its times, its worker. The
 * times are by the pool's clock.
 */
public abstract class TaskRecord<T extends @Nullable Object> extends TaskResult<T> implements AwaitedTask {
    final TaskOptions options;
    final long id;
    final long queuedAt;

    /** Written by the worker before it takes its seat here, which publishes it. */
    long startedAt;

    /** Written by the thread that ends the task. */
    @SuppressWarnings("UnusedVariable") // it is read through its handle
    private long finishedAt = NOT_YET;

    /**
     * The seat of the worker that runs it or ran it last; null between two attempts. Written by the worker, just after
     * it began.
     */
    private volatile @Nullable WorkerSeat seat;

    /** What few tasks have; made by the first thread that has something to note. */
    private volatile @Nullable TaskNotes notes;

    private static final long NOT_YET = Long.MIN_VALUE;
    private static final VarHandle SEAT = FieldHandles.find(MethodHandles.lookup(), "seat", WorkerSeat.class);
    private static final VarHandle FINISHED = FieldHandles.find(MethodHandles.lookup(), "finishedAt", long.class);

    TaskRecord(TaskOptions options, long id, long queuedAt, @Nullable Object work) {
        super(work);
        this.options = options;
        this.id = id;
        this.queuedAt = queuedAt;
    }

    public final TaskOptions options() {
        return options;
    }

    /** Returns its number, unique in its pool. */
    public final long number() {
        return id;
    }

    /** Whether it was submitted to the same pool, and later. */
    public final boolean isAfter(TaskRecord<?> other) {
        return id > other.id && options.pool() == other.options.pool();
    }

    @Override
    public final @Nullable TaskOwner pool() {
        return options.pool();
    }

    public final @Nullable WorkerSeat seat() {
        return seat;
    }

    /** {@inheritDoc} Only a {@link PromiseCell} has one that is no worker's seat. */
    @Override
    public @Nullable WaitingWorker runner() {
        return seat;
    }

    /**
     * Publishes the worker's seat with release semantics. That suffices: readers spin until it is there, and the
     * increment in {@code Admission.leave}, which follows, is a full fence.
     */
    final void seatIs(@Nullable WorkerSeat seat) {
        SEAT.setRelease(this, seat);
    }

    @Override
    final long soon() {
        WorkerSeat at = seat;
        return at == null || at.thread != null ? 0 : at.pool.soon(at);
    }

    final @Nullable TaskNotes notes() {
        return notes;
    }

    final TaskNotes notesMade() {
        synchronized (this) {
            TaskNotes there = notes;
            if (there == null) {
                notes = there = new TaskNotes();
            }
            return there;
        }
    }

    final TaskOwner owner() {
        return Objects.requireNonNull(options.pool());
    }

    /**
     * Returns whether no other task of its pool waits for a worker; a promise has no pool. The count of those in line
     * is read last, because workers write it, and each look at it makes their next write slower.
     */
    @Override
    final boolean isAlone() {
        TaskOwner pool = options.pool();
        return pool == null || pool.isLatest(id) || pool.inLine() <= 1;
    }

    public final TaskFuture<T> onProgress(Consumer<? super TaskProgress> callback) {
        notesMade().add(Checks.present(callback, "callback"));
        return self();
    }

    public final void progress(int attempt, double fraction, String text) {
        if (attempts() == attempt && !ended()) {
            notesMade().tell(new TaskProgress(fraction, text));
            owner().progressed(self());
        }
    }

    /** Returns whether this attempt, on whose thread the caller is, is no longer wanted. */
    public final boolean isUnwanted(int attempt) {
        return attempts() != attempt || phase() != RUNNING || nudged();
    }

    public final String workerName() {
        WorkerSeat at = seat;
        return at == null ? "none" : at.worker();
    }

    /**
     * Takes the task back from the worker at which it lies. {@code false}: it has begun, or another thread is taking it
     * back; look again.
     */
    final boolean winBack() {
        boolean won = work() instanceof Prefetched sent && sent.takeBack();
        if (won) {
            toRegained();
        } else {
            Thread.onSpinWait();
        }
        return won;
    }

    /** The moment is now that it ends. */
    final void finishes() {
        TaskOwner pool = options.pool();
        finishedAt = pool == null ? System.nanoTime() : pool.clock();
    }

    /** When the task ended. The ending thread writes this a few instructions before or after the end is visible. */
    final long finishedAt() {
        while (true) {
            long moment = (long) FINISHED.getOpaque(this);
            if (moment != NOT_YET) {
                return moment;
            }
            Thread.onSpinWait();
        }
    }

    /** {@inheritDoc} Only a {@link PromiseCell} is made of others. */
    @Override
    public @Nullable WaitEdge dependsOn() {
        return null;
    }

    @Override
    public String name() {
        return id == 0 ? options.name() : options.name() + "-" + id;
    }

    /**
     * From the number, if it has one: the hash that every object has is dear the first time, and sets of tasks are
     * common.
     */
    @Override
    public int hashCode() {
        return id == 0 ? System.identityHashCode(this) : Long.hashCode(id * 0x9E3779B97F4A7C15L);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public String toString() {
        String state = switch (phaseNow()) {
            case PENDING -> "pending";
            case SUCCEEDED -> {
                Object value = outcome();
                yield value == null ? "returned null" : "returned " + typeOf(value);
            }
            case FAILED -> {
                Throwable error = unheeded();
                yield "raised " + (error == null ? "?" : typeOf(error));
            }
            case CANCELLED -> "cancelled";
            default -> options.pool() == null ? "running" : "running on worker " + workerName();
        };
        return "TaskFuture[" + name() + ", " + state + "]";
    }

    private static String typeOf(Object object) {
        String simple = object.getClass().getSimpleName();
        return simple.isEmpty() ? object.getClass().getName() : simple; // an anonymous class has no simple name
    }
}
