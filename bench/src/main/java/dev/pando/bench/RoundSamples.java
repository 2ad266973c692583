package dev.pando.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The measurements of a benchmark: tasks a millisecond and bytes an operation, one of each a round. */
record RoundSamples(List<Double> scores, List<Double> bytes) {

    RoundSamples() {
        this(new ArrayList<>(), new ArrayList<>());
    }

    /** Returns the median of the ratios of each round, because within a round both had about the same machine. */
    static double ratio(List<Double> ours, List<Double> theirs) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < ours.size(); i++) {
            ratios.add(ours.get(i) / theirs.get(i));
        }
        return median(ratios);
    }

    static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(x -> x).sorted().toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1
                ? sorted[middle]
                : Arrays.stream(sorted, middle - 1, middle + 1).average().orElse(0);
    }
}
