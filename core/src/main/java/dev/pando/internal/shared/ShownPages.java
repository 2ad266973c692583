package dev.pando.internal.shared;

import dev.pando.internal.process.wire.BadFrameException;
import dev.pando.internal.process.wire.CountPage;
import dev.pando.internal.process.wire.FrameReader;
import dev.pando.internal.process.wire.LockPage;
import dev.pando.internal.process.wire.MemoryMessage;
import dev.pando.internal.process.wire.ParentTalk;
import dev.pando.internal.process.wire.RingPage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The counters, locks and queues whose memory this worker was shown. The thread that reads the parent's messages adds
 * to them; any thread looks.
 */
final class ShownPages {
    /** When so many are kept, those of what has ended go. The parent shows fewer at a time. */
    private static final int MOST = 2 * SharedTable.MOST_PAGES;

    private final ParentTalk parent;
    private final Map<Long, ShownPage> pages = new ConcurrentHashMap<>();

    /** Set when memory could not be mapped: to try again with each reply would cost more than the message. */
    private boolean failed;

    /** Of a counter, of a lock or of a queue: one of them is there. */
    private record ShownPage(
            long tag,
            @Nullable CountPage count,
            @Nullable ShownLock lock,
            @Nullable ShownRing ring) {
        boolean isClosed() {
            return count != null ? count.isClosed() : lock != null ? lock.isClosed() : ring == null || ring.isClosed();
        }
    }

    ShownPages(ParentTalk parent) {
        this.parent = parent;
    }

    /** Returns the memory of this counter. Returns {@code null} if it was not shown. */
    @Nullable
    CountPage counter(long number, long tag) {
        ShownPage shown = pages.get(number);
        return shown == null || shown.tag != tag ? null : shown.count;
    }

    /** Returns this lock as it lies in memory. Returns {@code null} if it was not shown. */
    @Nullable
    ShownLock lock(long number, long tag) {
        ShownPage shown = pages.get(number);
        return shown == null || shown.tag != tag ? null : shown.lock;
    }

    /** Returns the end of this queue's ring. Returns {@code null} if none was shown. */
    @Nullable
    ShownRing ring(long number, long tag) {
        ShownPage shown = pages.get(number);
        return shown == null || shown.tag != tag ? null : shown.ring;
    }

    /** Called by the thread that reads, with the frame that came with a reply about this counter. */
    void addCounter(long number, long tag, byte[] frame) {
        ByteBuffer memory = map(number, frame);
        if (memory != null) {
            pages.put(number, new ShownPage(tag, new CountPage(memory), null, null));
        }
    }

    /**
     * Called by the thread that reads, with the frame that came with a reply about this lock.
     *
     * @param worker the number by which words name this worker
     */
    void addLock(long number, long tag, byte[] frame, int worker) {
        ByteBuffer memory = map(number, frame);
        if (memory != null) {
            pages.put(number, new ShownPage(tag, null, new ShownLock(new LockPage(memory), worker, parent), null));
        }
    }

    /**
     * Called by the thread that reads, with the frame that came with a reply about this queue. A ring is of one task;
     * so that of an earlier one goes.
     */
    void addRing(long number, long tag, byte[] frame, int run) {
        pages.remove(number);
        ByteBuffer memory = map(number, frame);
        if (memory != null) {
            ShownRing ring = new ShownRing(new RingPage(memory), parent, run);
            pages.put(number, new ShownPage(tag, null, null, ring));
        }
    }

    private @Nullable ByteBuffer map(long number, byte[] frame) {
        if (failed || pages.containsKey(number)) {
            return null;
        }
        if (pages.size() >= MOST) {
            pages.values().removeIf(ShownPage::isClosed);
        }
        try {
            FrameReader reader = new FrameReader(new ByteArrayInputStream(frame));
            if (!(reader.toWorker() instanceof MemoryMessage.Grant grant)) {
                throw new BadFrameException("memory that is none");
            }
            return parent.shown(grant);
        } catch (IOException | OutOfMemoryError cannot) {
            failed = true;
            return null;
        }
    }
}
