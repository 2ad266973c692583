package dev.pando.internal.shared;

/**
 * An item of a queue.
 *
 * @param place in the order of arrival
 * @param cost in bytes, as the table counts them
 */
record QueueEntry(long place, Object item, long cost) {}
