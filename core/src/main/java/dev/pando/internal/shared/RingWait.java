package dev.pando.internal.shared;

import dev.pando.spi.Waiters;
import java.util.concurrent.locks.LockSupport;

/**
 * How one call at the end of a ring waits for the other end: it looks again for a moment, gives the processor away, and
 * then naps. The other end does not know that this one naps, so it pays for no wake-up, and what it does is seen when
 * the nap is over. After some naps in vain the program is to be asked. The calling thread's.
 */
final class RingWait {
    /** To look again for longer than this takes more of a processor than a message. */
    private static final long SPIN_NANOS = 50_000;

    /** After this long the other end may be waiting for this processor. */
    private static final long ALONE_NANOS = 5_000;

    /** A moment, which the system makes about three times as long. */
    private static final long NAP_NANOS = 30_000;

    /** So many naps take about as much of a processor as to wait in the program, which costs each process a message. */
    private static final int MOST_NAPS = 32;

    /** Two ends that wait for each other's naps need fewer, and must find back to looking. */
    private static final int FEW_NAPS = 3;

    /** Between two looks a processor pauses so often, which takes a fifth of a microsecond. */
    private static final int PAUSES = 20;

    /** On one processor the other end does nothing while this one looks. */
    private static final boolean IS_ALONE = Runtime.getRuntime().availableProcessors() == 1;

    private final long begin = System.nanoTime();
    private final long most;

    /** How long to look before the first nap. */
    private final long looking;

    private int naps;

    /**
     * @param most how many nanoseconds the caller waits at most
     * @param isSlow whether the other end was slow when it was waited for last: then this wait naps soon
     */
    RingWait(long most, boolean isSlow) {
        this.most = most;
        this.looking = isSlow ? ALONE_NANOS : SPIN_NANOS;
    }

    /** Returns whether it has napped: after each nap any item, and room for any, is enough. */
    boolean hasNapped() {
        return naps > 0;
    }

    /** Returns whether the other end is slow: to look for it again takes more of a processor than to nap. */
    boolean isSlow() {
        return naps > FEW_NAPS;
    }

    /** Lets a moment pass. Returns false if it is time to ask the program. */
    @SuppressWarnings("ThreadPriorityCheck") // the other end may need this processor to go on
    boolean rest() {
        long waited = System.nanoTime() - begin;
        if (waited >= most || Thread.currentThread().isInterrupted()) {
            return false;
        }
        if (waited < ALONE_NANOS && !IS_ALONE) {
            for (int i = 0; i < PAUSES; i++) {
                Thread.onSpinWait();
            }
            return true;
        }
        if (waited < looking) {
            Thread.yield();
            return true;
        }
        if (naps == MOST_NAPS || Waiters.own() != null) {
            return false; // a coroutine would take its loop to sleep
        }
        naps++;
        LockSupport.parkNanos(this, Math.min(NAP_NANOS, most - waited));
        return true;
    }
}
