package dev.pando.internal.shared;

import dev.pando.DeadlockException;
import dev.pando.shared.OwnerDiedException;
import dev.pando.shared.SharedClosedException;
import org.jspecify.annotations.Nullable;

/** How a call ended. The place in this list stands for it in a message. */
public enum CallStatus {
    DONE,
    /** It could not be done at once, or not before it was withdrawn. */
    UNDONE,
    CLOSED,
    REFUSED,
    /** The lock is another thread's. */
    STRANGER,
    OWNER_DIED,
    /** The barrier is broken. */
    BROKEN,
    DEADLOCK;

    private static final CallStatus[] ALL = values();

    /** Returns the number that stands for it in a message. */
    @SuppressWarnings("EnumOrdinal") // both ends are of one version
    public int number() {
        return ordinal();
    }

    /** Returns the status of this number. Returns {@code null} if there is none. */
    public static @Nullable CallStatus of(int number) {
        return number < 0 || number >= ALL.length ? null : ALL[number];
    }

    /** Returns what a caller sees of a call that ended so; {@code null}: no exception. */
    @Nullable
    public RuntimeException exception(String text) {
        return switch (this) {
            case DONE, UNDONE, BROKEN -> null;
            case CLOSED -> new SharedClosedException(text);
            case REFUSED -> new IllegalStateException(text);
            case STRANGER -> new IllegalMonitorStateException(text);
            case OWNER_DIED -> new OwnerDiedException(text);
            case DEADLOCK -> new DeadlockException(text, null);
        };
    }
}
