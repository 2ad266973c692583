package dev.pando.spi;

import java.util.function.BooleanSupplier;

/**
 * One who waits, as it is seen by those who end the wait. Every wait in the library for a task, for room or for a
 * pool's end goes through here, so that a thread which must not simply be parked (a coroutine, which would take its
 * whole loop to sleep) can wait in a way of its own.
 *
 * <p>Threads: {@link #await} and {@link #now} belong to the thread that asked for {@link #current}; {@link #wake} is
 * anybody's. What may surprise: a wake-up before the wait is not lost, and one too many does no harm.
 */
public interface Waiter {

    /** The deadline that never comes. */
    long NEVER = Long.MAX_VALUE;

    /** The calling thread, as one who may wait. */
    static Waiter current() {
        return Waiters.current();
    }

    /**
     * Waits until it is so; whoever makes it so {@link #wake}s. Answers {@code false} if the deadline passed first.
     *
     * @param on what is waited for, for people who look
     * @param deadline a moment of {@link #now}, or {@link #NEVER}
     */
    boolean await(Object on, BooleanSupplier isSo, long deadline) throws InterruptedException;

    /** It may be so now: look again. Does not wait. */
    void wake();

    /** The clock by which this one's deadlines are measured. */
    default long now() {
        return System.nanoTime();
    }

    /** Whether it may look a few times before it waits: nobody else needs the thread meanwhile. */
    default boolean mayLook() {
        return true;
    }
}
