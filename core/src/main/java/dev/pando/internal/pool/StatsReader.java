package dev.pando.internal.pool;

import dev.pando.PoolStats;
import java.util.Locale;

/**
 * What there is to see of a pool: each number is read where it is kept, one after the other, while workers go on.
 *
 * @param backend the backend in words
 */
record StatsReader(
        String name,
        String backend,
        PoolLifecycle lifecycle,
        WorkerSeats seats,
        Admission admission,
        PoolCounters counters) {

    PoolStats read() {
        return new PoolStats(
                name,
                backend,
                lifecycle.broken() == null ? lifecycle.state().name().toLowerCase(Locale.ROOT) : "broken",
                seats.count(),
                seats.running(),
                admission.waiting(),
                counters.accepted(),
                counters.succeeded.sum(),
                counters.failed.sum(),
                counters.cancelled.sum(),
                counters.rejected.sum(),
                counters.retried.sum(),
                counters.workersLost.sum());
    }
}
