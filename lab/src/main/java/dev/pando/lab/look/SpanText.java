package dev.pando.lab.look;

import java.util.Locale;

/** Times and sizes of another program, in few letters. */
final class SpanText {
    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private SpanText() {}

    /** Returns a time in the two units that matter. The clock of the system may have been set back: then it is none. */
    static String of(long millis) {
        if (millis < SECOND) {
            return Math.max(0, millis) + " ms";
        }
        if (millis < MINUTE) {
            return String.format(Locale.ROOT, "%.1f s", millis / (double) SECOND);
        }
        if (millis < HOUR) {
            return millis / MINUTE + " min " + millis % MINUTE / SECOND + " s";
        }
        if (millis < DAY) {
            return millis / HOUR + " h " + millis % HOUR / MINUTE + " min";
        }
        return millis / DAY + " d " + millis % DAY / HOUR + " h";
    }

    static String bytes(long bytes) {
        return (bytes >> 20) + " MB";
    }

    /** Returns a number, or a word where it is so large that it means no limit. */
    static String count(long number) {
        return number >= Integer.MAX_VALUE ? "-" : String.valueOf(number);
    }
}
