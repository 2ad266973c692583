package dev.pando;

import dev.pando.internal.task.FailureTable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** How one element of a map ended, for callers that want every outcome and no exception. */
public sealed interface Outcome<T extends @Nullable Object> {

    /**
     * The task returned.
     *
     * @param value what it returned
     */
    record Success<T extends @Nullable Object>(T value) implements Outcome<T> {}

    /**
     * The task threw, or Pando failed it.
     *
     * @param error what {@link TaskFuture#exception()} would return
     */
    record Failure<T extends @Nullable Object>(Throwable error) implements Outcome<T> {}

    /** The task was cancelled, because its pool was killed or its queue cleared. */
    record Cancelled<T extends @Nullable Object>() implements Outcome<T> {}

    /** Returns whether there is a value. */
    default boolean isSuccess() {
        return this instanceof Success;
    }

    /**
     * Returns the value; or throws as {@link TaskFuture#result()} would.
     *
     * @throws TaskFailedException the task threw; the cause is what it threw
     * @throws PoolException the pool failed it
     * @throws CancellationException it was cancelled
     */
    default T orElseThrow() {
        return switch (this) {
            case Success<T>(T value) -> value;
            case Failure<T>(Throwable error) -> throw FailureTable.unchecked(error, "an element");
            case Cancelled<T>() -> throw new CancellationException("an element of a map was cancelled");
        };
    }
}
