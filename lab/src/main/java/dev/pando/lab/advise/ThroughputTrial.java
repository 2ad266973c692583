package dev.pando.lab.advise;

import dev.pando.Fn;
import dev.pando.Pool;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Measures a candidate: a pool maps the sample again and again, as the recommendation would. Makes at least
 * {@code ROUNDS} calls for each worker, so that the ragged end weighs little.
 */
record ThroughputTrial<A extends @Nullable Object, T extends @Nullable Object>(Fn<A, T> fn, List<? extends A> sample) {
    private static final int ROUNDS = 4;

    /** Virtual threads count as so many workers at most, and at least. */
    private static final int WIDEST = 256;

    private static final int NARROWEST = 8;

    /**
     * Returns calls a second.
     *
     * @param guess the expected rate, from which the number of calls follows
     */
    double rate(WorkerCandidate workerCandidate, Duration time, double guess) {
        int width = workerCandidate.workerKind() == WorkerKind.VIRTUAL
                ? widthOfVirtual(time, guess)
                : workerCandidate.workers();
        try (Pool pool = Pool.with(workerCandidate.backend()).named("trial").open()) {
            run(pool, width); // starts the workers
            // A candidate far slower than the guess must not use up the time of all others.
            double seen = 4 * timed(pool, 2 * width);
            return timed(
                    pool, (int) Math.clamp(Math.min(guess, seen) * time.toNanos() / 1e9, (double) ROUNDS * width, 1e7));
        }
    }

    /** As many calls as should take this time, or else calls that also compute would use up the time of all others. */
    private static int widthOfVirtual(Duration time, double guess) {
        return (int) Math.clamp(guess * time.toNanos() / 1e9, NARROWEST, WIDEST);
    }

    private double timed(Pool pool, int calls) {
        long start = System.nanoTime();
        run(pool, calls);
        return calls * 1e9 / (System.nanoTime() - start);
    }

    private void run(Pool pool, int calls) {
        Iterable<A> inputs = () -> IntStream.range(0, calls)
                .<A>mapToObj(i -> sample.get(i % sample.size()))
                .iterator();
        try (Stream<T> results = pool.mapping(fn).unordered().over(inputs)) {
            results.forEach(_ -> {});
        }
    }
}
