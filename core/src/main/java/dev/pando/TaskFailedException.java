package dev.pando;

/**
 * The task threw: the cause is what it threw, untouched. A new one is made for each caller that asks.
 */
public final class TaskFailedException extends PoolException {
    private static final long serialVersionUID = 1L;

    /** For code that runs work of others. */
    public TaskFailedException(String message, Throwable thrown) {
        super(message, thrown);
    }
}
