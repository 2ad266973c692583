package dev.pando.internal.process.memory;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.internal.process.os.SharedFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel.MapMode;
import java.util.HashSet;
import java.util.Set;

/** A nameless file of the parent's, mapped there for good. No user ever sees this mapping, so it may outlive a loan. */
final class Slab {
    /** What is made has one of eight sizes between a power of two and the next: so others find it fitting. */
    private static final int STEPS = 3;

    /**
     * The smallest step: four pages of a usual kernel, one of one with large pages. It is no other page of this house.
     */
    private static final long SMALLEST_STEP = 1 << 14;

    final long number;
    final long capacity;
    final SharedFile file;
    final MemorySegment segment;
    private final Arena arena = Arena.ofShared();

    /** The workers that may know all that is in the slab. */
    @GuardedBy("Lender.LOCK")
    Set<Account> known = Set.of();

    /** The workers that may have the slab mapped. */
    @GuardedBy("Lender.LOCK")
    final Set<Account> mapped = new HashSet<>();

    /** Since when the slab has not been lent. */
    @GuardedBy("Lender.LOCK")
    long idleSince;

    Slab(long number, long capacity, SharedFile file) throws IOException {
        this.number = number;
        this.capacity = capacity;
        this.file = file;
        segment = file.channel().map(MapMode.READ_WRITE, 0, capacity, arena);
    }

    static long capacityFor(long bytes) {
        long step = Math.max(SMALLEST_STEP, Long.highestOneBit(Math.max(1, bytes - 1)) >> STEPS);
        return Math.ceilDiv(Math.max(1, bytes), step) * step;
    }

    /** Notes that the slab has another use, of which no worker knows anything yet. */
    @GuardedBy("Lender.LOCK")
    void forgetKnown() {
        known = Set.of();
    }

    /** Whether no worker has cut it off: what is left of the mapping would fault. */
    boolean isWhole() {
        if (file.isSealed()) {
            return true;
        }
        try {
            return file.channel().size() >= capacity;
        } catch (IOException e) {
            return false;
        }
    }

    /** Fills all from this place on with zeros. Returns whether the slab is whole. */
    boolean clear(long from) {
        try {
            segment.asSlice(from).fill((byte) 0);
            return isWhole(); // also a call of the system, after which no fault is still to be told
        } catch (InternalError cutOff) {
            return false;
        }
    }

    /** Copies the content in. Returns whether the slab is whole. */
    boolean copyIn(MemorySegment content) {
        try {
            MemorySegment.copy(content, 0, segment, 0, content.byteSize());
            return isWhole(); // as above
        } catch (InternalError cutOff) {
            return false;
        }
    }

    /** No loan of it is left. */
    void close() {
        arena.close();
        try {
            file.close();
        } catch (IOException gone) {
            // it was to go
        }
    }
}
