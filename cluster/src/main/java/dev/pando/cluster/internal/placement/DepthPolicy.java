package dev.pando.cluster.internal.placement;

/**
 * How many tasks may lie at a node behind those that run there. Where tasks are short, a message for each takes longer
 * than the task; where they are long, what lies would wait. So: only once many in a row were short, and no more than
 * are done in a moment.
 */
final class DepthPolicy {
    /** A task that takes longer is not short. */
    private static final long SHORT_NANOS = 1_500_000;

    /** The most work that may lie for each slot: some ways there and back. Tasks that take longer do not lie. */
    private static final long LYING_NANOS = 1_000_000;

    /** The most tasks that may lie for each slot: of a message that 64 share, each has next to nothing to pay. */
    private static final int LYING_TASKS = 64;

    /** The most tasks that may lie at a node, all of which are lost with it. */
    private static final int MOST = 1024;

    /** Short tasks in a row that are no accident. */
    private static final int IN_A_ROW = 16;

    /** The inverse of the weight of the last task in the average. */
    private static final int FADING = 8;

    private int inARow;
    private long averageNanos;

    /** A task ran for so long. */
    void answered(long nanos) {
        if (nanos < 0 || nanos > SHORT_NANOS) {
            inARow = 0;
            averageNanos = 0;
            return;
        }
        inARow = Math.min(inARow + 1, IN_A_ROW);
        averageNanos += (nanos - averageNanos) / FADING;
    }

    /** Returns how many may lie at a node of so many slots. */
    int depth(int slots) {
        if (inARow < IN_A_ROW) {
            return 0;
        }
        long each = Math.min(LYING_TASKS, LYING_NANOS / Math.max(1, averageNanos));
        return (int) Math.min(MOST, each * slots);
    }
}
