package dev.pando.internal.shared;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The items of a queue that are in the table, in the order of arrival. Guarded by the lock of the table. The table
 * counts their bytes from the call that brings an item until {@link #free}.
 */
final class QueueItems {
    private final SharedTable table;
    private final ArrayDeque<QueueEntry> entries = new ArrayDeque<>();
    private long bytes;
    private long arrived;

    QueueItems(SharedTable table) {
        this.table = table;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    int size() {
        return entries.size();
    }

    long bytes() {
        return bytes;
    }

    /** Returns the oldest. Returns {@code null} if there is none. */
    @Nullable
    QueueEntry oldest() {
        return entries.peek();
    }

    /** An item has arrived, whose bytes are counted. */
    void add(Object item) {
        QueueEntry entry = new QueueEntry(++arrived, item, ItemBudget.costOf(item));
        entries.add(entry);
        bytes += entry.cost();
    }

    /** As {@link #add}, and its bytes are counted now. */
    void addUncounted(Object item) {
        table.budget().free(-ItemBudget.costOf(item));
        add(item);
    }

    /** Removes the oldest, whose bytes stay counted. There is one. */
    QueueEntry remove() {
        QueueEntry entry = entries.remove();
        bytes -= entry.cost();
        return entry;
    }

    /** An entry that was removed is gone for good. */
    void free(QueueEntry entry) {
        table.budget().free(entry.cost());
    }

    /** To where it was: before all that came after it. */
    void putBack(QueueEntry entry) {
        List<QueueEntry> older = new ArrayList<>();
        while (!entries.isEmpty() && entries.peek().place() < entry.place()) {
            older.add(entries.remove());
        }
        entries.addFirst(entry);
        for (QueueEntry each : older.reversed()) {
            entries.addFirst(each);
        }
        bytes += entry.cost();
    }

    /** All are gone for good. */
    void clear() {
        while (!entries.isEmpty()) {
            free(remove());
        }
    }
}
