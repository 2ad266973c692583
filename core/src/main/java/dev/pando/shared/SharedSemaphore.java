package dev.pando.shared;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A number of permits, given in the order of asking. A permit that a task still has when it ends, however it ends,
 * returns by itself; a task that releases what it has not acquired adds a permit.
 */
public interface SharedSemaphore extends SharedConstruct {

    /**
     * Takes a permit, and waits while there is none.
     *
     * @throws InterruptedException the caller was interrupted, and has no permit
     * @throws SharedClosedException the semaphore is closed
     */
    void acquire() throws InterruptedException;

    /**
     * Takes a permit if there is one. Returns false if there is none.
     *
     * @throws SharedClosedException the semaphore is closed
     */
    boolean tryAcquire();

    /**
     * As {@link #acquire}, but waits no longer than this. Returns false if there was no permit.
     *
     * @throws InterruptedException the caller was interrupted, and has no permit
     * @throws IllegalArgumentException the patience is negative
     * @throws SharedClosedException the semaphore is closed
     */
    boolean tryAcquire(Duration patience) throws InterruptedException;

    /**
     * Gives a permit back, or adds one.
     *
     * @throws IllegalStateException there would be more than {@link Integer#MAX_VALUE} permits
     * @throws SharedClosedException the semaphore is closed
     */
    void release();

    /**
     * Returns how many permits can be taken now.
     *
     * @throws SharedClosedException the semaphore is closed
     */
    int available();

    /**
     * Runs the body with a permit, and returns what it returns. What the body throws is thrown, a checked exception
     * inside a {@link dev.pando.TaskFailedException}.
     *
     * @throws InterruptedException the caller was interrupted while it waited: the body was not run
     * @throws SharedClosedException the semaphore is closed
     */
    @SuppressWarnings("NamedLikeContextualKeyword") // the name that a loop's semaphore has as well
    <T extends @Nullable Object> T with(Callable<T> body) throws InterruptedException;

    /**
     * As {@link #with(Callable)}, for a body without a value.
     *
     * @throws InterruptedException the caller was interrupted while it waited: the body was not run
     * @throws SharedClosedException the semaphore is closed
     */
    @SuppressWarnings("NamedLikeContextualKeyword")
    void with(SharedBody body) throws InterruptedException;
}
