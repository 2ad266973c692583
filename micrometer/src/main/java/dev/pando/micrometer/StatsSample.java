package dev.pando.micrometer;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.PoolStats;
import dev.pando.PoolView;
import dev.pando.WorkerInfo;
import java.util.List;

/**
 * The numbers of a pool as one scrape sees them: a registry asks for a dozen of them one after the other, and each look
 * goes over all workers. A sample is used for a tenth of a second. Any thread asks.
 */
final class StatsSample {
    private static final long FRESH_NANOS = 100_000_000L;

    /** More worker processes than a machine runs. */
    private static final int MOST_WORKERS = 10_000;

    private final PoolView view;

    @GuardedBy("this")
    private PoolStats stats;

    @GuardedBy("this")
    private long takenAt;

    StatsSample(PoolView view) {
        this.view = view;
        this.stats = view.stats();
        this.takenAt = System.nanoTime();
    }

    synchronized PoolStats stats() {
        long now = System.nanoTime();
        if (now - takenAt > FRESH_NANOS) {
            stats = view.stats();
            takenAt = now;
        }
        return stats;
    }

    int width() {
        return view.width();
    }

    /** Returns how many more tasks may wait: none where tasks of the pool itself came in beyond the bound. */
    int remaining() {
        return Math.max(0, view.queueBound() - stats().queued());
    }

    /** Returns the memory of all worker processes, NaN where no worker has a process of its own. */
    double workerMemory() {
        List<WorkerInfo> workers = view.workers(MOST_WORKERS);
        long sum = 0;
        boolean any = false;
        for (WorkerInfo worker : workers) {
            if (worker.memory().isPresent()) {
                any = true;
                sum += worker.memory().getAsLong();
            }
        }
        return any ? sum : Double.NaN;
    }
}
