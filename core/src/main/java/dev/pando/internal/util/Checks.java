package dev.pando.internal.util;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Refuses bad arguments at the call, by name. The upper end of every duration is the same: {@link Long#MAX_VALUE}
 * nanoseconds, 292 years.
 */
public final class Checks {
    private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);

    private Checks() {}

    public static <T> T present(@Nullable T argument, String name) {
        if (argument == null) {
            throw new NullPointerException(name + " must not be null");
        }
        return argument;
    }

    public static String notBlank(@Nullable String argument, String name) {
        String given = present(argument, name);
        if (given.isBlank()) {
            throw new IllegalArgumentException(name + " must not be blank");
        }
        return given;
    }

    public static int positive(int argument, String name) {
        if (argument <= 0) {
            throw new IllegalArgumentException(name + " must be greater than 0, not " + argument);
        }
        return argument;
    }

    public static int notNegative(int argument, String name) {
        if (argument < 0) {
            throw new IllegalArgumentException(name + " must not be negative, but is " + argument);
        }
        return argument;
    }

    /** Returns the duration in nanoseconds; a longer one than 292 years counts as 292 years. */
    public static long positive(@Nullable Duration argument, String name) {
        long nanos = nanos(argument, name);
        if (nanos <= 0) {
            throw new IllegalArgumentException(name + " must be longer than zero, not " + argument);
        }
        return nanos;
    }

    /** Returns the duration in nanoseconds, zero or more: a wait of zero is a poll, a negative one is a slip. */
    public static long notNegative(@Nullable Duration argument, String name) {
        long nanos = nanos(argument, name);
        if (nanos < 0) {
            throw new IllegalArgumentException(name + " must not be negative, but is " + argument);
        }
        return nanos;
    }

    public static long nanos(@Nullable Duration argument, String name) {
        Duration given = present(argument, name);
        if (given.compareTo(FOR_EVER) >= 0) {
            return Long.MAX_VALUE;
        }
        if (given.compareTo(FOR_EVER.negated()) <= 0) {
            return Long.MIN_VALUE;
        }
        return given.toNanos();
    }
}
