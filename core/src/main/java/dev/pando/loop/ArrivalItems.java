package dev.pando.loop;

import java.util.AbstractQueue;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The items of a channel without an order of its own: the oldest is first, or the newest. A ring that grows before it
 * takes an item, because a deque of the JDK that finds no memory to grow loses all that it has.
 */
final class ArrivalItems<T> extends AbstractQueue<T> {
    private static final int INITIAL = 16; // a power of two, as all later lengths: a mask finds the place

    private final boolean newestFirst;

    @SuppressWarnings("unchecked") // only items are put in
    private @Nullable T[] ring = (T[]) new Object[INITIAL];

    private int oldest;
    private int size;

    ArrivalItems(boolean newestFirst) {
        this.newestFirst = newestFirst;
    }

    @Override
    public boolean offer(T item) {
        if (size == ring.length) {
            grow();
        }
        ring[place(size)] = item;
        size++;
        return true;
    }

    private void grow() {
        @Nullable T[] larger = Arrays.copyOf(ring, 2 * size);
        for (int i = 0; i < size; i++) {
            larger[i] = ring[place(i)];
        }
        ring = larger;
        oldest = 0;
    }

    /** Returns where the item stands before which so many came. */
    private int place(int age) {
        return (oldest + age) & (ring.length - 1);
    }

    @Override
    public @Nullable T poll() {
        if (size == 0) {
            return null;
        }
        int at = place(newestFirst ? size - 1 : 0);
        T item = ring[at];
        ring[at] = null;
        size--;
        if (!newestFirst) {
            oldest = place(1);
        }
        return item;
    }

    @Override
    public @Nullable T peek() {
        return size == 0 ? null : ring[place(newestFirst ? size - 1 : 0)];
    }

    @Override
    public int size() {
        return size;
    }

    /** Iterates over the items as they came. */
    @Override
    @SuppressWarnings("NullAway") // these places are taken
    public Iterator<T> iterator() {
        return IntStream.range(0, size).<T>mapToObj(age -> ring[place(age)]).iterator();
    }
}
