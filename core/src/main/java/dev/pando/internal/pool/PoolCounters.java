package dev.pando.internal.pool;

import dev.pando.internal.task.TaskState;

/**
 * What a pool has done so far: counts that only grow. Any thread counts; a sum is exact while no task begins or ends.
 */
final class PoolCounters {
    final EventCount succeeded = new EventCount();
    final EventCount failed = new EventCount();
    final EventCount cancelled = new EventCount();
    final EventCount rejected = new EventCount();
    final EventCount retried = new EventCount();
    final EventCount workersLost = new EventCount();

    void ended(int phase) {
        switch (phase) {
            case TaskState.SUCCEEDED -> succeeded.increment();
            case TaskState.FAILED -> failed.increment();
            default -> cancelled.increment();
        }
    }
}
