package dev.pando.spi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How a thread waits. Threads are parked, unless an entry here claims the calling thread: event loops do, while
 * they have coroutines.
 *
 * <p>It is a static list, the only one of ours: the question is asked by a thread that holds nothing but itself. A mark
 * on each thread would cost every coroutine a table of thread-locals; the list costs a wait one look for each loop
 * there is.
 */
public final class Waiters {
    private static final @Nullable Source[] NONE = {};

    /** Copied at each change, under the lock of the class. Has a gap where there was no memory for a copy. */
    private static volatile @Nullable Source[] sources = NONE;

    /** A source of threads that wait in a way of their own. */
    public interface Source {

        /** Returns the waiter of the calling thread if it is one of this source. Called by any thread. */
        @Nullable
        Waiter current();
    }

    private Waiters() {}

    /** Asks this source from now on, after those that are there. */
    public static synchronized void add(Source source) {
        @Nullable Source[] more = Arrays.copyOf(sources, sources.length + 1);
        more[sources.length] = source;
        sources = more;
    }

    /** Asks this source no more. Harmless if it is not there. Never fails: the caller is at its end. */
    public static synchronized void remove(Source source) {
        @Nullable Source[] before = sources;
        for (int i = 0; i < before.length; i++) {
            if (before[i] == source) {
                before[i] = null;
            }
        }
        try {
            sources = withoutGaps(before);
        } catch (OutOfMemoryError noMemory) {
            // the next change closes the gap
        }
    }

    private static @Nullable Source[] withoutGaps(@Nullable Source[] some) {
        int count = 0;
        for (Source source : some) {
            if (source != null) {
                count++;
            }
        }
        @Nullable Source[] rest = count == 0 ? NONE : new Source[count];
        int to = 0;
        for (Source source : some) {
            if (source != null) {
                rest[to++] = source;
            }
        }
        return rest;
    }

    /** Returns the sources that are there now. */
    public static List<Source> sources() {
        List<Source> there = new ArrayList<>();
        for (Source source : sources) {
            if (source != null) {
                there.add(source);
            }
        }
        return there;
    }

    /** Returns the waiter of the calling thread if it waits in a way of its own, or else {@code null}. */
    public static @Nullable Waiter own() {
        for (Source source : sources) {
            Waiter waiter = source == null ? null : source.current();
            if (waiter != null) {
                return waiter;
            }
        }
        return null;
    }

    static Waiter current() {
        Waiter own = own();
        return own != null ? own : new Parked(Thread.currentThread());
    }

    /** An ordinary thread: it is parked. */
    private record Parked(Thread thread) implements Waiter {

        @Override
        public boolean await(Object on, BooleanSupplier isSo, long deadline) throws InterruptedException {
            while (!isSo.getAsBoolean()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (deadline == NEVER) {
                    LockSupport.park(on);
                } else {
                    long left = deadline - System.nanoTime();
                    if (left <= 0) {
                        return false;
                    }
                    LockSupport.parkNanos(on, left);
                }
            }
            return true;
        }

        @Override
        public void wake() {
            LockSupport.unpark(thread);
        }

        /** A record's own way to compare is made at its first use, which needs memory. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Parked that && that.thread == thread;
        }

        @Override
        public int hashCode() {
            return thread.hashCode();
        }
    }
}
