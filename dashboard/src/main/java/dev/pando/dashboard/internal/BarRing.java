package dev.pando.dashboard.internal;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last ended tasks that were recorded, of all pools of a dashboard. The oldest makes room for the newest. */
final class BarRing {
    @GuardedBy("this")
    private final @Nullable TaskBar[] bars;

    /** The number of the bar that comes next; the first is 1. */
    @GuardedBy("this")
    private long next = 1;

    BarRing(int size) {
        bars = new TaskBar[size];
    }

    synchronized void add(int pool, String worker, String name, long task, long start, long end, char outcome) {
        bars[(int) (next % bars.length)] = new TaskBar(next, pool, worker, name, task, start, end, outcome);
        next++;
    }

    /** Returns the oldest bars after this number that are still here, so many at most. */
    synchronized List<TaskBar> after(long number, int most) {
        List<TaskBar> found = new ArrayList<>();
        for (long at = Math.max(number + 1, next - bars.length); at < next && found.size() < most; at++) {
            TaskBar bar = bars[(int) (at % bars.length)];
            if (bar != null && bar.number() == at) {
                found.add(bar);
            }
        }
        return found;
    }

    /** Returns the number before the last so many bars. */
    synchronized long before(int last) {
        return Math.max(0, next - 1 - last);
    }
}
