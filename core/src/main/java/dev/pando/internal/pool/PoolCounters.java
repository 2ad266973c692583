package dev.pando.internal.pool;

import dev.pando.internal.task.TaskState;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What a pool has done so far: counts that only grow. Any thread counts; a sum is exact while no task begins or ends.
 */
final class PoolCounters {
    /**
     * The number that a task got last, in the middle of an array, far from everything else in memory: submitters write
     * it with every task, and what lies in the same cache line would be fetched anew by the workers each time.
     */
    private final AtomicLongArray ids = new AtomicLongArray(2 * Admission.APART);

    private static final int LAST = Admission.APART;

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
        return ids.incrementAndGet(LAST);
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
