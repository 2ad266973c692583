package dev.pando.internal.util;

import java.util.concurrent.locks.LockSupport;

/**
 * A moment's rest of a thread that found no memory and must try again. Needs none itself. Each try that finds none
 * costs a collection of the garbage, so that a longer rest would save little.
 */
public final class MemoryPause {
    private static final long NANOS = 1_000_000;

    private MemoryPause() {}

    @SuppressWarnings("ThreadPriorityCheck") // a virtual thread needs memory to park for a time
    public static void rest() {
        try {
            if (Thread.currentThread().isVirtual()) {
                Thread.yield();
            } else {
                LockSupport.parkNanos(NANOS);
            }
        } catch (OutOfMemoryError noMemory) {
            Thread.onSpinWait();
        }
    }
}
