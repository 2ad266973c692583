package dev.pando.dashboard.internal;

import com.google.errorprone.annotations.CheckReturnValue;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Which of the ended tasks are looked at: all while they are few, and from about two thousand a second on one of so
 * many, by chance, so that half a million tasks a second cost no more to record than two thousand.
 */
final class SampleRate {
    private static final long WINDOW_NANOS = 100_000_000L;

    /** In one window: more bars than a screen shows. */
    private static final int MOST = 200;

    private static final int FEW = MOST / 4;
    private static final int LARGEST_MASK = (1 << 20) - 1;

    /** One less than a power of two: one of so many tasks is taken. Written under the lock. */
    private volatile int mask;

    @GuardedBy("this")
    private long windowStart;

    @GuardedBy("this")
    private int taken;

    SampleRate(long now) {
        windowStart = now;
    }

    /** Returns whether the task is one of the sample. Costs a random number where tasks are many. */
    boolean picks() {
        int seen = mask;
        return seen == 0 || (ThreadLocalRandom.current().nextInt() & seen) == 0;
    }

    /** Counts one that is taken. Returns false if this window has had too many. */
    @CheckReturnValue
    synchronized boolean take(long now) {
        if (now - windowStart > WINDOW_NANOS) {
            if (taken < FEW) {
                mask >>= 1;
            }
            windowStart = now;
            taken = 0;
        }
        if (++taken <= MOST) {
            return true;
        }
        if (taken % MOST == 1 && mask < LARGEST_MASK) {
            mask = 2 * mask + 1;
        }
        return false;
    }

    /** Returns of how many tasks one is taken. */
    int oneOf() {
        return mask + 1;
    }
}
