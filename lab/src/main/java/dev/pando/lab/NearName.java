package dev.pando.lab;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Suggests a known name for a mistyped one. */
final class NearName {
    private NearName() {}

    /** Returns the name nearest by edit distance. Empty only if there are no names. */
    static Optional<String> of(String typed, Collection<String> names) {
        return names.stream().min(Comparator.comparingInt(name -> edits(bare(typed), bare(name))));
    }

    /** As {@link #of}, but empty if the nearest name is too far away to have been meant. */
    static Optional<String> near(String typed, Collection<String> names) {
        return of(typed, names).filter(name -> edits(bare(typed), bare(name)) <= Math.max(2, typed.length() / 3));
    }

    /** Ignores case, and takes an underscore for a hyphen. */
    static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String bare(String name) {
        return plain(name).replaceFirst("\\.java$", "").replace("-", "");
    }

    /** Levenshtein's distance, a row at a time. */
    private static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
