package dev.pando;

import dev.pando.internal.task.PromiseCell;
import dev.pando.internal.task.TaskCell;
import dev.pando.internal.util.Checks;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The result of a task, sooner or later. Any thread may ask; whatever the task did happens before whatever is seen
 * here. Being done is one atomic step, a cancellation included: from then on every observer sees the same end.
 */
public sealed interface TaskFuture<T extends @Nullable Object> extends Future<T> permits TaskCell {

    /**
     * Waits for the end and returns the value.
     *
     * @throws TaskFailedException the task threw; the cause is what it threw
     * @throws PoolException the pool failed it: its worker was lost, it took too long, its result could not travel
     * @throws CancellationException it was cancelled; or the waiting thread was interrupted, whose interrupt flag is
     *     then set
     */
    T result();

    /**
     * As {@link #result()}, waiting no longer than this. Zero or less: does not wait.
     *
     * @throws DeadlineExceededException the wait ran out; the task goes on
     * @throws CancellationException as {@link #result()}
     */
    T result(Duration timeout);

    /**
     * Waits for the end. Returns what the task threw, or the pool's own failure, or {@code null} if there was neither.
     *
     * @throws CancellationException as {@link #result()}
     */
    @Nullable
    Throwable exception();

    /**
     * As {@link #exception()}, waiting no longer than this. Zero or less: does not wait.
     *
     * @throws DeadlineExceededException the wait ran out; the task goes on
     * @throws CancellationException as {@link #result()}
     */
    @Nullable
    Throwable exception(Duration timeout);

    /** Returns whether a worker has begun the call and the future is not done. */
    boolean isRunning();

    /** Returns whether no worker has begun the call yet, or none has begun it again after a retry. */
    boolean isPending();

    /**
     * Ends the task. {@code cancel(false)} ends one that no worker has begun and is {@code false} for any other.
     * {@code cancel(true)} also ends one that runs: the future is cancelled at once, the worker is interrupted (or
     * killed, where it can be), and takes new work only when it is free again.
     *
     * @return whether the task is now cancelled, by this call or an earlier one
     */
    @Override
    boolean cancel(boolean mayInterruptIfRunning);

    /**
     * Calls back when the task is done, once, in order of registration, on the thread that ended it and under no lock;
     * at once and on this thread if it is done already. What the callback throws is logged.
     *
     * @return this
     */
    TaskFuture<T> onDone(Consumer<? super TaskFuture<T>> callback);

    /**
     * Calls back whenever the task says how far it is, by {@link Worker#progress}, on the thread that brings the news:
     * keep it short. At once if it has said so before. What the callback throws is logged.
     *
     * @return this
     */
    TaskFuture<T> onProgress(Consumer<? super TaskProgress> callback);

    /**
     * A view as a {@link CompletableFuture}, whose cancellation cancels the task, and so does that of its dependants.
     */
    CompletableFuture<T> toCompletableFuture();

    /** Returns what is known about the task now: its name, its worker, its times, what it cost. */
    TaskInfo info();

    /** A future that is done, with this value. */
    static <T extends @Nullable Object> TaskFuture<T> of(T value) {
        PromiseCell<T> cell = new PromiseCell<>();
        cell.promise(value);
        return cell;
    }

    /** A future that is done and failed, as if a task had thrown this. */
    static <T extends @Nullable Object> TaskFuture<T> failed(Throwable thrown) {
        PromiseCell<T> cell = new PromiseCell<>();
        cell.promiseFailure(Checks.present(thrown, "thrown"));
        return cell;
    }

    /** A future that ends as the stage does. Cancelling it cancels the stage. */
    static <T extends @Nullable Object> TaskFuture<T> from(CompletionStage<T> stage) {
        return PromiseCell.of(Checks.present(stage, "stage"));
    }
}
