package dev.pando.internal.shared;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many bytes the packed items of one pool take, and may take. Guarded by the lock of the table. */
final class ItemBudget {
    /** What an item costs beside its bytes. */
    private static final int ITEM_COST = 96;

    private final String pool;
    private final long most;
    private long bytes;

    ItemBudget(String pool, long most) {
        this.pool = pool;
        this.most = most;
    }

    static long costOf(Object item) {
        return item instanceof PackedItem packed ? packed.bytes().length + (long) ITEM_COST : 0;
    }

    static long costOf(List<?> items) {
        long cost = 0;
        for (Object item : items) {
            cost += costOf(item);
        }
        return cost;
    }

    /** Counts items of this cost. Returns why there is no room for them; {@code null} if there is. */
    @Nullable
    String take(long cost) {
        if (cost > 0 && bytes + cost > most) {
            return "the shared constructs of pool " + pool + " hold " + (bytes >> 20) + " MiB, and may hold no more"
                    + " than " + (most >> 20) + " MiB, a quarter of the heap of the program (-Xmx)";
        }
        bytes += cost;
        return null;
    }

    /** An item of this cost has left its construct, or has come if the cost is negative. */
    void free(long cost) {
        bytes -= cost;
    }

    long most() {
        return most;
    }
}
