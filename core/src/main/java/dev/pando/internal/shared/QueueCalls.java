package dev.pando.internal.shared;

import dev.pando.internal.process.wire.ParentTalk;
import dev.pando.internal.process.wire.RingPage;
import dev.pando.internal.process.wire.RingPage.RingStep;
import org.jspecify.annotations.Nullable;

/**
 * Calls of queues. In a worker whose task was shown one end of the queue's ring an item goes through it; all else are
 * calls like those of any construct. Any thread.
 */
public final class QueueCalls {
    private QueueCalls() {}

    /**
     * Puts the item in. Returns false if there was no room in time.
     *
     * @param nanos as for {@link SharedLinks#call}
     */
    public static boolean put(long number, long tag, long nanos, Object item) throws InterruptedException {
        ParentCalls calls = calls();
        ShownRing ring = calls == null ? null : calls.pages().ring(number, tag);
        Object travelling = item;
        if (calls != null && ring != null) {
            refuseInterrupted(nanos);
            byte[] packed = calls.packed(item);
            RingStep step = ring.put(packed, nanos);
            if (step != RingStep.ASK) {
                return step == RingStep.DONE;
            }
            travelling = new PackedItem(packed, null);
        }
        return SharedLinks.call(number, tag, SharedOperation.PUT, nanos, 0, 0, travelling)
                .isDone();
    }

    /**
     * Takes the oldest item. Returns {@code null} if there was none in time.
     *
     * @param nanos as for {@link SharedLinks#call}
     */
    public static @Nullable Object take(long number, long tag, long nanos) throws InterruptedException {
        ParentCalls calls = calls();
        ShownRing ring = calls == null ? null : calls.pages().ring(number, tag);
        if (calls != null && ring != null) {
            refuseInterrupted(nanos);
            byte[] item = ring.take(nanos);
            if (item != null) {
                return item == RingPage.NOTHING ? null : calls.unpacked(item);
            }
        }
        CallAnswer answer = SharedLinks.call(number, tag, SharedOperation.TAKE, nanos, 0, 0);
        return answer.isDone() ? answer.item() : null;
    }

    private static void refuseInterrupted(long nanos) throws InterruptedException {
        if (nanos != 0 && Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private static @Nullable ParentCalls calls() {
        ParentTalk parent = ParentTalk.ofThisProgram();
        return parent != null && parent.replyHandler() instanceof ParentCalls calls ? calls : null;
    }
}
