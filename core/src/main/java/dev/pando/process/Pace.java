package dev.pando.process;

/**
 * How many tasks a worker is sent ahead of their turn. Where tasks are short, waking the worker for each takes longer than the
 * task; where they are long, whoever lies ahead would wait for the one before. So: only once many in a row were short, and no
 * more than are done in a moment. None that print: a line is told from the next task's by who is at work when it comes.
 *
 * <p>Used by the thread that serves the worker; {@link #sent} by whoever sends, {@link #soon} by whoever waits.
 */
final class Pace {
    /** Beyond that a worker soon asks that what lies ahead of it be taken back. */
    static final long SHORT_NANOS = 1_500_000;

    /** So much work may lie ahead. */
    private static final long AHEAD_NANOS = 500_000;

    /** An answer that usually comes within this time is worth looking for: to sleep and be woken takes as long. */
    private static final long SOON_NANOS = 100_000;

    private static final int MOST = 64;
    private static final int IN_A_ROW = 16;

    private int inARow;
    private long average;
    private long printed;

    /** What tasks took lately, from being sent to their answer. Long ones count for long, so that few are looked for in vain. */
    private volatile long usual = SOON_NANOS;

    /** When it began what it answers next, or a little earlier. */
    private volatile long since;

    /** It was at rest, and was sent something. */
    void sent(long now) {
        since = now;
    }

    /** It has answered, and had printed so many bytes, as far as is known. */
    void answered(long now, long printedSoFar) {
        long took = now - since;
        since = now;
        if (took > SHORT_NANOS || printedSoFar != printed) interrupted();
        else inARow++;
        average += (took - average) / 8;
        long before = usual;
        usual = before + (took - before) / 8;
        printed = printedSoFar;
    }

    /** It is no longer so that all are short. */
    void interrupted() {
        inARow = 0;
        average = 0;
    }

    /** How long its next answer is worth looking for: as long again as usual, and not at all where that is long. */
    long soon() {
        long now = usual;
        return now < SOON_NANOS ? 2 * now : 0;
    }

    /** How many may lie ahead of it now. */
    int depth() {
        if (inARow < IN_A_ROW) return 0;
        return Math.clamp(AHEAD_NANOS / Math.max(1, average), 1, MOST);
    }
}
