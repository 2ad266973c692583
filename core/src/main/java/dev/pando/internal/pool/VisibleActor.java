package dev.pando.internal.pool;

/** An actor, as its pool knows it: told when the pool begins to close, and seen by tools. Any thread. */
public interface VisibleActor extends Runnable {

    /** Returns what it is called. */
    String name();

    /** Returns how many calls wait for the object, without the one that it has. */
    int waitingCalls();
}
