package dev.pando.internal.process.memory;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.internal.process.wire.MemoryUse;
import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The slabs that the small arrays of one maker share: of the program, or of one worker. Each slab has slots of one
 * size, of whole pages, so that another process can map one array without its neighbours. A slab without an array is
 * given back at once. Any thread.
 */
final class SlotShelf {
    /** An array that is larger has a slab to itself, where it wastes less than half. */
    static final long LARGEST = 16 << 10;

    /** How many slots the first slab has: a program with one small array takes no more memory than for a large one. */
    private static final int FEWEST = 4;

    /** A slab is not larger, or else one array that is kept would keep too much. */
    private static final long LARGEST_SLAB = 4 << 20;

    private final SlabSource source;
    private final long page;

    /** What the descriptors of the slabs belong to. Null: the program. */
    private final @Nullable DescriptorShare share;

    /** The slabs with a free slot, by the size of their slots and by number: the oldest is filled first. */
    @GuardedBy("Lender.LOCK")
    private final Map<Long, NavigableMap<Long, Row>> open = new HashMap<>();

    /** Of all slabs here. */
    @GuardedBy("Lender.LOCK")
    private long bytes;

    /** One slab, and which of its slots are taken. */
    final class Row {
        private final Slab slab;
        private final long size;

        @GuardedBy("Lender.LOCK")
        private final BitSet taken = new BitSet();

        private Row(Slab slab, long size) {
            this.slab = slab;
            this.size = size;
        }

        @GuardedBy("Lender.LOCK")
        private SlabSlot first() {
            slab.forgetKnown();
            bytes += slab.capacity;
            rows(size).put(slab.number, this);
            return take();
        }

        @GuardedBy("Lender.LOCK")
        private SlabSlot take() {
            int at = taken.nextClearBit(0);
            taken.set(at);
            if (taken.cardinality() == slab.capacity / size) {
                rows(size).remove(slab.number);
            }
            return new SlabSlot(slab, at * size, size, this);
        }

        /** Returns the slab if no slot is taken any more. */
        @GuardedBy("Lender.LOCK")
        @Nullable
        Slab giveBack(long start) {
            taken.clear((int) (start / size));
            if (!taken.isEmpty()) {
                rows(size).put(slab.number, this);
                return null;
            }
            rows(size).remove(slab.number);
            bytes -= slab.capacity;
            return slab;
        }
    }

    /** @param page the least that a process can map, in bytes */
    SlotShelf(SlabSource source, long page, @Nullable DescriptorShare share) {
        this.source = source;
        this.page = page;
        this.share = share;
    }

    /** Returns a slot that is zero; null if no memory is sealed any more, and so none can be shared. */
    @Nullable
    SlabSlot take(long wanted) throws IOException {
        long size = page * roundedUp(Math.ceilDiv(Math.max(1, wanted), page));
        SlabSlot slot = taken(size);
        if (slot == null) {
            return null;
        }
        slot.segment().fill((byte) 0); // now, and not before: what had the slot may have written to it until now
        return slot;
    }

    private @Nullable SlabSlot taken(long size) throws IOException {
        long capacity;
        synchronized (Lender.LOCK) {
            var first = rows(size).firstEntry();
            if (first != null) {
                return first.getValue().take();
            }
            capacity = Math.clamp(Long.highestOneBit(bytes), FEWEST * size, LARGEST_SLAB);
        }
        Slab slab = slab(capacity, FEWEST * size);
        List<Slab> unsealed;
        synchronized (Lender.LOCK) {
            if (slab.file.isSealed()) {
                return new Row(slab, size).first();
            }
            unsealed = source.giveBack(slab, share);
        }
        source.drop(unsealed);
        return null;
    }

    private static long roundedUp(long pages) {
        return pages == 1 ? 1 : Long.highestOneBit(pages - 1) << 1;
    }

    /** Returns a slab whose content is of no matter, since each slot is cleared. */
    private Slab slab(long capacity, long least) throws IOException {
        try {
            return source.take(capacity, MemoryUse.FILLED_ARRAY, null, share);
        } catch (IOException full) {
            if (capacity == least) {
                throw full;
            }
            return source.take(least, MemoryUse.FILLED_ARRAY, null, share);
        }
    }

    @GuardedBy("Lender.LOCK")
    private NavigableMap<Long, Row> rows(long size) {
        return open.computeIfAbsent(size, any -> new TreeMap<>());
    }
}
