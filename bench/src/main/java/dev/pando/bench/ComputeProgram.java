package dev.pando.bench;

import dev.pando.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;

/**
 * Tasks that compute for a millisecond, on a pool of two and on one thread. Also on two threads that share nothing,
 * which is the most that a pool can reach on this machine.
 */
final class ComputeProgram {
    /** Calibration takes the median of this many trials. */
    private static final int TRIALS = 9;

    private final JavaPool pools;
    private final MeasuringEffort measuringEffort;
    /** Written by each computing thread, so that the compiler keeps the computation. */
    private volatile long kept;

    ComputeProgram(JavaPool pools, MeasuringEffort measuringEffort) {
        this.pools = pools;
        this.measuringEffort = measuringEffort;
    }

    void run() throws Exception {
        int rounds = aMillisecond();
        int count = measuringEffort.of("tasks");
        Task<Long> task = () -> spin(rounds);
        List<Callable<Long>> all = Collections.nCopies(count, task);
        ExecutorService pool = pools.open(JavaPool.WORKERS, count);
        List<Double> byPool = new ArrayList<>();
        List<Double> byThreads = new ArrayList<>();
        long warm = System.nanoTime() + measuringEffort.of("toil") * 1_000_000L;
        while (System.nanoTime() < warm) {
            pool.invokeAll(all);
        }
        while (byPool.size() < measuringEffort.of("repeats")) {
            long begin = System.nanoTime();
            alone(count, rounds);
            long alone = System.nanoTime();
            pool.invokeAll(all);
            long pooled = System.nanoTime();
            two(count, rounds);
            long end = System.nanoTime();
            byPool.add((double) (alone - begin) / (pooled - alone));
            byThreads.add((double) (alone - begin) / (end - pooled));
        }
        PeerFork.print(ResultLine.COMPUTE.key, RoundSamples.median(byPool));
        if (pools == JavaPool.PANDO) {
            PeerFork.print(ResultLine.COMPUTE_LIMIT.key, RoundSamples.median(byThreads));
        }
        JavaPool.close(pool);
    }

    private void alone(int count, int rounds) {
        for (int i = 0; i < count; i++) {
            kept = spin(rounds);
        }
    }

    private void two(int count, int rounds) throws InterruptedException {
        Thread other = Thread.ofPlatform().start(() -> alone(count / 2, rounds));
        alone(count - count / 2, rounds);
        other.join();
    }

    /** Returns the rounds that take a millisecond once compiled. */
    private int aMillisecond() {
        int rounds = 1000;
        while (median(rounds) < 10e6) {
            rounds *= 2;
        }
        return (int) Math.max(1, rounds * 1e6 / median(rounds));
    }

    private double median(int rounds) {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < TRIALS; i++) {
            long begin = System.nanoTime();
            kept = spin(rounds);
            times.add((double) (System.nanoTime() - begin));
        }
        return RoundSamples.median(times);
    }

    /**
     * Each step depends on the previous step, so that no compiler finds a shortcut, as it does for sums and products.
     */
    private static long spin(int rounds) {
        long x = rounds;
        for (int i = 0; i < rounds; i++) {
            x ^= x << 13;
            x ^= x >>> 7;
            x ^= x << 17;
        }
        return x;
    }
}
