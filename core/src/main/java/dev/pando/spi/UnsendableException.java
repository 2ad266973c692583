package dev.pando.spi;

import org.jspecify.annotations.Nullable;

/** What should have travelled cannot: where it is, and how to mend it. Thrown by {@link PackingEngine#pack}. */
public final class UnsendableException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Which way the thing was going. */
    public enum Direction {
        ARGUMENT,
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

    public Direction direction() {
        return direction;
    }

    public String path() {
        return path;
    }
}
