package dev.pando.internal.process.os;

/** A worker and the processes that it started, directly or not. */
public interface ProcessTree {
    /**
     * Ends all of them, whether the worker itself still lives or not, and waits until they are gone, for a few seconds
     * at most: one that the kernel does not let die, or that we may not kill, stays. Never ends the caller. One call at
     * a time is enough; several do no harm.
     *
     * @return how many were sent to their end
     */
    int end();
}
