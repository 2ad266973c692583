package dev.pando.internal.shared;

import dev.pando.internal.process.wire.ParentTalk;
import dev.pando.internal.process.wire.RingPage;
import dev.pando.internal.process.wire.RingPage.RingStep;
import org.jspecify.annotations.Nullable;

/**
 * One end of a ring that this worker sees, for the task that was shown it. What cannot be done there in a moment is
 * left to the program: to wait for long, to hear that the queue has ended, or of a death. Any thread, one at a time.
 */
final class ShownRing {
    /** To wait for the other end longer than this would cost more than to be woken by a message. */
    private static final long SPIN_NANOS = 50_000;

    /** After this long the other end may be waiting for this processor. */
    private static final long ALONE_NANOS = 5_000;

    private static final int LOOKS = 20;

    /** Tests write into it what a hostile worker could. */
    final RingPage page;

    private final ParentTalk parent;

    /** The task that was shown it: a later one asks the program. */
    private final int run;

    ShownRing(RingPage page, ParentTalk parent, int run) {
        this.page = page;
        this.parent = parent;
        this.run = run;
    }

    boolean isClosed() {
        return page.isClosed();
    }

    /**
     * Puts the item in.
     *
     * @param nanos how long the caller waits for room
     */
    RingStep put(byte[] item, long nanos) {
        if (item.length > RingPage.MOST_BYTES) {
            return RingStep.ASK;
        }
        RingStep step = tryPut(item);
        if (step != RingStep.FULL || nanos == 0) {
            return step;
        }
        long begin = System.nanoTime();
        for (long waited = 0; goesOn(waited, nanos); waited = System.nanoTime() - begin) {
            step = tryPut(item);
            if (step != RingStep.FULL) {
                return step;
            }
            rest(waited);
        }
        return RingStep.ASK;
    }

    /**
     * Takes the oldest item. Returns {@code null} if the program is to be asked, and {@link RingPage#NOTHING} if there
     * is none and the caller does not wait.
     *
     * @param nanos how long the caller waits for an item
     */
    byte @Nullable [] take(long nanos) {
        byte[] item = tryTake();
        if (item != RingPage.NOTHING || nanos == 0) {
            return item;
        }
        long begin = System.nanoTime();
        for (long waited = 0; goesOn(waited, nanos); waited = System.nanoTime() - begin) {
            item = tryTake();
            if (item != RingPage.NOTHING) {
                return item;
            }
            rest(waited);
        }
        return null;
    }

    private static boolean goesOn(long waited, long nanos) {
        return waited < Math.min(nanos, SPIN_NANOS) && !Thread.currentThread().isInterrupted();
    }

    @SuppressWarnings("ThreadPriorityCheck") // the other end may need this processor to go on
    private static void rest(long waited) {
        if (waited < ALONE_NANOS) {
            for (int i = 0; i < LOOKS; i++) {
                Thread.onSpinWait();
            }
        } else {
            Thread.yield();
        }
    }

    private synchronized RingStep tryPut(byte[] item) {
        if (parent.run() != run) {
            return RingStep.ASK;
        }
        try {
            return page.put(item);
        } catch (IllegalStateException unmapped) {
            return RingStep.ASK;
        }
    }

    private synchronized byte @Nullable [] tryTake() {
        if (parent.run() != run) {
            return null;
        }
        try {
            return page.take();
        } catch (IllegalStateException unmapped) {
            return null;
        }
    }
}
