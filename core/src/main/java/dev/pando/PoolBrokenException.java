package dev.pando;

/**
 * The pool can make no worker ready: its initializer never succeeded. The cause is what the initializer threw.
 */
public final class PoolBrokenException extends PoolException {
    private static final long serialVersionUID = 1L;

    /** Made by a pool. */
    public PoolBrokenException(String message, Throwable cause) {
        super(message, cause);
    }
}
