package dev.pando.internal.process.handle;

import dev.pando.internal.process.wire.BadFrameException;

/**
 * Counts what a worker says, and refuses what no worker says so often that works as it should. Questions are counted by
 * the {@link FrameOutbox}, drops by the account of the worker. Used by the thread that reads; what concerns a run is
 * counted at its {@link Assignment}.
 */
final class MessageCounter {
    /** A worker says this when it begins a run, and once more when others wait behind that run. */
    private static final int MOST_BEGANS = 2;

    /** A worker says this when a task has used up the memory, and when the JVM ends. */
    private static final int MOST_LEAVINGS = 2;

    private boolean unfit;
    private int leavings;

    void countUnfit() throws BadFrameException {
        check(!unfit, "that its initializer failed, for the second time");
        unfit = true;
    }

    void countReady() throws BadFrameException {
        check(!unfit, "that it is ready, after its initializer failed");
    }

    void countLeaving() throws BadFrameException {
        check(++leavings <= MOST_LEAVINGS, "that it leaves, for the third time");
    }

    void countBegan(Assignment one) throws BadFrameException {
        check(++one.begans <= MOST_BEGANS, "that it begins a task, for the third time");
    }

    void countEnded(Assignment one) throws BadFrameException {
        check(!one.saidEnded, "that a task has ended, for the second time");
        one.saidEnded = true;
    }

    void countSpent(Assignment one, boolean metered) throws BadFrameException {
        check(metered, "what a task cost, which nothing asked for");
        check(!one.saidSpent, "what a task cost, for the second time");
        one.saidSpent = true;
    }

    void countSeen(Assignment one) throws BadFrameException {
        int most = one.mostSeens();
        check(most > 0, "where a task is, which nothing asked for");
        check(++one.seens <= most, "where a task is, more often than it was asked");
    }

    private static void check(boolean holds, String otherwise) throws BadFrameException {
        if (!holds) {
            throw BadFrameException.tooMany(otherwise);
        }
    }
}
