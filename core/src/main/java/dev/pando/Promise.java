package dev.pando;

import dev.pando.internal.task.PromiseCell;
import dev.pando.internal.task.TaskOptions;
import dev.pando.internal.util.Checks;
import org.jspecify.annotations.Nullable;

/**
 * A future made by hand, for code with a result to give and no task to run. Any thread may give it, once.
 */
public final class Promise<T extends @Nullable Object> {
    private final PromiseCell<T> cell;

    /** A promise not kept yet. */
    public Promise() {
        cell = new PromiseCell<>();
    }

    /**
     * A promise with a worker that is to be told when the result is not wanted any more.
     *
     * @param name what such futures are called, before the dash
     * @param number their number, from 1, after the dash
     * @param cancelled called once if the future is cancelled, on the thread that cancels it, before waiting threads
     *     are told
     */
    public Promise(String name, long number, Runnable cancelled) {
        Checks.present(cancelled, "cancelled");
        cell = new PromiseCell<>(TaskOptions.byHand(Checks.present(name, "name")), number, cancelled);
    }

    /** Returns the future of this promise, always the same. */
    public TaskFuture<T> future() {
        return cell;
    }

    /**
     * Keeps the promise.
     *
     * @throws IllegalStateException if it is done already, or was cancelled; the first end stays
     */
    public void complete(T value) {
        if (!cell.promise(value)) {
            throw tooLate();
        }
    }

    /**
     * Breaks the promise: the future fails as if a task had thrown this.
     *
     * @throws IllegalStateException if it is done already, or was cancelled; the first end stays
     */
    public void fail(Throwable thrown) {
        if (!cell.promiseFailure(Checks.present(thrown, "thrown"))) {
            throw tooLate();
        }
    }

    /**
     * Says that work on it has begun: from now on only {@code cancel(true)} cancels it.
     *
     * @return {@code false} if it was cancelled: do not begin
     * @throws IllegalStateException if it has begun already, or is done
     */
    public boolean markRunning() {
        if (cell.toRunning() != 0) {
            return true;
        }
        if (cell.isCancelled()) {
            return false;
        }
        throw tooLate();
    }

    /**
     * Returns whether any caller has asked how it ended: for a value or for an error. Looking whether it is done is not
     * asking.
     */
    public boolean isHeeded() {
        return cell.heeded;
    }

    private IllegalStateException tooLate() {
        return new IllegalStateException("too late: " + cell);
    }
}
