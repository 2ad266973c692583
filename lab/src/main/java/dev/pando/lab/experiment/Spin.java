package dev.pando.lab.experiment;

/** Work for a processor that the compiler can neither guess nor leave out, by the piece. */
final class Spin {
    /** Steps that take about a microsecond here, found once, when first needed. */
    private static final long A_MICROSECOND = calibrate();

    private Spin() {}

    /** Steps that take about so long on an idle processor. */
    static long steps(long micros) {
        return micros * A_MICROSECOND;
    }

    /** Marsaglia's xorshift: each step needs the one before, and several cannot be folded into one as multiplications can. */
    static long run(long seed, long steps) {
        long value = seed == 0 ? 1 : seed;
        for (long i = 0; i < steps; i++) {
            value ^= value << 13;
            value ^= value >>> 7;
            value ^= value << 17;
        }
        return value;
    }

    /** The fastest of several tries: whatever else the machine does only makes it slower. */
    private static long calibrate() {
        long steps = 2_000_000;
        long best = Long.MAX_VALUE;
        long seed = 1;
        for (int i = 0; i < 12; i++) {
            long start = System.nanoTime();
            seed = run(seed, steps);
            best = Math.min(best, System.nanoTime() - start);
        }
        // Never zero; asking keeps the compiler from leaving out the loops.
        return Math.max(1, steps * 1_000 / best) + (seed == 0 ? 1 : 0);
    }
}
