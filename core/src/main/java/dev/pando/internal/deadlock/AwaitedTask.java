package dev.pando.internal.deadlock;

import org.jspecify.annotations.Nullable;

/**
 * A task as {@link DeadlockDetector} sees it: whether it is done, and what its end depends on. Every answer is of the
 * moment of the call.
 */
public interface AwaitedTask {

    boolean isDone();

    /** Returns whether the task stands in its pool's queue. */
    boolean isPending();

    /** Returns the wait whose end ends this task, if the task was made of others; {@code null} for all other tasks. */
    @Nullable
    WaitEdge dependsOn();

    /** Returns the pool whose workers run the task; {@code null} for a future that is completed in any other way. */
    @Nullable
    WaitingPool pool();

    /**
     * Returns the worker or coroutine that runs the task or ran it last; {@code null} between two attempts, and for a
     * future whose completer is not in the graph.
     */
    @Nullable
    WaitingWorker runner();

    /**
     * Runs the task, which stands in the queue, on a worker beyond its pool's width, because {@code asking} waits for
     * it.
     */
    void rescue(WaitingWorker asking);
}
