package dev.pando.bench;

import dev.pando.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;

/**
 * Tasks that compute for a millisecond, by a pool of two and by one thread. Beside it the same by two threads that share
 * nothing: more than that no pool can reach on this machine.
 */
final class Compute {
    /** What a millisecond of work consists of is counted on so many. */
    private static final int TRIALS = 9;

    private final JavaPool pools;
    private final Effort effort;
    /** Written by whoever computes, so that nothing is computed in vain. */
    private volatile long kept;

    Compute(JavaPool pools, Effort effort) {
        this.pools = pools;
        this.effort = effort;
    }

    void run() throws Exception {
        int rounds = aMillisecond();
        int count = effort.of("tasks");
        Task<Long> task = () -> spin(rounds);
        List<Callable<Long>> all = Collections.nCopies(count, task);
        ExecutorService pool = pools.open(JavaPool.WORKERS, count);
        List<Double> byPool = new ArrayList<>();
        List<Double> byThreads = new ArrayList<>();
        long warm = System.nanoTime() + effort.of("toil") * 1_000_000L;
        while (System.nanoTime() < warm) pool.invokeAll(all);
        while (byPool.size() < effort.of("repeats")) {
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
        PeerFork.print(Line.COMPUTE.key, Samples.median(byPool));
        if (pools == JavaPool.PANDO) PeerFork.print(Line.COMPUTE_LIMIT.key, Samples.median(byThreads));
        JavaPool.close(pool);
    }

    private void alone(int count, int rounds) {
        for (int i = 0; i < count; i++) kept = spin(rounds);
    }

    private void two(int count, int rounds) throws InterruptedException {
        Thread other = Thread.ofPlatform().start(() -> alone(count / 2, rounds));
        alone(count - count / 2, rounds);
        other.join();
    }

    /** So many rounds take that long, once they are compiled. */
    private int aMillisecond() {
        int rounds = 1000;
        while (median(rounds) < 10e6) rounds *= 2;
        return (int) Math.max(1, rounds * 1e6 / median(rounds));
    }

    private double median(int rounds) {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < TRIALS; i++) {
            long begin = System.nanoTime();
            kept = spin(rounds);
            times.add((double) (System.nanoTime() - begin));
        }
        return Samples.median(times);
    }

    /** Each step needs the one before, and no compiler finds a shorter way to the end, as it does with sums and products. */
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
