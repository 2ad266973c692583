package dev.pando.internal.deadlock;

import org.jspecify.annotations.Nullable;

/** A worker, or a coroutine, as {@link DeadlockDetector} sees it: a node of the wait-for graph. */
public interface WaitingWorker {

    /** Returns what the running task waits for; {@code null}: the worker is free, or its task is at work. */
    @Nullable
    WaitEdge waits();

    /**
     * Publishes what the running task waits for, here and at the workers on whose thread this one works; {@code null}:
     * its wait is over.
     */
    void waitFor(@Nullable WaitEdge wait);

    /** Returns whether the worker takes the next task from its pool's queue when it is done with this one. */
    boolean serves();

    /** Returns whether a timeout around the code that waits ends each of its waits. Asked by that code's thread. */
    boolean isTimed();

    /**
     * Returns a wait whose end brings the end of this worker's wait: its own, or that of a worker it waits for,
     * directly or by way of others. Returns {@code null} if the wait that was just published closes no cycle. Asked by
     * the thread that waits.
     */
    default @Nullable WaitEdge farthestWait() {
        return waits();
    }

    /** Returns the name of the worker. */
    String worker();

    /** Returns the name of the running task. */
    String taskName();

    /** Returns the last verdict about a wait of this worker; {@code null}: there was none. */
    DeadlockDetector.@Nullable Verdict verdict();

    /** Stores a verdict and wakes the worker. */
    void judged(DeadlockDetector.Verdict verdict);
}
