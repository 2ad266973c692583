package dev.pando.lab.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Comparisons of measured numbers in words, so that no sentence can say other than its numbers. */
final class SpeedWords {
    /** Two times within a tenth of each other are called equal: more would be noise. */
    static final double EQUAL = 1.1;

    private SpeedWords() {}

    /** Returns {@code 2.00x as fast}, {@code about as fast} or {@code 2.00x as slow}. */
    static String fast(double timesFaster) {
        if (!Double.isFinite(timesFaster) || timesFaster <= 0) {
            return "not comparable in speed";
        }
        if (timesFaster > EQUAL) {
            return String.format(Locale.ROOT, timesFaster < 100 ? "%.2fx as fast" : "%.0fx as fast", timesFaster);
        }
        return timesFaster >= 1 / EQUAL
                ? "about as fast"
                : String.format(
                        Locale.ROOT, 1 / timesFaster < 100 ? "%.2fx as slow" : "%.0fx as slow", 1 / timesFaster);
    }

    /** Returns whether the first time is less than the second by more than noise. */
    static boolean faster(double nanos, double otherNanos) {
        return nanos * EQUAL < otherNanos;
    }

    static boolean equal(double nanos, double otherNanos) {
        return !faster(nanos, otherNanos) && !faster(otherNanos, nanos);
    }

    /** Returns the texts of what does not hold, joined, or an empty text if all does. */
    static String missing(Object... holdsAndOtherwise) {
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < holdsAndOtherwise.length; i += 2) {
            if (!(boolean) holdsAndOtherwise[i]) {
                missing.add((String) holdsAndOtherwise[i + 1]);
            }
        }
        return String.join(", and ", missing);
    }
}
