package dev.pando;

import org.jspecify.annotations.Nullable;

/**
 * How the end of a {@link TaskGroup} is judged. One join judges one group. Ready-made ones are in {@link Joiners}.
 *
 * @param <T> what the tasks return
 * @param <R> what {@link TaskGroup#join} returns
 */
public interface Joiner<T extends @Nullable Object, R extends @Nullable Object> {

    /**
     * A task of the group is done. Called once for each, on the thread that ended it, so perhaps by several at once.
     *
     * @return whether the group is decided, so that the other tasks are cancelled
     */
    boolean onDone(TaskFuture<? extends T> task);

    /** The verdict, when all are done or it is decided. Called on the owner's thread; what it throws, join throws. */
    R verdict();
}
