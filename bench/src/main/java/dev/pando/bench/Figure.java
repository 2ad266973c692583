package dev.pando.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/** A number of a table: what stands for all rounds, and what the rounds were, sorted. */
record Figure(double headline, List<Double> rounds) {

    static Figure of(Results results, Peer peer, String key) {
        List<Double> rounds = results.sorted(peer, key);
        return new Figure(Samples.median(rounds), rounds);
    }

    /** Of few a round, rare ones count: the 99th percentile of all, and the least and most of all. */
    static Figure percentile99(Results results, Peer peer, String key) {
        return new Figure(results.percentile99(peer, key), results.pooled(peer, key));
    }

    Figure map(DoubleUnaryOperator change) {
        return new Figure(change.applyAsDouble(headline), rounds.stream().map(change::applyAsDouble).sorted().toList());
    }

    boolean exists() {
        return !Double.isNaN(headline);
    }

    String text() {
        if (rounds.size() < 2) return number(headline);
        return number(headline) + " (" + number(rounds.getFirst()) + " – " + number(rounds.getLast()) + ")";
    }

    static String number(double value) {
        if (Double.isNaN(value)) return "–";
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f", value);
    }
}
