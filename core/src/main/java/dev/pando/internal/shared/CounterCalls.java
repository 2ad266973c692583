package dev.pando.internal.shared;

import dev.pando.internal.process.wire.CountPage;
import dev.pando.internal.process.wire.ParentTalk;
import org.jspecify.annotations.Nullable;

/**
 * Calls of counters. In a worker that was shown the counter's memory they are steps in that memory; else they are calls
 * like those of any construct. Any thread.
 */
public final class CounterCalls {
    private CounterCalls() {}

    /** Adds this, and returns the sum. */
    public static long add(long number, long tag, long amount) {
        CountPage page = pageOf(number, tag);
        if (page == null) {
            return ask(number, tag, SharedOperation.ADD, amount);
        }
        long sum;
        try {
            sum = page.add(amount);
        } catch (IllegalStateException unmapped) {
            return ask(number, tag, SharedOperation.ADD, amount);
        }
        confirm(page, number, tag);
        return sum;
    }

    /** Returns the count. */
    public static long get(long number, long tag) {
        CountPage page = pageOf(number, tag);
        if (page == null) {
            return ask(number, tag, SharedOperation.COUNT, 0);
        }
        long count;
        try {
            count = page.get();
        } catch (IllegalStateException unmapped) {
            return ask(number, tag, SharedOperation.COUNT, 0);
        }
        confirm(page, number, tag);
        return count;
    }

    /** Sets the counter if it is the expected number. Returns false if it is not. */
    public static boolean compareAndSet(long number, long tag, long expected, long count) {
        CountPage page = pageOf(number, tag);
        if (page == null) {
            return askSwap(number, tag, expected, count);
        }
        boolean set;
        try {
            set = page.compareAndSet(expected, count);
        } catch (IllegalStateException unmapped) {
            return askSwap(number, tag, expected, count);
        }
        confirm(page, number, tag);
        return set;
    }

    private static long ask(long number, long tag, SharedOperation operation, long amount) {
        return SharedLinks.ask(number, tag, operation, amount, 0).amount();
    }

    private static boolean askSwap(long number, long tag, long expected, long count) {
        return SharedLinks.ask(number, tag, SharedOperation.SWAP_COUNT, expected, count)
                .isDone();
    }

    /**
     * Returns the memory of this counter. Returns {@code null} in the program itself, before the worker was shown it,
     * and while the worker runs no task: then the call is refused as any other is.
     */
    private static @Nullable CountPage pageOf(long number, long tag) {
        ParentTalk parent = ParentTalk.ofThisProgram();
        if (parent == null || !(parent.replyHandler() instanceof ParentCalls calls)) {
            return null;
        }
        CountPage page = calls.pages().counter(number, tag);
        return page == null || parent.run() <= 0 ? null : page;
    }

    /**
     * A step counts if the counter had not ended before it. If the page says that it has, the program is asked, which
     * throws then; that the page says so falsely is another worker's doing, and the step counts.
     */
    private static void confirm(CountPage page, long number, long tag) {
        if (page.isClosed()) {
            var _ = ask(number, tag, SharedOperation.COUNT, 0);
        }
    }
}
