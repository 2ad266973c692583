package dev.pando;

import java.util.concurrent.RejectedExecutionException;

/**
 * A thread was interrupted while it waited for room in a full pool. The task was not accepted, and never runs; the
 * thread's interrupt flag is set.
 *
 * <p>A {@link RejectedExecutionException}, because that is what code written for any {@link
 * java.util.concurrent.Executor} handles.
 */
public final class SubmitInterruptedException extends RejectedExecutionException {
    private static final long serialVersionUID = 1L;

    /** Made by a pool. */
    public SubmitInterruptedException(String message) {
        super(message);
    }
}
