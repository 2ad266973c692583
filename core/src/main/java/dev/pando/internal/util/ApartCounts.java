package dev.pando.internal.util;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts that many threads write with every task, far apart in memory from each other and from everything else. A
 * processor fetches a cache line anew after another one wrote to it: what merely lay beside such a count made
 * submissions half as fast again, or did not, as the collector had placed it.
 */
public final class ApartCounts {
    /** Longs between two counts: 128 bytes, two cache lines, because processors fetch lines in pairs. */
    private static final int APART = 16;

    private final AtomicLongArray longs;

    /** Makes so many counts, all zero, which are called 0, 1 and so on. */
    public ApartCounts(int counts) {
        longs = new AtomicLongArray((counts + 1) * APART);
    }

    public long get(int count) {
        return longs.get((count + 1) * APART);
    }

    /** Returns the new value. */
    @CanIgnoreReturnValue
    public long increment(int count) {
        return longs.incrementAndGet((count + 1) * APART);
    }

    /** As {@link #increment}, if the value is this one; may fail for no reason. */
    public boolean tryIncrement(int count, long seen) {
        return longs.weakCompareAndSetVolatile((count + 1) * APART, seen, seen + 1);
    }
}
