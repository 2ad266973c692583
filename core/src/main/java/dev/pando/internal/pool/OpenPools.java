package dev.pando.internal.pool;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.PoolView;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.WeakHashMap;

/** The pools of this program that are not closed. A pool that was forgotten without a close is not kept. Any thread. */
public final class OpenPools {
    private static final Object LOCK = new Object();

    @GuardedBy("LOCK")
    private static final Map<PoolCore, Long> NUMBERS = new WeakHashMap<>();

    /** How many were ever opened: the number of the last. */
    @GuardedBy("LOCK")
    private static long opened;

    private OpenPools() {}

    static void add(PoolCore core) {
        synchronized (LOCK) {
            NUMBERS.put(core, ++opened);
        }
    }

    static void remove(PoolCore core) {
        synchronized (LOCK) {
            NUMBERS.remove(core);
        }
    }

    /** Returns their views by their numbers, in the order of their opening. */
    public static SortedMap<Long, PoolView> all() {
        SortedMap<Long, PoolView> views = new TreeMap<>();
        synchronized (LOCK) {
            NUMBERS.forEach((core, number) -> views.put(number, core.stats().view()));
        }
        return views;
    }
}
