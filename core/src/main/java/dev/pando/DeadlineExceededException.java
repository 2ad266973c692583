package dev.pando;

import java.util.concurrent.TimeoutException;

/**
 * A wait ran out of time. The work that was waited for goes on, untouched.
 *
 * <p>Its cause is a {@link TimeoutException} with the same message, for handlers that look for one among the causes.
 */
public final class DeadlineExceededException extends PoolException {
    private static final long serialVersionUID = 1L;

    /** For code that offers waits of its own. */
    public DeadlineExceededException(String message) {
        super(message, new TimeoutException(message));
    }
}
