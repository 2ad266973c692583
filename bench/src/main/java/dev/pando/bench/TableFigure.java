package dev.pando.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/** A number of a table: the headline for all rounds, and the rounds, sorted. */
record TableFigure(double headline, List<Double> rounds) {

    static TableFigure of(PeerResults peerResults, PeerKind peerKind, String key) {
        List<Double> rounds = peerResults.sorted(peerKind, key);
        return new TableFigure(RoundSamples.median(rounds), rounds);
    }

    /** Returns the 99th percentile over all rounds together, because each round has few values and rare ones count. */
    static TableFigure percentile99(PeerResults peerResults, PeerKind peerKind, String key) {
        return new TableFigure(peerResults.percentile99(peerKind, key), peerResults.pooled(peerKind, key));
    }

    TableFigure map(DoubleUnaryOperator change) {
        return new TableFigure(
                change.applyAsDouble(headline),
                rounds.stream().map(change::applyAsDouble).sorted().toList());
    }

    boolean exists() {
        return !Double.isNaN(headline);
    }

    String text() {
        if (rounds.size() < 2) {
            return number(headline);
        }
        return number(headline) + " (" + number(rounds.getFirst()) + " – " + number(rounds.getLast()) + ")";
    }

    static String number(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f", value);
    }
}
