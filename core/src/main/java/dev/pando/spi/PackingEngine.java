package dev.pando.spi;

import java.util.concurrent.Callable;

/** An engine whose workers cannot take the work as it is, because they are not in this JVM. Optional. */
public interface PackingEngine extends Engine {

    /**
     * Work is about to be packed, and unless it cannot travel it comes: what takes long to start may start now. Called
     * on the submitting thread of a pool that is open, before {@link #pack}. Does nothing unless overridden.
     */
    default void expect() {}

    /**
     * Turns work into what will travel to the worker. Called on the submitting thread, so that work which cannot travel
     * fails there, with that thread's stack.
     *
     * @throws UnsendableException the work cannot travel; the pool refuses it with this reason
     */
    Object pack(Callable<?> work) throws UnsendableException;
}
