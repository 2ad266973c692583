package dev.pando.shared;

/** The construct is closed, or its pool is, or it belongs to another pool than the task that uses it. */
public final class SharedClosedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** Made by a pool. */
    public SharedClosedException(String message) {
        super(message);
    }
}
