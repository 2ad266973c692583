package dev.pando.internal.process.handle;

/**
 * How many tasks a worker is sent ahead of their turn. Where tasks are short, waking the worker for each takes longer
 * than the task; where they are long, a task that lies ahead would wait for the one before. So: only once some in a row
 * did not print, and no more than are done in a moment. No tasks that print: a line of output belongs to the task
 * that is at work when the line comes.
 *
 * <p>What one task alone took, from being sent to its answer, says little: where other programs compute, each of the
 * two wake-ups waits for a processor for milliseconds. So the time of a task is that of answers which follow one
 * another, and a task is long when its worker says so while others lie behind it. Where that happens now and then,
 * half as many lie ahead. Where it happens again soon, none do until the worker has answered more tasks, each time
 * twice as many.
 *
 * <p>Used by the thread that serves the worker; {@link #sent} by the thread that sends, while the worker is at rest.
 */
final class PrefetchPolicy {
    /** The most work that may lie ahead, so that what came first is not done last for long. */
    private static final long AHEAD_NANOS = 500_000;

    /**
     * The most tasks that may lie ahead: a wake-up that 240 share costs next to nothing for each, even where it waits
     * for a processor, and the progress page tells so many apart.
     */
    private static final int AHEAD_TASKS = 240;

    /** Answers before the first task lies ahead, and the most after a worker was slow again and again. */
    private static final int FIRST_TRIAL = 16;

    private static final int LATEST_TRIAL = 1024;

    /** A worker that was slow twice within so many answers has long tasks, and was not just kept from its processor. */
    private static final int SOON = 64;

    /** The inverse of the weight of the last task in the average: some ten tasks back the past has faded. */
    private static final int FADING = 8;

    /** How many times the average a task counts at most: a worker that lost its processor for once is not slow. */
    private static final int OUTLIER = 4;

    private int answers;
    private int answersSinceSlow;
    private int trial = FIRST_TRIAL;

    /** How many may lie ahead, if the time allows it. Doubled by each answer to a task that lay ahead. */
    private int most = 1;

    /** 0 before two answers followed one another. */
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
     *
     * @param layAhead whether the run was sent ahead, so that no wake-up is in its time
     */
    long answered(long now, long printedSoFar, boolean layAhead) {
        long took = Math.max(1, now - since);
        since = now;
        if (printedSoFar != printed) {
            printed = printedSoFar;
            forget();
            return took;
        }
        answers++;
        answersSinceSlow++;
        if (layAhead) {
            average(took);
            most = Math.min(AHEAD_TASKS, 2 * most);
            trial = most == AHEAD_TASKS ? FIRST_TRIAL : trial;
        }
        return took;
    }

    private void average(long took) {
        if (averageNanos == 0) {
            averageNanos = took;
        } else {
            averageNanos += (Math.min(took, OUTLIER * averageNanos) - averageNanos) / FADING;
        }
    }

    /** A task of this worker takes its time, and others lay behind it. */
    void slow() {
        if (answersSinceSlow >= SOON) {
            most = Math.max(1, most / 2);
        } else {
            forget();
            trial = Math.min(LATEST_TRIAL, 2 * trial);
        }
        answersSinceSlow = 0;
    }

    private void forget() {
        answers = 0;
        most = 1;
        averageNanos = 0;
    }

    /** Returns how many tasks may lie ahead of the worker now. */
    int depth() {
        if (answers < trial) {
            return 0;
        }
        return averageNanos == 0 ? 1 : Math.clamp(AHEAD_NANOS / averageNanos, 1, most);
    }
}
