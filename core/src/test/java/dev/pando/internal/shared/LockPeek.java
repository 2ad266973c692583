package dev.pando.internal.shared;

import dev.pando.internal.process.wire.LockPage;
import dev.pando.internal.process.wire.ParentTalk;
import dev.pando.shared.SharedLock;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Reads, in a worker, what a hostile task can read. */
public final class LockPeek {
    private LockPeek() {}

    /** Returns the word of this lock, as this worker has it. Returns {@code null} if it was not shown. */
    public static @Nullable LockPage page(SharedLock lock) throws ReflectiveOperationException {
        ParentTalk parent = ParentTalk.ofThisProgram();
        if (parent == null || !(parent.replyHandler() instanceof ParentCalls calls)) {
            return null;
        }
        ShownLock shown = calls.pages().lock(number(lock, "number"), number(lock, "tag"));
        return shown == null ? null : shown.page;
    }

    /** Takes the lock and gives it back, in a worker, until the worker is shown its word. */
    public static LockPage pageAfterTurns(SharedLock lock) throws Exception {
        LockPage page = page(lock);
        while (page == null) {
            lock.lock();
            lock.unlock();
            page = page(lock);
        }
        return page;
    }

    private static long number(SharedLock lock, String component) throws ReflectiveOperationException {
        Method accessor = lock.getClass().getDeclaredMethod(component);
        accessor.setAccessible(true);
        return (long) accessor.invoke(lock);
    }
}
