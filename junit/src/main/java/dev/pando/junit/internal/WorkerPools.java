package dev.pando.junit.internal;

import dev.pando.Pool;
import dev.pando.junit.internal.wire.WorkerSetup;
import dev.pando.junit.internal.worker.UnitTask;
import dev.pando.process.Output;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A pool of workers for each kind, opened for its first unit and closed after its last. Used by the engine's thread
 * alone.
 */
final class WorkerPools implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Map<WorkerSettings, Pool> pools = new HashMap<>();
    private final Map<WorkerSettings, Integer> left = new HashMap<>();

    /** Kinds of workers of which one lives that has not written what it has counted. */
    private final Set<WorkerSettings> counting = new HashSet<>();

    private final WorkerSetup setup;

    /**
     * @param units what kind of worker each unit wants
     * @param setup what each worker is told once
     */
    WorkerPools(List<WorkerSettings> units, WorkerSetup setup) {
        this.setup = setup;
        units.forEach(unit -> left.merge(unit, 1, Integer::sum));
    }

    /**
     * The pool of such workers.
     *
     * @throws IllegalArgumentException a setting is none
     */
    Pool pool(WorkerSettings settings) {
        Pool pool = pools.get(settings);
        if (pool == null || pool.isShutdown()) { // one whose workers could not start has closed itself: once more
            WorkerSetup told = setup; // the lambda must not take this object along
            pool = Pool.with(settings.workers()
                            .spares(spares(settings))
                            .output(Output.to(WorkerPools::print))
                            .initializer(() -> UnitTask.prepare(told)))
                    .named("isolated")
                    .open();
            pools.put(settings, pool);
        }
        return pool;
    }

    /** A unit has ended, and its worker lives or not. */
    void release(WorkerSettings settings, boolean alive) {
        if (alive && settings.reuse()) {
            counting.add(settings);
        } else {
            counting.remove(settings);
        }
        if (left.merge(settings, -1, Integer::sum) <= 0) {
            Pool pool = pools.remove(settings);
            if (pool != null) {
                close(settings, pool);
            }
        }
    }

    @Override
    public void close() {
        pools.forEach(this::close);
        pools.clear();
    }

    private void close(WorkerSettings settings, Pool pool) {
        if (counting.remove(settings)) {
            pool.timeout(PATIENCE).submit(() -> UnitTask.finish()).exception();
        }
        pool.close(PATIENCE);
    }

    /** No spare for a single unit: its JVM would start for nothing, and take the processor from the one that works. */
    private int spares(WorkerSettings settings) {
        int processors = Runtime.getRuntime().availableProcessors();
        int useful = settings.reuse() ? 1 : Math.clamp(processors / 2, 1, 3);
        return Math.min(left.getOrDefault(settings, 1) - 1, useful);
    }

    private static void print(Output.Line line) {
        (line.error() ? System.err : System.out).println(line.text());
    }
}
