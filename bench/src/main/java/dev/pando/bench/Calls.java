package dev.pando.bench;

import dev.pando.Fn;
import dev.pando.Pool;
import dev.pando.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** The cost of a task that does nothing: one at a time, many at once, and as an element of a map. */
final class Calls {
    private static final Task<Integer> NOTHING = () -> 42;
    private static final Fn<Integer, Integer> TINY = x -> x * 31 + 7;

    private final JavaPool pools;
    private final MeasuringEffort measuringEffort;

    Calls(JavaPool pools, MeasuringEffort measuringEffort) {
        this.pools = pools;
        this.measuringEffort = measuringEffort;
    }

    void run() throws Exception {
        ExecutorService pool = pools.open(JavaPool.WORKERS, measuringEffort.of("burst"));
        double[] calls = repeated(measuringEffort, () -> JavaPool.answer(pool, NOTHING));
        PeerFork.print(ResultLine.CALL_P50.key, calls[calls.length / 2] / 1e3);
        PeerFork.print(ResultLine.CALL_P99.key, calls[calls.length * 99 / 100] / 1e3);
        int burst = measuringEffort.of("burst");
        PeerFork.print(ResultLine.BURST.key, perSecond(burst, () -> burst(pool, NOTHING, burst)));
        if (pool instanceof Pool ours) {
            List<Integer> all =
                    IntStream.range(0, measuringEffort.of("elements")).boxed().toList();
            double rate = perSecond(
                    all.size(), () -> ours.map(TINY, all).mapToLong(x -> x).sum());
            PeerFork.print(ResultLine.MAP.key, rate);
            PeerFork.print(ResultLine.MAP_BY_ITSELF.key, rate);
        }
        JavaPool.close(pool);
    }

    /** Submits all tasks, then waits for each. */
    static <T> Object burst(ExecutorService pool, Task<T> task, int count) throws Exception {
        List<Future<T>> futures = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            futures.add(pool.submit((Callable<T>) task));
        }
        for (Future<T> future : futures) {
            future.get();
        }
        return futures;
    }

    private double perSecond(int count, Callable<Object> work) throws Exception {
        double[] times = repeated(measuringEffort, work);
        return count / (times[times.length / 2] / 1e9);
    }

    /** Returns the sorted nanoseconds of each run after warm-up; at least one. */
    static double[] repeated(MeasuringEffort measuringEffort, Callable<Object> work) throws Exception {
        return repeated(measuringEffort.of("warm"), measuringEffort.of("measure"), work);
    }

    /** @param warm milliseconds, as is {@code measure} */
    static double[] repeated(int warm, int measure, Callable<Object> work) throws Exception {
        timed(work, warm);
        double[] times = timed(work, measure);
        Arrays.sort(times);
        return times;
    }

    private static double[] timed(Callable<Object> work, int millis) throws Exception {
        double[] times = new double[1024];
        int count = 0;
        long end = System.nanoTime() + millis * 1_000_000L;
        do {
            long begin = System.nanoTime();
            work.call();
            long now = System.nanoTime();
            if (count == times.length) {
                times = Arrays.copyOf(times, 2 * count);
            }
            times[count++] = now - begin;
        } while (System.nanoTime() < end);
        return Arrays.copyOf(times, count);
    }
}
