package dev.pando.spi;

import org.jspecify.annotations.Nullable;

/** What should have travelled cannot: where it is, and how to mend it. Thrown by {@link PackingEngine#pack}. */
public final class UnsendableException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Which way the thing was going. */
    public enum Direction {
        /** From the submitter to the worker: the task and what it captured. */
        ARGUMENT,
        /** From the worker back: a value or an exception. */
        RESULT
    }

    private final Direction direction;
    private final String path;

    /**
     * A thing that cannot travel.
     *
     * @param message goes on where the name of the task ends: {@code cannot be sent: ...}
     * @param path from the task to the thing: {@code lambda in Shop.bill → captured Shop → field conn}
     */
    public UnsendableException(Direction direction, String path, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.direction = direction;
        this.path = path;
    }

    /** Returns which way it was going. */
    public Direction direction() {
        return direction;
    }

    /** Returns where it is, from the task to the thing. */
    public String path() {
        return path;
    }
}
