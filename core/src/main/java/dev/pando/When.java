package dev.pando;

/** What ends a {@link Futures#wait}. */
public enum When {
    /** All of them are done, in whatever way. */
    ALL_COMPLETED,
    /** Any of them is done, in whatever way. */
    FIRST_COMPLETED,
    /** Any of them failed; or else all are done. A cancellation is no failure. */
    FIRST_EXCEPTION
}
