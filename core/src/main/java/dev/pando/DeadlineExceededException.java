package dev.pando;

/**
 * A wait ran out of time. The work that was waited for goes on, untouched.
 */
public final class DeadlineExceededException extends PoolException {
    private static final long serialVersionUID = 1L;

    /** For whoever offers a wait of his own. */
    public DeadlineExceededException(String message) {
        super(message, null);
    }
}
