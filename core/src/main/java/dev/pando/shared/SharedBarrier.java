package dev.pando.shared;

import java.time.Duration;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeoutException;

/**
 * Where a number of parties wait for each other, again and again. If one of those that wait is interrupted, loses its
 * patience, or dies, the barrier is broken: the others, and all that come later, are told, until {@link #reset}.
 */
public interface SharedBarrier extends SharedConstruct {

    /**
     * Waits for the others. Returns how many were still missing: 0 to the last one.
     *
     * @throws InterruptedException the caller was interrupted: the barrier is broken
     * @throws BrokenBarrierException another party was interrupted, lost its patience or died, or reset the barrier
     * @throws SharedClosedException the barrier is closed
     */
    int await() throws InterruptedException, BrokenBarrierException;

    /**
     * As {@link #await()}, but waits no longer than this.
     *
     * @throws InterruptedException the caller was interrupted: the barrier is broken
     * @throws BrokenBarrierException another party was interrupted, lost its patience or died, or reset the barrier
     * @throws TimeoutException the others did not come: the barrier is broken
     * @throws IllegalArgumentException the patience is negative
     * @throws SharedClosedException the barrier is closed
     */
    int await(Duration patience) throws InterruptedException, BrokenBarrierException, TimeoutException;

    /**
     * Makes the barrier whole again. Parties that wait are told that it broke.
     *
     * @throws SharedClosedException the barrier is closed
     */
    void reset();

    /**
     * Returns whether the barrier is broken.
     *
     * @throws SharedClosedException the barrier is closed
     */
    boolean isBroken();
}
