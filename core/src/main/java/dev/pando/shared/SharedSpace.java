package dev.pando.shared;

/**
 * Makes what the tasks of a pool share. One for each pool: {@code pool.shared()}.
 *
 * {@snippet :
 * SharedQueue<String> lines = pool.shared().queue(100);
 * pool.submit(() -> { lines.put("from a task, wherever it runs"); return 1; });
 * System.out.println(lines.take());
 * }
 *
 * <p>On workers in other processes items travel, as arguments and results do; what cannot travel is refused where it is
 * put in. A pool has room for 65 536 constructs at a time, and for a quarter of the program's heap of packed items.
 */
public interface SharedSpace {

    /**
     * Makes a queue for so many items.
     *
     * @throws IllegalArgumentException the capacity is not positive
     * @throws IllegalStateException the pool has as many constructs as it may have, or is closed
     */
    <T> SharedQueue<T> queue(int capacity);

    /**
     * Makes a lock that is free.
     *
     * @throws IllegalStateException the pool has as many constructs as it may have, or is closed
     */
    SharedLock lock();

    /**
     * Makes a counter that is zero.
     *
     * @throws IllegalStateException the pool has as many constructs as it may have, or is closed
     */
    SharedCounter counter();

    /**
     * Makes a semaphore with so many permits.
     *
     * @throws IllegalArgumentException the number is negative
     * @throws IllegalStateException the pool has as many constructs as it may have, or is closed
     */
    SharedSemaphore semaphore(int permits);

    /**
     * Makes a barrier at which so many parties meet.
     *
     * @throws IllegalArgumentException the number is not positive
     * @throws IllegalStateException the pool has as many constructs as it may have, or is closed
     */
    SharedBarrier barrier(int parties);

    /**
     * Makes an event that is not set.
     *
     * @throws IllegalStateException the pool has as many constructs as it may have, or is closed
     */
    SharedEvent event();

    /**
     * Makes a place for one value.
     *
     * @throws dev.pando.NotSendableException the value cannot travel to the workers
     * @throws IllegalStateException the pool has as many constructs as it may have, or is closed
     */
    <T> SharedValue<T> value(T initial);

    /**
     * Makes an empty map.
     *
     * @throws IllegalStateException the pool has as many constructs as it may have, or is closed
     */
    <K, V> SharedMap<K, V> map();

    /**
     * Makes a pipe: what one end sends the other receives, both ways.
     *
     * @param <A> what the left end sends
     * @param <B> what the right end sends
     * @throws IllegalStateException the pool has as many constructs as it may have, or is closed
     */
    <A, B> SharedPipe<A, B> pipe();
}
