package dev.pando.shared;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A lock between tasks, reentrant, given in the order of asking. It belongs to the thread that took it, and goes with
 * the task of that thread: a lock whose holder died, or ended without unlocking it, is free again, and the next to ask
 * for it hears {@link OwnerDiedException}, once.
 *
 * <p>Tasks that wait for each other's locks in a circle end in {@link dev.pando.DeadlockException}.
 */
public interface SharedLock extends SharedConstruct {

    /**
     * Takes the lock, and waits while another thread has it.
     *
     * @throws InterruptedException the caller was interrupted, and has not got the lock
     * @throws OwnerDiedException the last holder died with it: the lock is free, and not the caller's
     * @throws dev.pando.DeadlockException the holder waits for the caller
     * @throws SharedClosedException the lock is closed
     */
    void lock() throws InterruptedException;

    /**
     * Takes the lock if it is free. Returns false if another thread has it.
     *
     * @throws OwnerDiedException the last holder died with it: the lock is free, and not the caller's
     * @throws SharedClosedException the lock is closed
     */
    boolean tryLock();

    /**
     * As {@link #lock}, but waits no longer than this. Returns false if the lock did not come free.
     *
     * @throws InterruptedException the caller was interrupted, and has not got the lock
     * @throws IllegalArgumentException the patience is negative
     * @throws OwnerDiedException the last holder died with it: the lock is free, and not the caller's
     * @throws SharedClosedException the lock is closed
     */
    boolean tryLock(Duration patience) throws InterruptedException;

    /**
     * Gives the lock back, as often as it was taken.
     *
     * @throws IllegalMonitorStateException the calling thread does not have it
     * @throws SharedClosedException the lock is closed
     */
    void unlock();

    /**
     * Runs the body with the lock, and returns what it returns. What the body throws is thrown, a checked exception
     * inside a {@link dev.pando.TaskFailedException}.
     *
     * @throws InterruptedException the caller was interrupted while it waited: the body was not run
     * @throws OwnerDiedException the last holder died with it: the body was not run
     * @throws dev.pando.DeadlockException the holder waits for the caller: the body was not run
     * @throws SharedClosedException the lock is closed
     */
    <T extends @Nullable Object> T withLock(Callable<T> body) throws InterruptedException;

    /**
     * As {@link #withLock(Callable)}, for a body without a value.
     *
     * @throws InterruptedException the caller was interrupted while it waited: the body was not run
     * @throws OwnerDiedException the last holder died with it: the body was not run
     * @throws dev.pando.DeadlockException the holder waits for the caller: the body was not run
     * @throws SharedClosedException the lock is closed
     */
    void withLock(SharedBody body) throws InterruptedException;
}
