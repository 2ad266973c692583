package dev.pando.shared;

/**
 * The last holder of a lock, or the last sender of a pipe, died, or ended without giving the lock back. The message
 * says which task that was and how it ended. What the lock guards may be half changed; the lock itself is free.
 */
public final class OwnerDiedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Made by a pool. */
    public OwnerDiedException(String message) {
        super(message);
    }
}
