package dev.pando;

import dev.pando.spi.UnsendableException;

/**
 * Something in the task, or in its result, cannot travel to where it has to go. The message says how to mend it.
 */
public final class NotSendableException extends PoolException {
    private static final long serialVersionUID = 1L;

    private final UnsendableException.Direction direction;
    private final String path;

    /** Made by a pool. */
    public NotSendableException(String message, UnsendableException reason) {
        super(message, reason.getCause());
        this.direction = reason.direction();
        this.path = reason.path();
    }

    /** Whether it was the task itself, on its way to the worker, or its result, on the way back. */
    public boolean isResult() {
        return direction == UnsendableException.Direction.RESULT;
    }

    /** Where it is, from the task inward: {@code captured OrderService, field conn}. */
    public String path() {
        return path;
    }
}
