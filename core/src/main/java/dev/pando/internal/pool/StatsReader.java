package dev.pando.internal.pool;

import dev.pando.PoolStats;
import dev.pando.PoolView;
import dev.pando.spi.Engine;
import dev.pando.spi.PrefetchingEngine;
import java.util.Locale;

/**
 * What there is to see of a pool: each number is read where it is kept, one after the other, while workers go on.
 *
 * @param backend the backend in words
 */
public record StatsReader(
        String name,
        String backend,
        Engine engine,
        PoolLifecycle lifecycle,
        WorkerSeats seats,
        Admission admission,
        PoolCounters counters,
        TaskQueue queue,
        EventPublisher events) {

    public PoolStats read() {
        if (engine instanceof PrefetchingEngine prefetching) {
            prefetching.catchUp();
        }
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

    /** Returns a new view each time, so that nothing of it is loaded before a tool asks. */
    public PoolView view() {
        return PoolInspector.of(this);
    }
}
