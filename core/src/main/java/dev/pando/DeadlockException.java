package dev.pando;

import org.jspecify.annotations.Nullable;

/**
 * Tasks wait for each other in a circle, so that none would ever have moved again. Thrown by the wait that closed the
 * circle; the message names every task in it.
 */
public final class DeadlockException extends PoolException {
    private static final long serialVersionUID = 1L;

    /** For code that detects circles of its own. */
    public DeadlockException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
