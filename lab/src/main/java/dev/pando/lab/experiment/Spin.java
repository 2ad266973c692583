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

    /** A linear congruential generator: each step needs the one before. */
    static long run(long seed, long steps) {
        long value = seed;
        for (long i = 0; i < steps; i++) {
            value = value * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
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
        // The generator never comes to rest at zero twice; asking keeps the compiler from dropping the loops.
        return Math.max(1, steps * 1_000 / best) + (seed == 0 ? 1 : 0);
    }
}
