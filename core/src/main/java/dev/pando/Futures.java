package dev.pando;

import dev.pando.internal.deadlock.BlockingWait;
import dev.pando.internal.util.Checks;
import dev.pando.internal.wait.Waits;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be done with many futures. They may come from different pools, and be given in any number, more than once.
 */
public final class Futures {

    private Futures() {}

    /**
     * Waits until all are done.
     *
     * @throws java.util.concurrent.CancellationException the waiting thread was interrupted; its interrupt flag is set
     *     again, and the futures go on
     * @throws DeadlockException the wait is part of a circle of waits
     */
    public static <T extends @Nullable Object> WaitResult<T> wait(Iterable<? extends TaskFuture<? extends T>> futures) {
        return wait(futures, When.ALL_COMPLETED);
    }

    /**
     * Waits until it is so.
     *
     * @throws java.util.concurrent.CancellationException as {@link #wait(Iterable)}
     */
    public static <T extends @Nullable Object> WaitResult<T> wait(
            Iterable<? extends TaskFuture<? extends T>> futures, When when) {
        Checks.present(when, "when");
        return Waits.until(Checks.present(futures, "futures"), when, BlockingWait.NEVER);
    }

    /**
     * As {@link #wait(Iterable)}, no longer than this; what is not done by then is in {@code notDone()}.
     *
     * @throws IllegalArgumentException the timeout is negative
     */
    public static <T extends @Nullable Object> WaitResult<T> wait(
            Iterable<? extends TaskFuture<? extends T>> futures, Duration timeout) {
        return wait(futures, When.ALL_COMPLETED, timeout);
    }

    /**
     * Waits until it is so, or the time is over, which is no error: what is not done is in {@code notDone()}.
     *
     * @throws IllegalArgumentException the timeout is negative
     * @throws java.util.concurrent.CancellationException as {@link #wait(Iterable)}
     */
    public static <T extends @Nullable Object> WaitResult<T> wait(
            Iterable<? extends TaskFuture<? extends T>> futures, When when, Duration timeout) {
        Checks.present(when, "when");
        long deadline = BlockingWait.deadline(Checks.notNegative(timeout, "timeout"));
        return Waits.until(Checks.present(futures, "futures"), when, deadline);
    }

    /**
     * Returns the futures one by one as they are done, those that are done already first. Each distinct one once. If
     * the thread that waits for the next is interrupted, {@code next} throws {@link
     * java.util.concurrent.CancellationException}.
     */
    public static <T extends @Nullable Object> Iterable<TaskFuture<T>> asCompleted(
            Iterable<? extends TaskFuture<? extends T>> futures) {
        return Waits.asCompleted(Checks.present(futures, "futures"), BlockingWait.NEVER);
    }

    /**
     * As {@link #asCompleted(Iterable)}, but all of it takes no longer than this, counted from now. What is ready is
     * given out first, however late it is asked for; then {@link DeadlineExceededException} says how many are
     * unfinished.
     *
     * @throws IllegalArgumentException the timeout is negative
     */
    public static <T extends @Nullable Object> Iterable<TaskFuture<T>> asCompleted(
            Iterable<? extends TaskFuture<? extends T>> futures, Duration timeout) {
        long nanos = Checks.notNegative(timeout, "timeout");
        return Waits.asCompleted(Checks.present(futures, "futures"), BlockingWait.deadline(nanos));
    }

    /**
     * All the values, in the order of the futures. The first that fails fails it, with the same error, and the others
     * go on; a cancelled one counts as failed. Cancelling it cancels those that are not done.
     */
    public static <T extends @Nullable Object> TaskFuture<List<T>> gather(
            Iterable<? extends TaskFuture<? extends T>> futures) {
        return Waits.gather(Checks.present(futures, "futures"));
    }
}
