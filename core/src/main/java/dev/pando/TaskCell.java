package dev.pando;

import dev.pando.spi.Failure;
import dev.pando.spi.Job;
import dev.pando.spi.Seat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One task: a {@link TaskFuture} to whoever waits for it, a {@link Job} to whoever runs it, and its own link to both.
 * One object, because a task may be as small as an addition. The state is {@link TaskState}'s; this class acts on what a
 * transition answers: tells the observers, the pool, the worker.
 */
final class TaskCell<T extends @Nullable Object> extends Answer<T> implements TaskFuture<T>, Job {
    private final Terms terms;
    private final long id;

    /** By the pool's clock. Written by the submitter, the worker, and whoever ends it; read for {@link #info}. */
    final long queuedAt;

    long startedAt;
    long finishedAt;

    /** Who runs it, or ran it last. Written by the worker, just after it began. */
    private volatile @Nullable PoolSeat seat;

    /** A {@link TaskInfo.Bill}, or what a future made of others {@link #dependsOn}: a cell has never both. */
    private @Nullable Object extra;

    TaskCell(Terms terms, long id, long queuedAt, @Nullable Object work) {
        super(work);
        this.terms = terms;
        this.id = id;
        this.queuedAt = queuedAt;
    }

    static <T extends @Nullable Object> TaskCell<T> promised() {
        return new TaskCell<>(Terms.BY_HAND, 0, System.nanoTime(), null);
    }

    /** A future that ends when these others do. */
    static <T extends @Nullable Object> TaskCell<T> promisedBy(Wait parts) {
        TaskCell<T> cell = promised();
        cell.extra = parts;
        return cell;
    }

    @Nullable Wait dependsOn() {
        return extra instanceof Wait parts ? parts : null;
    }

    boolean promise(@Nullable Object value) {
        return claimByHand(true) && settle(SUCCEEDED, value);
    }

    boolean promiseFailure(Throwable thrown) {
        return claimByHand(true) && settle(FAILED, new Failures.Thrown(thrown));
    }

    /** Ends a task that no worker has begun, because none will: the pool broke. */
    boolean abandon(PoolException because) {
        return claimByHand(false) && settle(FAILED, because);
    }

    @Override
    public void run(Seat seat) {
        Object work = slot; // read first: whoever ends the task from outside takes it away
        int attempt = begin(seat);
        if (attempt == 0) return;
        Meter meter = pool().metered() ? Meter.start() : null;
        Object value = null;
        Throwable thrown = null;
        try {
            value = ((Callable<?>) java.util.Objects.requireNonNull(work)).call();
        } catch (Throwable t) {
            thrown = t;
        }
        if (meter != null) extra = meter.bill();
        if (thrown == null) succeed(attempt, value);
        else fail(attempt, new Failure.Threw(thrown));
    }

    @Override
    public int begin(Seat seat) {
        int attempt = toRunning();
        if (attempt == 0) return 0;
        PoolSeat mine = (PoolSeat) seat;
        this.seat = mine;
        startedAt = pool().clock();
        mine.running = this;
        pool().begun(this, attempt, mine);
        return attempt;
    }

    @Override
    public Object cargo() {
        return java.util.Objects.requireNonNull(slot);
    }

    @Override
    public boolean succeed(int attempt, @Nullable Object value) {
        PoolSeat worked = seat;
        boolean mine = claim(attempt) && settle(SUCCEEDED, value);
        if (!mine) leave(attempt, worked);
        if (worked != null) worked.free(this);
        return mine;
    }

    @Override
    public boolean fail(int attempt, Failure failure) {
        PoolSeat worked = seat;
        boolean again = retryable(failure) && attempt <= terms.retries() && givenBack(attempt, worked);
        boolean mine = again || (claim(attempt) && settle(FAILED, Failures.kept(failure, this)));
        if (!mine) leave(attempt, worked);
        if (worked != null) worked.free(this);
        if (again) pool().again(this);
        return mine;
    }

    /** RUNNING or EXPIRED → PENDING. From here until the next begin it has no seat, so that nobody tells the old one. */
    private boolean givenBack(int attempt, @Nullable PoolSeat worked) {
        if (attempts() != attempt) return false;
        seat = null;
        if (toPending(attempt)) return true;
        seat = worked;
        return false;
    }

    private static boolean retryable(Failure failure) {
        return failure instanceof Failure.Lost || failure instanceof Failure.TimedOut;
    }

    /** The worker is out of an attempt that ended or expired over its head. */
    private void leave(int attempt, @Nullable PoolSeat worked) {
        do {
            while (stopping() || phase() == SETTLING) Thread.onSpinWait(); // the other side is a few instructions away
            if (worked != null && worked.thread == Thread.currentThread()) Thread.interrupted(); // meant for this task
            if (phase() == EXPIRED && givenBack(attempt, worked)) {
                pool().again(this);
                return;
            }
        } while (phase() == SETTLING || stopping());
        if (attempts() != attempt || !occupied()) return;
        if (worked != null) worked.free(this); // first: who waits for the worker to be out shall find it out
        vacate();
        if (worked != null) worked.vacated();
    }

