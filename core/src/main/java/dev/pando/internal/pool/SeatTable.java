package dev.pando.internal.pool;

import dev.pando.internal.task.WorkerSeat;
import java.util.AbstractCollection;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The seats that are here, which many threads enter and leave at once. A seat lies in the slot that its hash names, so
 * that a virtual thread pays two compare-and-sets for it; where the slot is taken, the seat lies in a map.
 * A seat does not move while it is here: an iteration sees each that was here all the time.
 */
final class SeatTable extends AbstractCollection<WorkerSeat> {
    /** Few threads run at once for each processor: so many slots are mostly free. */
    private static final int SLOTS_FOR_EACH_PROCESSOR = 8;

    private static final int MOST_SLOTS = 512;

    /** References between two slots, so that no two share a cache line, which each seat writes twice. */
    private static final int APART = 16;

    /** Neighbouring numbers of threads go to distant slots. */
    private static final int SPREAD = 0x9E3779B9;

    private final AtomicReferenceArray<@Nullable WorkerSeat> slots;
    private final int shift;

    private final Set<WorkerSeat> others = ConcurrentHashMap.newKeySet();

    SeatTable() {
        this(Math.min(
                MOST_SLOTS, SLOTS_FOR_EACH_PROCESSOR * Runtime.getRuntime().availableProcessors()));
    }

    /** @param slots two at least; a power of two of them is used */
    SeatTable(int slots) {
        int used = Integer.highestOneBit(slots);
        this.slots = new AtomicReferenceArray<>(used * APART);
        this.shift = Integer.numberOfLeadingZeros(used) + 1;
    }

    /** Never needs memory where the seat's slot is free. */
    void put(WorkerSeat seat) {
        if (!slots.compareAndSet(slot(seat), null, seat)) {
            others.add(seat);
        }
    }

    void take(WorkerSeat seat) {
        if (!slots.compareAndSet(slot(seat), seat, null)) {
            others.remove(seat);
        }
    }

    private int slot(WorkerSeat seat) {
        return ((seat.hashCode() * SPREAD) >>> shift) * APART;
    }

    @Override
    public Iterator<WorkerSeat> iterator() {
        return new SeatIterator();
    }

    /** Counts, because the count of the map may have suffered from a want of memory. */
    @Override
    public int size() {
        int count = 0;
        for (WorkerSeat _ : this) {
            count++;
        }
        return count;
    }

    /** The slots one after the other, and then the others. */
    private final class SeatIterator implements Iterator<WorkerSeat> {
        private final Iterator<WorkerSeat> rest = others.iterator();
        private int slot;
        private @Nullable WorkerSeat next;

        @Override
        public boolean hasNext() {
            while (next == null && slot < slots.length()) {
                next = slots.get(slot);
                slot += APART;
            }
            if (next == null && rest.hasNext()) {
                next = rest.next();
            }
            return next != null;
        }

        @Override
        public WorkerSeat next() {
            WorkerSeat seat = hasNext() ? next : null;
            if (seat == null) {
                throw new NoSuchElementException();
            }
            next = null;
            return seat;
        }
    }
}
