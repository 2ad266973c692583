package dev.pando.internal.loop;

import java.util.ArrayDeque;

/**
 * Coroutines that failed, until a caller asks how they ended. A failure that no caller has asked for when the loop has
 * ended, or when too many others came after it, is reported in the log: no failure is silent. Belongs to the thread
 * that holds the turn, and then to the caller of {@code Loop.run}.
 */
final class UnobservedFailures {

    /** Bounds what a loop that runs for weeks keeps alive: each failure holds its exception and its coroutine. */
    private static final int MAX_FAILURES_KEPT = 100;

    /** A coroutine that has failed. */
    interface Failed {
        String name();

        /** Returns whether some caller has asked how the coroutine ended. */
        boolean isHeeded();

        Throwable failure();
    }

    private final String loopName;

    /** Never grows: a deque that fails to grow loses what it has. */
    private final ArrayDeque<Failed> failed = new ArrayDeque<>(MAX_FAILURES_KEPT + 1);

    UnobservedFailures(String loopName) {
        this.loopName = loopName;
    }

    void add(Failed coroutine) {
        failed.add(coroutine);
        if (failed.size() > MAX_FAILURES_KEPT) {
            report(failed.remove());
        }
    }

    void report() {
        while (!failed.isEmpty()) {
            report(failed.remove());
        }
    }

    private void report(Failed coroutine) {
        if (coroutine.isHeeded()) {
            return;
        }
        try {
            System.getLogger("dev.pando")
                    .log(
                            System.Logger.Level.ERROR,
                            coroutine.name() + " of " + loopName + " failed, and nobody asked how it ended",
                            coroutine.failure());
        } catch (OutOfMemoryError noMemory) {
            // nothing can be told
        }
    }
}
