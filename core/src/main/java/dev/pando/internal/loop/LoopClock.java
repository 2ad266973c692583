package dev.pando.internal.loop;

/**
 * The clock of a loop: the system's, or a virtual one, which stands still while a coroutine is ready, and jumps to the
 * next deadline when none is. Read by any thread; set with the turn.
 */
final class LoopClock {
    private final boolean virtual;
    private final long start;
    private volatile long moment = 0;

    LoopClock(boolean virtual) {
        this.virtual = virtual;
        this.start = now();
    }

    boolean isVirtual() {
        return virtual;
    }

    long now() {
        return virtual ? moment : System.nanoTime();
    }

    /** Returns the time since the loop was made, which is what users see of this clock. */
    long elapsed() {
        return now() - start;
    }

    /** Returns the moment at which so many nanoseconds have passed since the loop was made. */
    long moment(long elapsed) {
        return later(start, Math.max(0, elapsed));
    }

    /** Returns how many nanoseconds after the making of the loop a moment is. */
    long elapsedAt(long moment) {
        return moment - start;
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
