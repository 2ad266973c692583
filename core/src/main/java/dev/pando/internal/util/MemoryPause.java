package dev.pando.internal.util;

import java.util.concurrent.locks.LockSupport;

/**
 * A moment's rest of a thread that found no memory and must try again. Needs none itself. Each try that finds none
 * costs a collection of the garbage, so that a longer rest would save little.
 */
public final class MemoryPause {
    private static final long NANOS = 1_000_000;

    private MemoryPause() {}

    /** Loads this class, and the log, while there is memory: in a full heap a first use could not. */
    public static void prepare() {
        FaultLog.prepare();
    }

    /** Takes this step again and again until there is memory for it: no other thread would take it. */
    public static void insist(Runnable step) {
        while (true) {
            try {
                step.run();
                return;
            } catch (OutOfMemoryError noMemory) {
                rest();
            }
        }
    }

    /**
     * A virtual thread spins. In a full heap it may be lost when it leaves its carrier: the queue of its scheduler may
     * have no room for it, and nothing tries again.
     */
    public static void rest() {
        long end = System.nanoTime() + NANOS;
        if (!Thread.currentThread().isVirtual()) {
            LockSupport.parkNanos(NANOS);
        }
        while (System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
    }
}
