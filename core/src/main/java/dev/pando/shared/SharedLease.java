package dev.pando.shared;

/**
 * An item that was taken on loan. It is used by the task that took it: to close it without {@link #done} puts the item
 * back to the head of the queue.
 */
public interface SharedLease<T> extends AutoCloseable {

    /** Returns the item. */
    T item();

    /**
     * The item is dealt with, and leaves the queue for good. Returns false if it was given back before.
     *
     * @throws SharedClosedException the pool of the queue is closed
     */
    boolean done();

    /** Gives the item back to the head of its queue, unless it is done. Harmless if done twice. */
    @Override
    void close();
}
