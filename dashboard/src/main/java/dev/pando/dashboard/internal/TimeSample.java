package dev.pando.dashboard.internal;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Arrays;

/** The last durations of one kind, and their percentiles. */
final class TimeSample {
    private static final int MOST = 1024;

    @GuardedBy("this")
    private final long[] micros = new long[MOST];

    @GuardedBy("this")
    private long count;

    synchronized void add(long duration) {
        micros[(int) (count++ % MOST)] = duration;
    }

    /** Returns the median, the 95th and the 99th percentile in microseconds; nothing if there was no task. */
    synchronized long[] percentiles() {
        int size = (int) Math.min(count, MOST);
        if (size == 0) {
            return new long[0];
        }
        long[] sorted = Arrays.copyOf(micros, size);
        Arrays.sort(sorted);
        return new long[] {at(sorted, 50), at(sorted, 95), at(sorted, 99)};
    }

    private static long at(long[] sorted, int percent) {
        return sorted[sorted.length * percent / 100];
    }
}
