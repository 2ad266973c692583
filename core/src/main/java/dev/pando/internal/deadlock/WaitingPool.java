package dev.pando.internal.deadlock;

import java.util.Collection;

/** A pool as {@link DeadlockDetector} sees it: the workers, of which any may come for a task in the queue. */
public interface WaitingPool {

    String name();

    /** Returns whether tasks of this pool can wait for a future of this JVM. A task in a worker process cannot. */
    boolean canWait();

    /** Returns how many tasks the pool runs at once. */
    int width();

    /** Returns the workers that are there, as a live view. */
    Collection<? extends WaitingWorker> seats();
}
