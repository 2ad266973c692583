package dev.pando.shared;

import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue between tasks, first in, first out. An item is in the queue whole or not at all, whenever a worker
 * dies. What {@link #take} returned belongs to its task, and is gone if the worker dies; what {@link #takeAcknowledged}
 * returned comes back to the head of the queue unless it is acknowledged.
 *
 * <p>To close the queue is to end the input: consumers get the items that are there, and after the last one they end.
 */
public interface SharedQueue<T> extends SharedConstruct, Iterable<T> {

    /**
     * Puts an item in, and waits while the queue is full.
     *
     * @throws InterruptedException the caller was interrupted, and the item is not in the queue
     * @throws SharedClosedException the queue is closed
     * @throws dev.pando.NotSendableException the item cannot travel to the workers
     */
    void put(T item) throws InterruptedException;

    /**
     * Puts an item in if there is room. Returns false if there is none.
     *
     * @throws SharedClosedException the queue is closed
     * @throws dev.pando.NotSendableException the item cannot travel to the workers
     */
    boolean offer(T item);

    /**
     * As {@link #put}, but waits no longer than this. Returns false if there was no room.
     *
     * @throws InterruptedException the caller was interrupted, and the item is not in the queue
     * @throws IllegalArgumentException the patience is negative
     * @throws SharedClosedException the queue is closed
     * @throws dev.pando.NotSendableException the item cannot travel to the workers
     */
    boolean offer(T item, Duration patience) throws InterruptedException;

    /**
     * Puts all these items in, in one step, and waits until there is room for all of them. In a worker process a
     * hundred items at once take little longer than one.
     *
     * @throws InterruptedException the caller was interrupted, and no item is in the queue
     * @throws IllegalStateException there are more items than the queue has room for when it is empty
     * @throws SharedClosedException the queue is closed
     * @throws dev.pando.NotSendableException an item cannot travel to the workers
     */
    void putAll(Collection<? extends T> items) throws InterruptedException;

    /**
     * Takes the oldest items, one at least and no more than this, and waits while there is none. In a worker process a
     * hundred items at once take little longer than one.
     *
     * @throws InterruptedException the caller was interrupted, and has taken nothing
     * @throws IllegalArgumentException the number is not positive
     * @throws SharedClosedException the queue is closed, and no item is left
     * @throws dev.pando.NotSendableException as {@link #take}
     */
    List<T> takeSome(int most) throws InterruptedException;

    /**
     * Takes the oldest item, and waits while there is none.
     *
     * @throws InterruptedException the caller was interrupted, and has taken nothing
     * @throws SharedClosedException the queue is closed, and no item is left
     * @throws dev.pando.NotSendableException the item came from a worker, and this program does not accept it: it is
     *     no longer in the queue
     */
    T take() throws InterruptedException;

    /**
     * Takes the oldest item if there is one. Returns {@code null} if there is none, also when the queue is closed.
     *
     * @throws dev.pando.NotSendableException as {@link #take}
     */
    @Nullable
    T poll();

    /**
     * As {@link #take}, but waits no longer than this. Returns {@code null} if there was no item, also when the queue
     * is closed.
     *
     * @throws InterruptedException the caller was interrupted, and has taken nothing
     * @throws IllegalArgumentException the patience is negative
     * @throws dev.pando.NotSendableException as {@link #take}
     */
    @Nullable
    T poll(Duration patience) throws InterruptedException;

    /**
     * Takes the oldest item on loan: at least once some task gets to acknowledge it. The item comes back to the head of
     * the queue when its task ends without {@link SharedLease#done}, however that task ends.
     *
     * @throws InterruptedException the caller was interrupted, and has taken nothing
     * @throws SharedClosedException the queue is closed, no item is left, and none is on loan
     * @throws dev.pando.NotSendableException as {@link #take}
     */
    SharedLease<T> takeAcknowledged() throws InterruptedException;

    /**
     * Takes items until the queue is closed and empty. Each item goes to one of all consumers.
     *
     * @throws java.util.concurrent.CancellationException from the iterator: its thread was interrupted while it waited
     */
    @Override
    Iterator<T> iterator();

    /**
     * Returns how many items are in the queue, not counting those on loan.
     *
     * @throws SharedClosedException the pool is closed, or the queue is closed and all its items were taken
     */
    int size();

    /** Ends the input. Consumers get what is there, and then end. */
    @Override
    void close();
}
