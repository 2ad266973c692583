package dev.pando.internal.shared;

import dev.pando.internal.process.wire.ParentTalk;
import org.jspecify.annotations.Nullable;

/**
 * Calls of locks. In a worker that was shown the lock's word a free lock is taken there, and given back; all else are
 * calls like those of any construct. Any thread.
 */
public final class LockCalls {
    private LockCalls() {}

    /**
     * Takes the lock. Returns false if it did not come free in time.
     *
     * @param nanos as for {@link SharedLinks#call}
     */
    public static boolean lock(long number, long tag, long nanos) throws InterruptedException {
        ShownLock shown = shownLock(number, tag);
        if (shown != null) {
            if (nanos != 0 && Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (shown.lock()) {
                return true;
            }
        }
        return SharedLinks.call(number, tag, SharedOperation.LOCK, nanos, 0, 0).isDone();
    }

    /** As {@link #lock}, without waiting. */
    public static boolean tryLock(long number, long tag) {
        ShownLock shown = shownLock(number, tag);
        return (shown != null && shown.lock())
                || SharedLinks.ask(number, tag, SharedOperation.LOCK, 0, 0).isDone();
    }

    /** Gives the lock back, once. */
    public static void unlock(long number, long tag) {
        ShownLock shown = shownLock(number, tag);
        if (shown == null || !shown.unlock()) {
            SharedLinks.ask(number, tag, SharedOperation.UNLOCK, 0, 0);
        }
    }

    /** Returns the lock as this worker was shown it. Returns {@code null} before that, and in the program itself. */
    private static @Nullable ShownLock shownLock(long number, long tag) {
        ParentTalk parent = ParentTalk.ofThisProgram();
        return parent != null && parent.replyHandler() instanceof ParentCalls calls
                ? calls.pages().lock(number, tag)
                : null;
    }
}
