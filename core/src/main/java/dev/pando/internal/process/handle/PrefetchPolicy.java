package dev.pando.internal.process.handle;

/**
 * How many tasks a worker is sent ahead of their turn. Where tasks are short, waking the worker for each takes longer
 * than the task; where they are long, a task that lies ahead would wait for the one before. So: only once many in a row
 * were short, and no more than are done in a moment. No tasks that print: a line of output belongs to the task
 * that is at work when the line comes.
 *
 * <p>Used by the thread that serves the worker; {@link #sent} by the thread that sends, while the worker is at rest.
 */
final class PrefetchPolicy {
    /** A task that takes longer is not short: the worker soon asks that what lies ahead of it be taken back. */
    static final long SHORT_NANOS = 1_500_000;

    /** The most work that may lie ahead, so that what came first is not done last for long. */
    private static final long AHEAD_NANOS = 500_000;

    /**
     * The most tasks that may lie ahead: a wake-up that 64 share costs next to nothing for each, and small ones still
     * fit a pipe.
     */
    private static final int AHEAD_TASKS = 64;

    /** Short tasks in a row that are no accident. */
    private static final int IN_A_ROW = 16;

    /** The inverse of the weight of the last task in the average: some ten tasks back the past has faded. */
    private static final int FADING = 8;

    private int inARow;
    private long averageNanos;
    private long printed;

    /**
     * When the worker began the run that it answers next, or a little earlier. Any thread that sends writes it, while
     * the worker is at rest.
     */
    private volatile long since;

    /** The worker was at rest, and was sent a task. */
    void sent(long now) {
        since = now;
    }

    /** Returns when the worker began the run that it answers next, or a moment before. */
    long since() {
        return since;
    }

    /**
     * The worker has answered, and had printed so many bytes, as far as they were read. Returns the nanoseconds that
     * the run took.
     */
    long answered(long now, long printedSoFar) {
        long took = now - since;
        since = now;
        if (took > SHORT_NANOS || printedSoFar != printed) {
            reset();
        } else {
            inARow++;
        }
        averageNanos += (took - averageNanos) / FADING;
        printed = printedSoFar;
        return took;
    }

    /** A task was not short: the count begins again. */
    void reset() {
        inARow = 0;
        averageNanos = 0;
    }

    /** Returns how many tasks may lie ahead of the worker now. */
    int depth() {
        if (inARow < IN_A_ROW) {
            return 0;
        }
        return Math.clamp(AHEAD_NANOS / Math.max(1, averageNanos), 1, AHEAD_TASKS);
    }
}
