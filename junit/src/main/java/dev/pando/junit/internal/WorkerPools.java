package dev.pando.junit.internal;

import dev.pando.Pool;
import dev.pando.junit.internal.worker.UnitTask;
import dev.pando.process.Output;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A pool of workers for each kind, opened for its first unit and closed after its last. Used by the engine's thread
 * alone.
 */
final class WorkerPools implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Map<WorkerSettings, Pool> pools = new HashMap<>();
    private final Map<WorkerSettings, Integer> left = new HashMap<>();

    private final List<String> places;

    /**
     * @param units what kind of worker each unit wants
     * @param places what workers need beside the class path
     */
    WorkerPools(List<WorkerSettings> units, List<String> places) {
        this.places = places;
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
            List<String> launcher = places; // the lambda must not take this object along
            pool = Pool.with(settings.workers()
                            .spares(spares(settings))
                            .output(Output.to(WorkerPools::print))
                            .initializer(() -> UnitTask.prepare(launcher)))
                    .named("isolated")
                    .open();
            pools.put(settings, pool);
        }
        return pool;
    }

    /** A unit has ended. */
    void release(WorkerSettings settings) {
        if (left.merge(settings, -1, Integer::sum) <= 0) {
            Pool pool = pools.remove(settings);
            if (pool != null) {
                pool.close(PATIENCE);
            }
        }
    }

    @Override
    public void close() {
        pools.values().forEach(pool -> pool.close(PATIENCE));
        pools.clear();
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
