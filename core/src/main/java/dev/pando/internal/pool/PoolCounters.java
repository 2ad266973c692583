package dev.pando.internal.pool;

import dev.pando.internal.task.TaskState;
import dev.pando.internal.util.ApartCounts;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a pool has done so far: counts that only grow. Any thread counts; a sum is exact while no task begins or ends.
 */
final class PoolCounters {
    /** The number that a task got last. Apart, or else each submission would slow the workers, which count below. */
    private final ApartCounts ids = new ApartCounts(1);

    private static final int LAST = 0;

    /** Numbers that no task got, because there was no memory to make it. */
    final AtomicLong unmade = new AtomicLong();

    final EventCount succeeded = new EventCount();
    final EventCount failed = new EventCount();
    final EventCount cancelled = new EventCount();
    final EventCount rejected = new EventCount();
    final EventCount retried = new EventCount();
    final EventCount workersLost = new EventCount();

    /** Returns the number of a new task. */
    long nextId() {
        return ids.increment(LAST);
    }

    /** Returns the number that a task got last. */
    long latestId() {
        return ids.get(LAST);
    }

    /** Returns how many tasks were accepted so far. */
    long accepted() {
        return ids.get(LAST) - unmade.get();
    }

    void ended(int phase) {
        switch (phase) {
            case TaskState.SUCCEEDED -> succeeded.increment();
            case TaskState.FAILED -> failed.increment();
            default -> cancelled.increment();
        }
    }
}
