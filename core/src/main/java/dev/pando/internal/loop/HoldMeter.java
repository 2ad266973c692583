package dev.pando.internal.loop;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.function.BooleanSupplier;

/**
 * Measures for how long one coroutine has held the turn, by a look now and then. The time between two looks does not
 * count if the second look finds the coroutine loading classes: the first use of a class takes as long as it takes, and
 * comes once. Belongs to one thread; the clock is the caller's.
 */
final class HoldMeter {
    /** A class that is not there after so long will not come: then that time counts too, or else a hang were silent. */
    private static final long MAX_LOADING_NANOS = 10_000_000_000L;

    private static final long NONE = -1;

    private final long limit;
    private long turn = NONE;
    private long since;
    private long lastLook;
    private long loading;
    private boolean reported;

    HoldMeter(long limit) {
        this.limit = limit;
    }

    /** No coroutine holds the turn. */
    void forget() {
        turn = NONE;
    }

    /**
     * Looks at the holder. Returns whether it must be reported now, which is so once for each turn.
     *
     * @param turnNow the number of the turn
     * @param loads whether the holder loads classes at this moment; asked only from the second look on
     */
    @CheckReturnValue
    boolean isDue(long turnNow, long now, BooleanSupplier loads) {
        if (turnNow != turn) {
            turn = turnNow;
            since = now;
            lastLook = now;
            loading = 0;
            reported = false;
            return false;
        }
        if (reported) {
            return false;
        }
        if (loads.getAsBoolean()) {
            loading += now - lastLook;
        }
        lastLook = now;
        reported = now - since - loading >= limit || loading >= MAX_LOADING_NANOS;
        return reported;
    }

    long turn() {
        return turn;
    }

    /** Returns for how long the turn has been held, all told. */
    long held() {
        return lastLook - since;
    }
}
