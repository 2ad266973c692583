package dev.pando.internal.pool;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.PoolView;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The pools of this program that are not closed. A pool that was forgotten without a close is not kept. Any thread. */
public final class OpenPools {
    private static final Object LOCK = new Object();

    @GuardedBy("LOCK")
    private static final Map<PoolCore, Long> NUMBERS = new WeakHashMap<>();

    /** How many were ever opened: the number of the last. */
    @GuardedBy("LOCK")
    private static long opened;

    /** Whether a pool was ever registered as a bean by itself: the class of the beans is not loaded before. */
    private static volatile boolean haveBeans;

    /** The thread that looks while a pool is open. */
    private static volatile @Nullable Thread watcher;

    private OpenPools() {}

    static void add(PoolCore core) {
        synchronized (LOCK) {
            NUMBERS.put(core, ++opened);
        }
    }

    static void remove(PoolCore core) {
        Long number;
        boolean wasLast;
        synchronized (LOCK) {
            number = NUMBERS.remove(core);
            wasLast = NUMBERS.isEmpty();
        }
        if (haveBeans && number != null) {
            BeanWatch.drop(number);
        }
        if (wasLast) {
            LockSupport.unpark(watcher); // it ends at once, or else it would hold an application that is gone
        }
    }

    /** {@code null}: no thread looks any more. */
    static void watchedBy(@Nullable Thread thread) {
        watcher = thread;
    }

    /** From here on a pool that closes may have a bean. */
    static void haveBeans() {
        haveBeans = true;
    }

    static boolean isAnyOpen() {
        synchronized (LOCK) {
            return !NUMBERS.isEmpty();
        }
    }

    /** Returns them by their numbers. */
    static Map<Long, PoolCore> cores() {
        Map<Long, PoolCore> cores = new TreeMap<>();
        synchronized (LOCK) {
            NUMBERS.forEach((core, number) -> cores.put(number, core));
        }
        return cores;
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
