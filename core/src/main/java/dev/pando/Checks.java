package dev.pando;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Refuses bad arguments at the call, by name. */
final class Checks {

    private Checks() {}

    static <T> T present(@Nullable T argument, String name) {
        if (argument == null) throw new NullPointerException(name + " must not be null");
        return argument;
    }

    static int positive(int argument, String name) {
        if (argument <= 0) throw new IllegalArgumentException(name + " must be greater than 0, not " + argument);
        return argument;
    }

    /** In nanoseconds; what is longer than 292 years is as good as for ever. */
    static long positive(@Nullable Duration argument, String name) {
        long nanos = nanos(argument, name);
        if (nanos <= 0) throw new IllegalArgumentException(name + " must be longer than zero, not " + argument);
        return nanos;
    }

    /** In nanoseconds, zero or more. A wait that may be zero is a poll; a negative one is a slip. */
    static long notNegative(@Nullable Duration argument, String name) {
        long nanos = nanos(argument, name);
        if (nanos < 0) throw new IllegalArgumentException(name + " must not be negative, but is " + argument);
        return nanos;
    }

    static long nanos(@Nullable Duration argument, String name) {
        Duration given = present(argument, name);
        if (given.compareTo(FOR_EVER) >= 0) return Long.MAX_VALUE;
        if (given.compareTo(FOR_EVER.negated()) <= 0) return Long.MIN_VALUE;
        return given.toNanos();
    }

    private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);
}
