package dev.pando.loop;

import java.util.AbstractQueue;
import java.util.Comparator;
import java.util.Iterator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The items of a channel with an order, the smallest first, and equal ones in the order in which they came. A tree and
 * no heap: an order that throws, because it cannot compare an item, then leaves the tree as it was, and taking an item
 * out compares nothing.
 */
final class OrderedItems<T> extends AbstractQueue<T> {
    private final TreeSet<NumberedItem<T>> items;

    /** How many items came so far. */
    private long numbers;

    private record NumberedItem<T>(T item, long number) {}

    OrderedItems(Comparator<? super T> order) {
        Comparator<NumberedItem<T>> byItem = Comparator.comparing(NumberedItem::item, order);
        items = new TreeSet<>(byItem.thenComparingLong(NumberedItem::number));
    }

    @Override
    public boolean offer(T item) {
        return items.add(new NumberedItem<>(item, numbers++));
    }

    @Override
    public @Nullable T poll() {
        NumberedItem<T> first = items.pollFirst();
        return first == null ? null : first.item;
    }

    @Override
    public @Nullable T peek() {
        return items.isEmpty() ? null : items.first().item;
    }

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public Iterator<T> iterator() {
        return items.stream().map(NumberedItem::item).iterator();
    }
}
