package dev.pando.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/** A number of a table: the headline for all rounds, and the rounds, sorted. */
record Figure(double headline, List<Double> rounds) {

    static Figure of(Results results, Peer peer, String key) {
        List<Double> rounds = results.sorted(peer, key);
        return new Figure(Samples.median(rounds), rounds);
    }

    /** Returns the 99th percentile over all rounds together, because each round has few values and rare ones count. */
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
