package dev.pando.lab.experiment;

/** CPU-bound work that the compiler can neither precompute nor remove. */
final class SpinWork {
    /** Steps that take about a microsecond here; measured once, on first use. */
    private static final long A_MICROSECOND = calibrate();

    private SpinWork() {}

    /** Returns the steps that take this long on an idle processor. */
    static long steps(long micros) {
        return micros * A_MICROSECOND;
    }

    /** Marsaglia's xorshift: each step depends on the previous step, and the compiler cannot fold several into one. */
    static long run(long seed, long steps) {
        long value = seed == 0 ? 1 : seed;
        for (long i = 0; i < steps; i++) {
            value ^= value << 13;
            value ^= value >>> 7;
            value ^= value << 17;
        }
        return value;
    }

    /** Takes the fastest of several tries, because other programs only slow a try. */
    private static long calibrate() {
        long steps = 2_000_000;
        long best = Long.MAX_VALUE;
        long seed = 1;
        for (int i = 0; i < 12; i++) {
            long start = System.nanoTime();
            seed = run(seed, steps);
            best = Math.min(best, System.nanoTime() - start);
        }
        // Never zero; the use of the seed keeps the compiler from removing the loops.
        return Math.max(1, steps * 1_000 / best) + (seed == 0 ? 1 : 0);
    }
}
