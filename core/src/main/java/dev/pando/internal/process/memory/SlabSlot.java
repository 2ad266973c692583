package dev.pando.internal.process.memory;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Where one loan lies: in a slab of its own, or in some pages of a slab that small arrays share.
 *
 * @param start where in the slab it begins, in bytes: where a page does
 * @param row the slots of the slab; null: the loan has all of it
 */
record SlabSlot(Slab slab, long start, long capacity, SlotShelf.@Nullable Row row) {
    static SlabSlot whole(Slab slab) {
        return new SlabSlot(slab, 0, slab.capacity, null);
    }

    boolean isPart() {
        return row != null;
    }

    /** All of the slot, in the mapping that no user sees. */
    MemorySegment segment() {
        return slab.segment.asSlice(start, capacity);
    }

    /** Notes that the loan is over. Returns the slab if no other loan lies in it. */
    @GuardedBy("Lender.LOCK")
    @Nullable
    Slab giveBack() {
        return row == null ? slab : row.giveBack(start);
    }
}
