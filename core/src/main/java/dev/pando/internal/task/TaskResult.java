package dev.pando.internal.task;

import dev.pando.DeadlineExceededException;
import dev.pando.TaskFuture;
import dev.pando.internal.deadlock.BlockingWait;
import dev.pando.internal.deadlock.WaitEdge;
import dev.pando.internal.util.Checks;
import dev.pando.internal.util.ThrowableText;
import dev.pando.spi.Failure;
import dev.pando.spi.Prefetched;
import dev.pando.spi.Waiter;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future.State;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a task answers to threads that wait for it or only look. Reads the state, changes nothing, but asks
 * the worker first where the task lies ahead of one. The methods are those of {@link TaskFuture}, where their promises
 * are written.
 */
public abstract class TaskResult<T extends @Nullable Object> extends ObservableTask {
    /** A task may be on its way already: a few looks are cheaper than going to sleep and being woken. */
    private static final int SPINS = 100;

    /**
     * Looks between two readings of the clock, which costs about as much as 25 of them: so half of the time goes into
     * looking.
     */
    private static final int SPINS_BETWEEN_CLOCKS = 25;

    /** Whether a caller has asked how it ended. Written without synchronization: it only ever becomes true. */
    public boolean heeded;

    TaskResult(@Nullable Object work) {
        super(work);
    }

    abstract String name();

    /**
     * Returns whether no other task wants the processor on which a thread looks for its end. A thread that takes the
     * results of many tasks in order is always a little early, and would look all the time.
     */
    abstract boolean isAlone();

    /** Returns for how many nanoseconds its end is worth looking for. */
    abstract long soon();

    /** The cell that this is a part of. */
    abstract TaskCell<T> self();

    /** Waits until it is done. {@code false}: the deadline passed first. */
    boolean await(long deadline) throws InterruptedException {
        if (ended()) {
            return true;
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Waiter waiter = Waiter.current();
        if (waiter.mayLook() && isAlone() && (look(SPINS) || lookOn(deadline))) {
            return true;
        }
        TaskObserver waker = new TaskObserver.Waker(waiter);
        if (!observe(waker)) {
            return true;
        }
        boolean done = false;
        try {
            done = BlockingWait.await(
                    waiter, WaitEdge.For.one(self(), deadline != BlockingWait.NEVER), new HasEnded(this), deadline);
            return done;
        } finally {
            if (!done) {
                forget(waker);
            }
        }
    }

    /** A class, not a lambda: the first lambdas of a program cost milliseconds, and its first result waits here. */
    private record HasEnded(TaskResult<?> task) implements BooleanSupplier {
        @Override
        public boolean getAsBoolean() {
            return task.ended();
        }
    }

    /** Whether it has ended meanwhile. */
    private boolean look(int times) {
        for (int i = 0; i < times; i++) {
            if (ended()) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    /** Looks on while a worker process is likely to answer sooner than a parked thread is woken. */
    private boolean lookOn(long deadline) {
        long soon = soon();
        if (soon == 0) {
            return false;
        }
        long now = System.nanoTime();
        long end = now + (deadline == BlockingWait.NEVER ? soon : Math.min(soon, deadline - now));
        // until the pool has other work for the processor
        while (System.nanoTime() - end < 0 && soon() > 0) {
            if (look(SPINS_BETWEEN_CLOCKS)) {
                return true;
            }
        }
        return false;
    }

    private void awaitUnchecked(@Nullable Duration timeout) {
        long nanos = timeout == null ? Long.MAX_VALUE : Checks.nanos(timeout, "timeout");
        try {
            if (await(BlockingWait.deadline(nanos))) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for " + this + ", which goes on");
        }
        throw new DeadlineExceededException(this + " was not done within " + timeout);
    }

    @SuppressWarnings({"unchecked", "NullAway"})
    private T value() {
        return (T) outcome(); // null only where T has it
    }

    /** What went wrong, once it is done. */
    final @Nullable Throwable error() {
        heeded = true;
        return unheeded();
    }

    /** The same without a wait. */
    final @Nullable Throwable unheeded() {
        return switch (phase()) {
            case SUCCEEDED -> null;
            case CANCELLED -> throw new CancellationException(name() + " was cancelled");
            default -> failure().error();
        };
    }

    private T valueOrThrow() {
        Throwable error = error();
        if (error == null) {
            return value();
        }
        throw failure().asThrown(name());
    }

    /** Returns the step at which the worker of a task that failed was lost, or {@link Failure.Lost#UNKNOWN}. */
    public final int lostStep() {
        return failure().step();
    }

    private TaskFailure failure() {
        return (TaskFailure) Objects.requireNonNull(outcome());
    }

    public final T result() {
        awaitUnchecked(null);
        return valueOrThrow();
    }

    public final T result(Duration timeout) {
        awaitUnchecked(Checks.present(timeout, "timeout"));
        return valueOrThrow();
    }

    public final @Nullable Throwable exception() {
        awaitUnchecked(null);
        return error();
    }

    public final @Nullable Throwable exception(Duration timeout) {
        awaitUnchecked(Checks.present(timeout, "timeout"));
        return error();
    }

    public final T get() throws InterruptedException, ExecutionException {
        await(BlockingWait.NEVER);
        return checkedValue();
    }

    public final T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        long nanos = Checks.present(unit, "unit").toNanos(timeout);
        if (!await(BlockingWait.deadline(nanos))) {
            throw new TimeoutException(this + " was not done within " + timeout + " " + unit);
        }
        return checkedValue();
    }

    private T checkedValue() throws ExecutionException {
        Throwable error = error();
        if (error != null) {
            throw new ExecutionException(name() + " failed: " + ThrowableText.describe(error), error);
        }
        return value();
    }

    /** Before the answer whether it has begun: while a task lies ahead of its worker, only that worker knows. */
    final int phaseNow() {
        lookAhead();
        return phase();
    }

    final void lookAhead() {
        if (isAhead() && work() instanceof Prefetched sent) {
            sent.look();
        }
    }

    public final boolean isDone() {
        return ended();
    }

    public final boolean isCancelled() {
        return phase() == CANCELLED;
    }

    public final boolean isRunning() {
        int phase = phaseNow();
        return phase == RUNNING || phase == EXPIRED || phase == SETTLING;
    }

    public final boolean isPending() {
        return phaseNow() == PENDING;
    }

    public final State state() {
        return switch (phase()) {
            case SUCCEEDED -> State.SUCCESS;
            case FAILED -> State.FAILED;
            case CANCELLED -> State.CANCELLED;
            default -> State.RUNNING;
        };
    }

    public final T resultNow() {
        return switch (state()) {
            case SUCCESS -> value();
            case FAILED -> throw new IllegalStateException(this + " failed: no result");
            case CANCELLED -> throw new IllegalStateException(this + " was cancelled: no result");
            case RUNNING -> throw new IllegalStateException(this + " is not done: no result yet");
        };
    }

    public final Throwable exceptionNow() {
        Throwable error = state() == State.FAILED ? error() : null;
        if (error == null) {
            throw new IllegalStateException(this + " did not fail: no exception");
        }
        return error;
    }
}
