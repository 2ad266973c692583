package dev.pando;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One object that lives in one worker, for as long as you want: a loaded model, a connection, an engine that is dear to
 * start. It is made there by its factory, and never leaves. Calls run in the order in which they were made, one at a
 * time, so that the object needs no lock. Any thread of the program may call.
 *
 * <p>An actor has a worker of the pool to itself. One that would take the last worker gets one beside the others, and
 * so does an actor with {@link ActorOptions#dedicated()}; so actors never keep tasks from running.
 *
 * <p>If the worker dies, or a call is stopped because it was cancelled or its time is up, the object is lost: the call
 * fails and says why. With {@link ActorOptions#restarts} the factory makes another object, and the calls that wait go
 * on with it.
 */
public interface Actor<S> extends AutoCloseable {

    /**
     * Calls the object. To cancel the future of a call that runs, with {@code cancel(true)}, ends the object as well.
     *
     * @throws java.util.concurrent.RejectedExecutionException the actor is closed or has ended; the message says why
     */
    <R extends @Nullable Object> TaskFuture<R> call(Fn<? super S, R> fn);

    /**
     * As {@link #call}, for what has no result.
     *
     * @throws java.util.concurrent.RejectedExecutionException as {@link #call}
     */
    TaskFuture<@Nullable Void> tell(ActorAction<? super S> action);

    /**
     * Returns the same actor, whose calls end in {@link TaskTimeoutException} when they take longer than this, counted
     * from the moment a call begins; the object is lost then.
     *
     * @throws IllegalArgumentException the timeout is zero or negative
     */
    Actor<S> timeout(Duration timeout);

    /** Returns whether calls are taken: the actor is not closed and has not ended. */
    boolean isOpen();

    /**
     * Takes no more calls, waits for those that were made, and closes the object in its worker if it is
     * {@link AutoCloseable}. Interrupted, it does not wait for them. The pool's close does the same.
     */
    @Override
    void close();
}
