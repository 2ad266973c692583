package dev.pando.internal.shared;

import dev.pando.internal.process.wire.ParentTalk;
import dev.pando.internal.shared.SharedCall.CallPatience;
import dev.pando.shared.SharedClosedException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Finds for a handle the way to its construct: the construct is in this program, or else this program is a worker, and
 * its parent is asked. Any thread.
 */
public final class SharedLinks {
    private static final AtomicLong NUMBERS = new AtomicLong();
    private static final Map<Long, Entry> STATES = new ConcurrentHashMap<>();

    private record Entry(ConstructState state, long tag) {}

    private SharedLinks() {}

    /** Gives a new construct its number. */
    static long enter(ConstructState state) {
        long number = NUMBERS.incrementAndGet();
        STATES.put(number, new Entry(state, HandleTags.of(number)));
        return number;
    }

    static void leave(long number) {
        STATES.remove(number);
    }

    public static long tagOf(long number) {
        return HandleTags.of(number);
    }

    public static @Nullable ConstructState find(long number, long tag) {
        Entry entry = STATES.get(number);
        return entry == null || entry.tag != tag ? null : entry.state;
    }

    /**
     * Calls, and waits for the end of the call.
     *
     * @param nanos how long; 0: not at all; {@link Long#MAX_VALUE}: for ever
     * @param items as the caller has them
     */
    public static CallAnswer call(
            long number, long tag, SharedOperation operation, long nanos, long amount, long other, Object... items)
            throws InterruptedException {
        if (nanos != 0 && Thread.interrupted()) {
            throw new InterruptedException();
        }
        ConstructState state = find(number, tag);
        CallAnswer answer;
        if (state != null) {
            answer = LocalCalls.call(state, operation, nanos, amount, other, items);
        } else {
            ParentTalk parent = ParentTalk.ofThisProgram();
            if (parent == null) {
                throw new SharedClosedException("it was closed");
            }
            answer = ParentCalls.through(parent).call(number, tag, operation, nanos, amount, other, items);
        }
        RuntimeException thrown = answer.status().exception(answer.text());
        if (thrown != null) {
            throw thrown;
        }
        return answer;
    }

    /** As {@link #call}, for what never waits for another task. */
    public static CallAnswer ask(
            long number, long tag, SharedOperation operation, long amount, long other, Object... items) {
        try {
            return call(number, tag, operation, 0, amount, other, items);
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    static CallPatience patience(long nanos) {
        if (nanos == 0) {
            return CallPatience.NONE;
        }
        return nanos == Long.MAX_VALUE ? CallPatience.ENDLESS : CallPatience.SOME;
    }
}
