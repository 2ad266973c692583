package dev.pando.internal.task;

import dev.pando.internal.deadlock.WaitingWorker;

/**
 * The code that completes a promise, where it is known: a coroutine. A thread that waits for the promise waits for this
 * code, which may itself wait; and after a cancellation it is still at work until it says otherwise.
 */
public interface PromiseCompleter extends WaitingWorker {

    /** The result is not wanted any more. Called once at most, on the thread that cancels the future. */
    void cancelled();
}
