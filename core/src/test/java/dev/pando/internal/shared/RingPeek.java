package dev.pando.internal.shared;

import dev.pando.internal.process.wire.ParentTalk;
import dev.pando.internal.process.wire.RingPage;
import dev.pando.shared.SharedQueue;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Reads, in a worker, what a hostile task can read. */
public final class RingPeek {
    private RingPeek() {}

    /** Returns the ring of this queue, as this worker has it. Returns {@code null} if it was not shown. */
    public static @Nullable RingPage page(SharedQueue<?> queue) throws ReflectiveOperationException {
        ParentTalk parent = ParentTalk.ofThisProgram();
        if (parent == null || !(parent.replyHandler() instanceof ParentCalls calls)) {
            return null;
        }
        ShownRing shown = calls.pages().ring(number(queue, "number"), number(queue, "tag"));
        return shown == null ? null : shown.page;
    }

    private static long number(SharedQueue<?> queue, String component) throws ReflectiveOperationException {
        Method accessor = queue.getClass().getDeclaredMethod(component);
        accessor.setAccessible(true);
        return (long) accessor.invoke(queue);
    }
}
