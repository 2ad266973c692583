package dev.pando.internal.shared;

import dev.pando.internal.process.wire.BadFrameException;
import dev.pando.internal.process.wire.CountPage;
import dev.pando.internal.process.wire.FrameReader;
import dev.pando.internal.process.wire.MemoryMessage;
import dev.pando.internal.process.wire.ParentTalk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The counters whose memory this worker was shown. The thread that reads the parent's messages adds to them; any thread
 * looks.
 */
final class ShownPages {
    /** When so many are kept, those of counters that have ended go. The parent shows fewer at a time. */
    private static final int MOST = 2 * SharedTable.MOST_PAGES;

    private final ParentTalk parent;
    private final Map<Long, ShownPage> pages = new ConcurrentHashMap<>();

    /** Set when memory could not be mapped: to try again with each reply would cost more than the message. */
    private boolean failed;

    private record ShownPage(long tag, CountPage page) {}

    ShownPages(ParentTalk parent) {
        this.parent = parent;
    }

    /** Returns the memory of this counter. Returns {@code null} if it was not shown. */
    @Nullable
    CountPage find(long number, long tag) {
        ShownPage shown = pages.get(number);
        return shown == null || shown.tag != tag ? null : shown.page;
    }

    /** Called by the thread that reads, with the frame that came with a reply about this counter. */
    void add(long number, long tag, byte[] frame) {
        if (failed || pages.containsKey(number)) {
            return;
        }
        if (pages.size() >= MOST) {
            pages.values().removeIf(shown -> shown.page.isClosed());
        }
        try {
            FrameReader reader = new FrameReader(new ByteArrayInputStream(frame));
            if (!(reader.toWorker() instanceof MemoryMessage.Grant grant)) {
                throw new BadFrameException("memory that is none");
            }
            pages.put(number, new ShownPage(tag, new CountPage(parent.shown(grant))));
        } catch (IOException | OutOfMemoryError cannot) {
            failed = true;
        }
    }
}
