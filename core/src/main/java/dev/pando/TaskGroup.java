package dev.pando;

import dev.pando.internal.GroupImpl;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that live and end together. The thread that opened the group submits to it, joins it, and closes it; when it is
 * closed, nothing that it started is alive.
 *
 * {@snippet :
 * try (var group = pool.group()) {
 *     var user = group.submit(() -> find(name));
 *     var order = group.submit(() -> fetch(number));
 *     group.join();
 *     return new Page(user.result(), order.result());
 * }
 * }
 *
 * <p>Tasks may submit to their group as well. {@link #join} and {@link #close} belong to the thread that opened it.
 *
 * @param <T> what its tasks return
 * @param <R> what {@link #join} returns
 */
public sealed interface TaskGroup<T extends @Nullable Object, R extends @Nullable Object> extends AutoCloseable
        permits GroupImpl {

    /**
     * Starts a task of the group. In a group that is decided already it is cancelled at once.
     *
     * @throws IllegalStateException the group was joined or closed
     * @throws java.util.concurrent.RejectedExecutionException as {@link Submitter#submit(Task)}
     */
    <U extends T> TaskFuture<U> submit(Task<U> task);

    /**
     * As {@link #submit(Task)}, for a function and its argument.
     *
     * @throws IllegalStateException the group was joined or closed
     */
    <A extends @Nullable Object, U extends T> TaskFuture<U> submit(Fn<A, U> fn, A argument);

    /**
     * As {@link #submit(Task)}, for a function and its two arguments.
     *
     * @throws IllegalStateException the group was joined or closed
     */
    <A extends @Nullable Object, B extends @Nullable Object, U extends T> TaskFuture<U> submit(
            Fn2<A, B, U> fn, A first, B second);

    /**
     * Waits until the group is decided, or all its tasks are done, and returns the verdict.
     *
     * @throws PoolException the verdict of a join that does not accept a failure
     * @throws IllegalStateException the group was joined or closed, or its {@link Joiner} threw, or this thread did not
     *     open it
     * @throws java.util.concurrent.CancellationException this thread was interrupted
     */
    R join();

    /**
     * Cancels what is not done, waits until nothing of it is alive. Harmless if done twice.
     *
     * @throws IllegalStateException this thread did not open the group
     */
    @Override
    void close();
}
