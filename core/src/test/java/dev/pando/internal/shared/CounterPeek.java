package dev.pando.internal.shared;

import dev.pando.internal.process.wire.CountPage;
import dev.pando.internal.process.wire.ParentTalk;
import dev.pando.shared.SharedCounter;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Reads, in a worker, what a hostile task can read. */
public final class CounterPeek {
    private CounterPeek() {}

    /** Returns the memory of this counter, as this worker has it. Returns {@code null} if it was not shown. */
    public static @Nullable CountPage page(SharedCounter counter) throws ReflectiveOperationException {
        ParentTalk parent = ParentTalk.ofThisProgram();
        return parent != null && parent.replyHandler() instanceof ParentCalls calls
                ? calls.pages().counter(number(counter, "number"), number(counter, "tag"))
                : null;
    }

    /** Calls the counter, in a worker, until the worker is shown its memory. */
    public static CountPage pageAfterCalls(SharedCounter counter) throws ReflectiveOperationException {
        CountPage page = page(counter);
        while (page == null) {
            counter.add(0);
            page = page(counter);
        }
        return page;
    }

    static long number(SharedCounter counter, String component) throws ReflectiveOperationException {
        Method accessor = counter.getClass().getDeclaredMethod(component);
        accessor.setAccessible(true);
        return (long) accessor.invoke(counter);
    }
}
