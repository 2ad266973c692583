package dev.pando;

/**
 * A wait ran out of time. The work that was waited for goes on, untouched.
 */
public final class DeadlineExceededException extends PoolException {
    private static final long serialVersionUID = 1L;

    /** For code that offers waits of its own. */
    public DeadlineExceededException(String message) {
        super(message, null);
    }
}
