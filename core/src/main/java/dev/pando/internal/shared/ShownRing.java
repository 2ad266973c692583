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
    /** Tests write into it what a hostile worker could. */
    final RingPage page;

    private final ParentTalk parent;

    /** The task that was shown it: a later one asks the program. */
    private final int run;

    /** Whether the other end was slow when a call waited for it last. Any thread that has waited writes it. */
    private volatile boolean isSlow;

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
        RingStep step = tryPut(item, false);
        if (step != RingStep.FULL || nanos == 0) {
            return step;
        }
        RingWait wait = new RingWait(nanos, isSlow);
        while (wait.rest()) {
            step = tryPut(item, !wait.hasNapped()); // one wait is to serve many items
            if (step != RingStep.FULL) {
                break;
            }
        }
        isSlow = wait.isSlow();
        return step == RingStep.FULL ? RingStep.ASK : step;
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
        RingWait wait = new RingWait(nanos, isSlow);
        while (wait.rest()) {
            item = tryTake();
            if (item != RingPage.NOTHING) {
                break;
            }
        }
        isSlow = wait.isSlow();
        return item == RingPage.NOTHING ? null : item;
    }

    /** @param needsHalf whether it is full while it is more than half full */
    private synchronized RingStep tryPut(byte[] item, boolean needsHalf) {
        if (parent.run() != run) {
            return RingStep.ASK;
        }
        try {
            return needsHalf && !page.isHalfFree() ? RingStep.FULL : page.put(item);
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
