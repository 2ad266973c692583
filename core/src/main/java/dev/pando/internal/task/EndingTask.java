package dev.pando.internal.task;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a task ends: the claim, which a transition of {@link TaskState} decided, becomes an end that is timed, counted,
 * published and announced, in this order. A cancellation is an end that also tells the worker.
 */
public abstract class EndingTask<T extends @Nullable Object> extends TaskRecord<T> {

    EndingTask(TaskOptions options, long id, long queuedAt, @Nullable Object work) {
        super(options, id, queuedAt, work);
    }

    final TaskOwner owner() {
        return Objects.requireNonNull(options.pool());
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
        pool.ended(self());
        List<TaskObserver> callbacks = announceToWaiters(self());
        if (callbacks.isEmpty()) {
            return;
        }
        pool.beginErrand(); // the worker is not free yet, so the pool cannot have terminated
        pool.errand(() -> callbacks.forEach(callback -> callback.done(self())));
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
        if (pool != null) {
            pool.ended(self());
        }
        announce(self());
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
        switch (found) {
            case AHEAD -> throw new AssertionError("not after the loop");
            case UNBEGUN -> {
                dropWork();
                finishes();
                if (pool != null) {
                    pool.counts(CANCELLED); // first: this may be all that the pool waits for to terminate
                    pool.withdrawn(!regained);
                }
            }
            case TELL_WORKER -> {
                finishes();
                if (pool != null) {
                    pool.counts(CANCELLED);
                    tellWorker(attempts());
                } else {
                    stopDelivered();
                    if (runner() == null) { // begun by hand: what completes it is unknown, and cannot be waited for
                        vacate();
                    }
                }
            }
            case ALREADY_CANCELLED -> {
                return true;
            }
            case TOO_LATE -> {
                return false;
            }
        }
        if (pool == null) {
            cancelledByHand();
        }
        done();
        return true;
    }

    /** The future, which no worker runs, was cancelled: its completer is told before those that wait. */
    void cancelledByHand() {}

    /** Until the worker that was inside when this task was ended over its head is out. */
    public final void awaitVacant() {
        WorkerSeat at = seat();
        if (at != null && occupied()) {
            at.awaitVacant(self());
        }
    }

    /** Waits as {@link #awaitVacant} does, but an interrupt ends the wait, and a cycle of waits is found. */
    public void awaitVacancy() throws InterruptedException {
        WorkerSeat at = seat();
        if (at != null && occupied()) {
            at.awaitVacancy(self());
        }
    }
}
