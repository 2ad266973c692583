package dev.pando.internal.task;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.pando.internal.util.FaultKind;
import dev.pando.internal.util.FaultLog;
import dev.pando.spi.Failure;
import dev.pando.spi.SubmissionSite;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * How a task ends: the claim, which a transition of {@link TaskState} decided, becomes an end that is timed, counted,
 * published and announced, in this order. A cancellation is an end that also tells the worker.
 */
public abstract class EndingTask<T extends @Nullable Object> extends TaskRecord<T> {

    /** What a task keeps when there is no memory for what it should keep. */
    static final TaskFailure UNTOLD = TaskFailure.threw(Failure.UNTOLD.thrown());

    EndingTask(TaskOptions options, long id, long queuedAt, @Nullable Object work) {
        super(options, id, queuedAt, work);
    }

    final void tellWorker(int attempt) {
        WorkerSeat at = seat();
        while (at == null) { // it has begun, and says where in its next instruction
            Thread.onSpinWait();
            at = seat();
        }
        try {
            if (at.thread != null) {
                at.interruptThread(at.thread);
            } else {
                owner().stop(self(), attempt, at);
            }
        } catch (Throwable t) { // the end that this is part of must come all the same
            FaultLog.tell(FaultKind.STOP, self(), t);
        } finally {
            stopDelivered();
        }
    }

    /** Ends what was claimed, and tells all observers. Returns true, because the claim decided. */
    final boolean settle(int end, @Nullable Object outcome) {
        WorkerSeat at = seat();
        finish(end, outcome, false);
        if (at == null || at.thread != null) {
            done();
        } else {
            doneElsewhere();
        }
        return true;
    }

    /** The thread that brings news of workers elsewhere has more to bring: callbacks may take their time on another. */
    private void doneElsewhere() {
        TaskOwner pool = owner();
        try {
            pool.ended(self());
        } finally {
            announceElsewhere(pool); // whatever the pool could not do: threads wait for this
        }
    }

    private void announceElsewhere(TaskOwner pool) {
        TaskObserver callbacks = announceToWaiters(self());
        if (callbacks == null) {
            return;
        }
        pool.beginErrand(); // the worker is not free yet, so the pool cannot have terminated
        pool.errand(self(), callbacks);
    }

    /** Announces the end on the thread of an errand. {@code callbacks}: those that are left to be told, null if all. */
    public final void announceOnErrand(@Nullable TaskObserver callbacks) {
        if (callbacks == null) {
            done();
        } else {
            runCallbacks(callbacks, self());
        }
    }

    final void finish(int end, @Nullable Object outcome, boolean occupied) {
        finishes();
        TaskOwner pool = options.pool();
        if (pool != null) {
            pool.counts(end); // first, so that a thread that sees it done sees it counted
        }
        publish(end, outcome, occupied);
    }

    final void done() {
        TaskOwner pool = options.pool();
        try {
            if (pool != null) {
                pool.ended(self());
            }
        } finally {
            announce(self()); // whatever the pool could not do: threads wait for this
        }
    }

    /** Called by the thread that has claimed the end, which nothing may keep from it. */
    final TaskFailure outOfTime() {
        try {
            WorkerSeat at = seat();
            List<StackTraceElement> stack =
                    at == null ? List.of() : at.thread == null ? at.stuck : List.of(at.thread.getStackTrace());
            return FailureTable.kept(new Failure.TimedOut(stack), failed());
        } catch (Throwable noMemory) {
            return UNTOLD;
        }
    }

    /** As {@link #outOfTime}. */
    final TaskFailure kept(Failure failure) {
        try {
            return FailureTable.kept(failure, failed());
        } catch (Throwable noMemory) {
            return UNTOLD;
        }
    }

    /** Called by the thread that has claimed the end. */
    private FailureTable.FailedTask failed() {
        SubmissionSite sent = claimedWork() instanceof SubmissionSite site ? site : null;
        return new FailureTable.FailedTask(
                name(), workerName(), attempts(), options().timeoutNanos(), sent);
    }

    /** Does the work of the task, and writes its bill. */
    final @Nullable Object metered(Callable<?> work) throws Exception {
        ThreadMeter meter = ThreadMeter.start();
        try {
            return work.call();
        } finally {
            notesMade().bill(meter.bill());
        }
    }

    public final boolean cancel(boolean mayInterruptIfRunning) {
        return cancel(mayInterruptIfRunning, true);
    }

    /**
     * Cancels a task that its submitter could not bring into the queue. {@code false}: a worker has begun it all the
     * same.
     */
    @CheckReturnValue
    public boolean cancelUnqueued() {
        return cancel(false, false);
    }

    private boolean cancel(boolean mayInterruptIfRunning, boolean queued) {
        TaskOwner pool = options.pool();
        boolean regained = !queued;
        Cancel found = toCancelled(mayInterruptIfRunning);
        for (; found == Cancel.AHEAD; found = toCancelled(mayInterruptIfRunning)) {
            regained = winBack();
        }
        // no switch: its class would be loaded between two halves of the cancellation, which needs memory
        if (found == Cancel.ALREADY_CANCELLED || found == Cancel.TOO_LATE) {
            return found == Cancel.ALREADY_CANCELLED;
        }
        finishes();
        if (found == Cancel.UNBEGUN) {
            dropWork();
            if (pool != null) {
                pool.counts(CANCELLED); // first: this may be all that the pool waits for to terminate
                pool.withdrawn(!regained);
            }
        } else if (pool != null) {
            pool.counts(CANCELLED);
            tellWorker(attempts());
        } else {
            stopDelivered();
            if (runner() == null) { // begun by hand: what completes it is unknown, and cannot be waited for
                vacate();
            }
        }
        try {
            if (pool == null) {
                cancelledByHand();
            }
        } finally {
            done();
        }
        return true;
    }

    /** The future, which no worker runs, was cancelled: its completer is told before those that wait. */
    void cancelledByHand() {}

    /** Until the worker that was inside when this task was ended over its head is out. */
    public final void awaitVacant() {
        WorkerSeat at = seat();
        if (at != null && occupied()) {
            new TaskVacancy(self(), self()).awaitUninterruptibly(at.watchers());
        }
    }

    /** Waits as {@link #awaitVacant} does, but an interrupt ends the wait, and a cycle of waits is found. */
    public void awaitVacancy() throws InterruptedException {
        WorkerSeat at = seat();
        if (at != null && occupied()) {
            new TaskVacancy(self(), self()).await(at.watchers());
        }
    }
}
