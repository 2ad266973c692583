package dev.pando;

/**
 * The task ran longer than its timeout and was stopped. {@link #stuckAt} is where it was when time ran out.
 */
public final class TaskTimeoutException extends PoolException {
    private static final long serialVersionUID = 1L;

    private final StackTraceElement[] stuckAt;

    /** Made by a pool. */
    public TaskTimeoutException(String message, StackTraceElement[] stuckAt) {
        super(message, null);
        this.stuckAt = stuckAt.clone();
    }

    /** The stack that the task was stuck in; empty if the worker could not look. */
    public StackTraceElement[] stuckAt() {
        return stuckAt.clone();
    }
}
