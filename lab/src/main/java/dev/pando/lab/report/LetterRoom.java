package dev.pando.lab.report;

/** How much room words take in a drawing, about: letters of East Asia are nearly twice as wide as Latin ones. */
final class LetterRoom {
    static final double LATIN = 7;
    private static final double WIDE = 12;
    private static final int FIRST_WIDE = 0x1100;

    private LetterRoom() {}

    static double of(String words) {
        return words.codePoints().mapToDouble(LetterRoom::of).sum();
    }

    /** Returns the end of these words, as much of it as has room, marked if the rest is cut off. */
    static String end(String words, double room) {
        if (of(words) <= room) {
            return words;
        }
        int from = words.length();
        double taken = LATIN; // of the mark
        while (from > 0 && taken + of(words.codePointBefore(from)) <= room) {
            taken += of(words.codePointBefore(from));
            from = words.offsetByCodePoints(from, -1);
        }
        return "…" + words.substring(from);
    }

    private static double of(int codePoint) {
        return codePoint < FIRST_WIDE || codePoint == '…' ? LATIN : WIDE;
    }
}
