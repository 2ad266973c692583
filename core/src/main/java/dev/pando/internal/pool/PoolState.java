package dev.pando.internal.pool;

/** The steps of a {@link PoolLifecycle}, in their order. */
public enum PoolState {
    OPEN,
    /** Takes nothing new, finishes what it has. */
    CLOSING,
    /** Takes nothing new, drops what it has. */
    KILLED,
    /** No worker is left. */
    CLOSED
}
