package dev.pando.lab.experiment;

import java.util.List;

/** Sums of very different length. */
final class SumWork {
    static final List<Long> LIMITS = List.of(100_000L, 1_000_000L, 10_000_000L, 100_000_000L);
    static final List<Long> VALUES =
            List.of(5_000_050_000L, 500_000_500_000L, 50_000_005_000_000L, 5_000_000_050_000_000L);

    private SumWork() {}

    /** Adds number by number: Gauss's formula would spoil the experiment. */
    static long upTo(long last) {
        long sum = 0;
        for (long n = 1; n <= last; n++) {
            sum += n;
        }
        return sum;
    }

    static String name(long limit) {
        return "1.." + String.format(java.util.Locale.ROOT, "%,d", limit).replace(',', ' ');
    }
}
