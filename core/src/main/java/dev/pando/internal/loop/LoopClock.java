package dev.pando.internal.loop;

/**
 * The clock of a loop: the system's, or a virtual one, which stands still while a coroutine is ready, and jumps to the
 * next deadline when none is. Read by any thread; set with the turn.
 */
final class LoopClock {
    private final boolean virtual;
    private volatile long moment = 0;

    LoopClock(boolean virtual) {
        this.virtual = virtual;
    }

    boolean isVirtual() {
        return virtual;
    }

    long now() {
        return virtual ? moment : System.nanoTime();
    }

    void jumpTo(long later) {
        moment = later;
    }

    /**
     * Returns the moment so many nanoseconds later, or {@link Long#MAX_VALUE}, which never comes, if there is no such
     * moment.
     */
    static long later(long moment, long nanos) {
        long sum = moment + nanos;
        return sum < moment ? Long.MAX_VALUE : sum;
    }
}
