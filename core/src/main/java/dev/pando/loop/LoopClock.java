package dev.pando.loop;

import java.time.Duration;
import java.util.Objects;

/**
 * The clock of a loop: the one on the wall, or a virtual one, which stands still while anybody can go on, and jumps to the
 * next deadline when nobody can. Read by any thread; set by whoever holds the turn.
 */
final class LoopClock {
    private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE / 4);

    private final boolean virtual;
    private volatile long moment = 0;

    LoopClock(boolean virtual) {
        this.virtual = virtual;
    }

    boolean isVirtual() {
        return virtual;
    }

    long now() {
        return virtual ? moment : System.nanoTime();
    }

    void jumpTo(long later) {
        moment = later;
    }

    /** In nanoseconds, zero or more; what is longer than seventy years is as good as for ever. */
    static long nanos(Duration given, String name) {
        if (Objects.requireNonNull(given, name + " must not be null").isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative, but is " + given);
        }
        return given.compareTo(FOR_EVER) >= 0 ? Long.MAX_VALUE / 4 : given.toNanos();
    }
}
