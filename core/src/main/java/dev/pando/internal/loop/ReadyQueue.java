package dev.pando.internal.loop;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The coroutines that are ready, and which of them is next. Belongs to the thread that holds the turn. */
abstract class ReadyQueue {

    /** Returns a fair ring, or with a seed one that draws lots. */
    static ReadyQueue of(@Nullable Long seed) {
        return seed == null ? new Fifo() : new Shuffled(seed);
    }

    /** Adds one of those that there is room for, and never fails. */
    abstract void add(Coroutine coroutine);

    /** Makes room for so many in all, so that none of them can be lost later for lack of memory. */
    void reserve(int coroutines) {}

    /** Returns the next one, which is in the ring no more. Returns null if there is none. */
    @CheckReturnValue
    abstract @Nullable Coroutine poll();

    abstract boolean isEmpty();

    /**
     * Wakes the threads of the coroutines that will be next, so that those threads come up while others run.
     *
     * @param newcomersToo whether coroutines without a thread get one: not if the calling thread is about to be free
     *     for one
     */
    void rouseNext(boolean newcomersToo) {}

    /**
     * A FIFO, first come, first served. The links are in the coroutines, so that adding one never fails for lack of
     * memory.
     */
    static final class Fifo extends ReadyQueue {
        private @Nullable Coroutine first;
        private @Nullable Coroutine last;

        /** How many at the front have been woken already. */
        private int roused;

        /**
         * How many turns ahead threads are woken: a thread takes longer to come up than a short turn lasts, and spins
         * once it is up.
         */
        private static final int ROUSED_AHEAD = 4;

        @Override
        void add(Coroutine coroutine) {
            if (last == null) {
                first = coroutine;
            } else {
                last.nextReady = coroutine;
            }
            last = coroutine;
        }

        @Override
        @Nullable
        Coroutine poll() {
            Coroutine next = first;
            if (next == null) {
                return null;
            }
            first = next.nextReady;
            if (first == null) {
                last = null;
            }
            next.nextReady = null;
            if (roused > 0) {
                roused--;
            }
            return next;
        }

        @Override
        void rouseNext(boolean newcomersToo) {
            if (roused > 0) {
                return;
            }
            for (Coroutine next = first; next != null && roused < ROUSED_AHEAD; next = next.nextReady) {
                if ((next.thread == null && !newcomersToo) || !next.rouse()) {
                    return;
                }
                roused++;
            }
        }

        @Override
        boolean isEmpty() {
            return first == null;
        }
    }

    /** Any of them, by lot: finds programs that rely on the order. The same seed draws the same lots. */
    static final class Shuffled extends ReadyQueue {
        private @Nullable Coroutine[] all = new Coroutine[16];
        private int size;
        private final Random lots;

        Shuffled(long seed) {
            lots = new Random(seed);
        }

        @Override
        void reserve(int coroutines) {
            if (coroutines > all.length) {
                all = Arrays.copyOf(all, Math.max(coroutines, 2 * all.length));
            }
        }

        @Override
        void add(Coroutine coroutine) {
            all[size++] = coroutine;
        }

        @Override
        @Nullable
        Coroutine poll() {
            if (size == 0) {
                return null;
            }
            int drawn = lots.nextInt(size);
            Coroutine next = all[drawn];
            all[drawn] = all[--size];
            all[size] = null;
            return next;
        }

        @Override
        boolean isEmpty() {
            return size == 0;
        }
    }
}
