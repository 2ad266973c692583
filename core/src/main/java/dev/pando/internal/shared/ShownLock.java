package dev.pando.internal.shared;

import dev.pando.internal.process.wire.LockPage;
import dev.pando.internal.process.wire.ParentTalk;

/**
 * A lock whose word this worker sees. What cannot be done by the word alone is left to the program: to wait, to hear of
 * a death, to refuse a stranger. Any thread.
 */
final class ShownLock {
    /** Tests write into it what a hostile worker could. */
    final LockPage page;

    private final int worker;
    private final ParentTalk parent;

    /** The word of the last thread of this worker that took the lock here, written by that thread. */
    private volatile long holder;

    /** The run of that thread, whose last bits only are in the word; what follows is that thread's as well. */
    private int run;

    /** How often it has taken the lock here again. */
    private int again;

    /** @param worker the number by which words name this worker */
    ShownLock(LockPage page, int worker, ParentTalk parent) {
        this.page = page;
        this.worker = worker;
        this.parent = parent;
    }

    boolean isClosed() {
        return page.isClosed();
    }

    /** Takes the lock, if it is free or the calling thread's. Returns false if the program is to be asked. */
    boolean lock() {
        int now = parent.run();
        long me = wordOf(now);
        if (me == LockPage.FREE) {
            return false;
        }
        try {
            if (page.take(me)) {
                if (parent.run() != now) { // the program may have looked before what this task left behind
                    page.giveBack(me); // unless the program has seen it, and found that its task has ended
                    return false;
                }
                run = now;
                again = 0;
                holder = me;
                return true;
            }
            if (isMine(me, now) && page.get() == me) {
                again++;
                return true;
            }
            return false;
        } catch (IllegalStateException unmapped) {
            return false;
        }
    }

    /** Gives the lock back, once. Returns false if the program is to be told, or to say why not. */
    boolean unlock() {
        int now = parent.run();
        long me = wordOf(now);
        if (me == LockPage.FREE || !isMine(me, now)) {
            return false;
        }
        if (again > 0) {
            if (page.isClosed()) {
                return false;
            }
            again--;
            return true;
        }
        try {
            return page.giveBack(me);
        } catch (IllegalStateException unmapped) {
            return false;
        }
    }

    /** Returns the word of the calling thread. Returns {@link LockPage#FREE} if it has none. */
    private long wordOf(int now) {
        return now <= 0
                ? LockPage.FREE
                : LockPage.holder(worker, now, Thread.currentThread().threadId());
    }

    /** Returns whether the calling thread took the lock here last, in its task. It may have given it back. */
    private boolean isMine(long me, int now) {
        return holder == me && run == now;
    }
}
