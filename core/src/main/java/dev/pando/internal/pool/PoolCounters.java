package dev.pando.internal.pool;

import dev.pando.internal.task.TaskState;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a pool has done so far: counts that only grow. Any thread counts; a sum is exact while no task begins or ends.
 */
final class PoolCounters {
    final LongAdder succeeded = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder cancelled = new LongAdder();
    final LongAdder rejected = new LongAdder();
    final LongAdder retried = new LongAdder();
    final LongAdder workersLost = new LongAdder();

    void ended(int phase) {
        switch (phase) {
            case TaskState.SUCCEEDED -> succeeded.increment();
            case TaskState.FAILED -> failed.increment();
            default -> cancelled.increment();
        }
    }
}
