package dev.pando.internal.process.memory;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.internal.codec.message.MemoryHandle;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;

/**
 * What one program has mapped of one loan, and how many spans show it. A thread that touches it after its end gets an
 * exception, on whatever thread, and never what is there next: the mapping is its own, and goes first. Any thread.
 */
final class MemoryMapping {
    /** What made the mapping, and closes it when no span is left. */
    interface Owner {
        void closeUnused(MemoryMapping mapping);

        /** Whether regions that were never closed are to be found and closed when they are garbage. */
        boolean closesGarbage();
    }

    /** The handle of the whole loan. */
    final MemoryHandle whole;

    final Owner owner;
    final MemorySegment segment;
    private final Arena arena = Arena.ofShared();

    @GuardedBy("this")
    private int spans = 1;

    @GuardedBy("this")
    private boolean ended;

    @GuardedBy("this")
    private boolean sent;

    /** Has one span from the start. The channel may be closed afterwards. */
    MemoryMapping(MemoryHandle whole, Owner owner, FileChannel channel) throws IOException {
        this.whole = whole;
        this.owner = owner;
        segment = channel.map(MapMode.READ_WRITE, whole.start(), whole.bytes(), arena);
    }

    /**
     * A part of what this program has mapped already, and keeps longer: it ends as if it were mapped by itself, and
     * the system, which has few mappings to give, knows nothing of it.
     */
    @SuppressWarnings("restricted") // where memory is sealed, native access was granted
    MemoryMapping(MemoryHandle whole, Owner owner, MemorySegment slab) {
        this.whole = whole;
        this.owner = owner;
        segment = slab.asSlice(whole.start(), whole.bytes()).reinterpret(arena, null);
    }

    /** Adds a span. Returns false if the mapping has ended. */
    synchronized boolean retain() {
        if (ended) {
            return false;
        }
        spans++;
        return true;
    }

    void release() {
        synchronized (this) {
            if (--spans > 0 || ended) {
                return;
            }
        }
        owner.closeUnused(this);
    }

    /** Notes that the handle is in a message. */
    synchronized void markSent() {
        sent = true;
    }

    synchronized boolean wasSent() {
        return sent;
    }

    /** Ends the mapping if no span is left. Returns true if the caller must {@link #close} it. */
    synchronized boolean endIfUnused() {
        if (spans > 0 || ended) {
            return false;
        }
        ended = true;
        return true;
    }

    /** Ends the mapping, even if it is in use. Returns whether nothing is mapped any more. */
    boolean end() {
        synchronized (this) {
            if (ended) {
                return true;
            }
            ended = true;
        }
        return close();
    }

    /** Ends the mapping, even if it is in use, unless the system is at work in it. Returns whether it has ended. */
    synchronized boolean tryEnd() {
        if (!ended) {
            ended = close();
        }
        return ended;
    }

    /**
     * Returns whether the mapping could be closed: the system may be reading a file into it just now. Called once, by
     * the thread that ended it.
     */
    boolean close() {
        try {
            arena.close();
            return true;
        } catch (IllegalStateException inUse) {
            return false; // then it stays mapped, and its memory is not used again
        }
    }
}
