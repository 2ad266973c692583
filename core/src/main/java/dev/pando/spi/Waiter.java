package dev.pando.spi;

import java.util.function.BooleanSupplier;

/**
 * A waiting thread or coroutine, as the code that ends the wait sees it. Every wait in the library for a task, for room
 * or for a pool's end goes through here, so that a thread which must not simply be parked (a coroutine, which would
 * take its whole loop to sleep) can wait in a way of its own.
 *
 * <p>Threads: {@link #await} and {@link #now} belong to the thread that asked for {@link #current}; {@link #wake} is
 * anybody's. What may surprise: a wake-up before the wait is not lost, and one too many does no harm.
 */
public interface Waiter {

    /** The deadline that never comes. */
    long NEVER = Long.MAX_VALUE;

    /** Returns the waiter of the calling thread. */
    static Waiter current() {
        return Waiters.current();
    }

    /**
     * Waits until the condition holds; the thread that makes it hold calls {@link #wake}. Returns false if the deadline
     * passed.
     *
     * @param on what is waited for, for thread dumps
     * @param deadline a moment of {@link #now}, or {@link #NEVER}
     * @throws InterruptedException the calling thread was interrupted before or while it waited
     */
    boolean await(Object on, BooleanSupplier isSo, long deadline) throws InterruptedException;

    /** The condition may hold now: look again. Does not wait. */
    void wake();

    /** The clock by which this one's deadlines are measured. */
    default long now() {
        return System.nanoTime();
    }

    /** Returns whether a timeout around the waiting code ends each of its waits. Asked by that code's thread. */
    default boolean isTimed() {
        return false;
    }

    /** Returns whether it may spin before it waits: no other coroutine needs the thread meanwhile. */
    default boolean mayLook() {
        return true;
    }
}