    /** The deadline of an attempt passed. */
    void expire(int attempt) {
        if (attempt <= terms.retries()) {
            if (!toExpired(attempt)) return;
            tellWorker(attempt);
            pool().grace(this, attempt);
        } else if (claim(attempt)) {
            pool().beginErrand(); // before the worker is let go: it may be the last
            finish(FAILED, Failures.kept(new Failure.TimedOut(stack()), this), true);
            tellWorker(attempt);
            pool().errand(() -> done(FAILED));
        }
    }

    /** The worker did not give up an expired attempt in time, so it cannot be tried again. */
    void graceOver(int attempt) {
        if (!claimExpired(attempt)) return;
        pool().beginErrand();
        finish(FAILED, Failures.kept(new Failure.TimedOut(stack()), this), true);
        told();
        pool().errand(() -> done(FAILED));
    }

    private List<StackTraceElement> stack() {
        PoolSeat at = seat;
        return at == null || at.thread == null ? List.of() : List.of(at.thread.getStackTrace());
    }

    private void tellWorker(int attempt) {
        PoolSeat at = seat;
        while (at == null) { // it has begun, and says where in its next instruction
            Thread.onSpinWait();
            at = seat;
        }
        try {
            if (at.thread != null) at.thread.interrupt();
            else pool().stop(this, attempt, at);
        } finally {
            told();
        }
    }

    /** Ends what was claimed, and tells everybody. Always true: the claim decided. */
    private boolean settle(int end, @Nullable Object outcome) {
        finish(end, outcome, false);
        done(end);
        return true;
    }

    private void finish(int end, @Nullable Object outcome, boolean occupied) {
        finishedAt = now();
        publish(end, outcome, occupied);
    }

    private void done(int end) {
        PoolCore pool = terms.pool();
        if (pool != null) pool.ended(this, end);
        announce(this);
    }

    private long now() {
        PoolCore pool = terms.pool();
        return pool == null ? System.nanoTime() : pool.clock();
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        PoolCore pool = terms.pool();
        switch (toCancelled(mayInterruptIfRunning)) {
            case UNBEGUN -> {
                slot = null;
                finishedAt = now();
                if (pool != null) pool.withdrawn();
            }
            case TELL_WORKER -> {
                finishedAt = now();
                if (pool != null) {
                    tellWorker(attempts());
                } else { // begun by hand: there is no worker to tell
                    told();
                    vacate();
                }
            }
            case ALREADY_CANCELLED -> {
                return true;
            }
            case TOO_LATE -> {
                return false;
            }
        }
        done(CANCELLED);
        return true;
    }

    @Override
    public TaskFuture<T> onDone(Consumer<? super TaskFuture<T>> callback) {
        Callback<T> observer = new Callback<>(Checks.present(callback, "callback"));
        if (!observe(observer)) observer.done(this);
        return this;
    }

    @Override
    public CompletableFuture<T> toCompletableFuture() {
        return Stages.toCompletableFuture(this);
    }

    Terms terms() {
        return terms;
    }

    /** Whether it was submitted to the same pool, and later. */
    boolean isAfter(TaskCell<?> other) {
        return id > other.id && terms.pool() == other.terms.pool();
    }

    private PoolCore pool() {
        return java.util.Objects.requireNonNull(terms.pool());
    }

    @Nullable PoolSeat seat() {
        return seat;
    }

    String workerName() {
        PoolSeat at = seat;
        return at == null ? "none" : at.worker();
    }

    @Override
    TaskCell<T> self() {
        return this;
    }

    @Override
    public String name() {
        return terms.pool() == null ? terms.name() : terms.name() + "-" + id;
    }

    @Override
    public TaskInfo info() {
        return Infos.of(this, id, extra);
    }

    /** Until the worker that was inside when this task was ended over its head is out. */
    void awaitVacant() {
        PoolSeat at = seat;
        if (at != null && occupied()) at.awaitVacant(this);
    }

    /** From the number, if it has one: the hash that every object has is dear the first time, and sets of tasks are common. */
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
        String state = switch (phase()) {
            case PENDING -> "pending";
            case SUCCEEDED -> slot == null ? "returned null" : "returned " + slot.getClass().getSimpleName();
            case FAILED -> {
                Throwable error = error();
                yield "raised " + (error == null ? "?" : error.getClass().getSimpleName());
            }
            case CANCELLED -> "cancelled";
            default -> "running on " + workerName();
        };
        return "TaskFuture[" + name() + ", " + state + "]";
    }
}
