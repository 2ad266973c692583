package dev.pando.lab.experiment;

import dev.pando.lab.language.WordedValue;
import dev.pando.lab.result.MeasuredAmount;
import java.util.ArrayList;
import java.util.List;

/** Comparisons of measured numbers in words, so that no sentence can say other than its numbers. */
final class SpeedWords {
    /** Two times within a tenth of each other are called equal: more would be noise. */
    static final double EQUAL = 1.1;

    private SpeedWords() {}

    /** Returns {@code 2.00x as fast}, {@code about as fast} or {@code 2.00x as slow}, in any language. */
    static WordedValue fast(double timesFaster) {
        return messages -> {
            if (!Double.isFinite(timesFaster) || timesFaster <= 0) {
                return messages.text("common.speed.unknown");
            }
            if (timesFaster > EQUAL) {
                return messages.text("common.speed.fast", MeasuredAmount.times(timesFaster));
            }
            return timesFaster >= 1 / EQUAL
                    ? messages.text("common.speed.equal")
                    : messages.text("common.speed.slow", MeasuredAmount.times(1 / timesFaster));
        };
    }

    /** Returns whether the first time is less than the second by more than noise. */
    static boolean faster(double nanos, double otherNanos) {
        return nanos * EQUAL < otherNanos;
    }

    static boolean equal(double nanos, double otherNanos) {
        return !faster(nanos, otherNanos) && !faster(otherNanos, nanos);
    }

    /** Returns the texts of what does not hold: none if all does. */
    static List<String> missing(Object... holdsAndOtherwise) {
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < holdsAndOtherwise.length; i += 2) {
            if (!(boolean) holdsAndOtherwise[i]) {
                missing.add((String) holdsAndOtherwise[i + 1]);
            }
        }
        return missing;
    }
}
