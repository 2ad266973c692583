package dev.pando.lab.result;

import java.util.Locale;

/** A number and its unit. Prints with about three digits, because more would claim a false precision. */
public record MeasuredAmount(double value, Unit unit) {

    /** The unit. Its name goes into the JSON that the lab writes. */
    public enum Unit {
        NANOSECONDS,
        BYTES,
        COUNT,
        PER_SECOND,
        TIMES,
        PERCENT
    }

    public static MeasuredAmount nanos(long nanos) {
        return new MeasuredAmount((double) nanos, Unit.NANOSECONDS);
    }

    public static MeasuredAmount nanos(double nanos) {
        return new MeasuredAmount(nanos, Unit.NANOSECONDS);
    }

    public static MeasuredAmount bytes(long bytes) {
        return new MeasuredAmount((double) bytes, Unit.BYTES);
    }

    public static MeasuredAmount bytes(double bytes) {
        return new MeasuredAmount(bytes, Unit.BYTES);
    }

    public static MeasuredAmount count(long count) {
        return new MeasuredAmount((double) count, Unit.COUNT);
    }

    public static MeasuredAmount count(double count) {
        return new MeasuredAmount(count, Unit.COUNT);
    }

    public static MeasuredAmount perSecond(double rate) {
        return new MeasuredAmount(rate, Unit.PER_SECOND);
    }

    /** A ratio: {@code 1.86x}. */
    public static MeasuredAmount times(double ratio) {
        return new MeasuredAmount(ratio, Unit.TIMES);
    }

    public static MeasuredAmount percent(double percent) {
        return new MeasuredAmount(percent, Unit.PERCENT);
    }

    @Override
    public String toString() {
        return switch (unit) {
            case NANOSECONDS -> time(value);
            case BYTES -> size(value);
            case COUNT -> whole(value);
            case PER_SECOND -> whole(value) + "/s";
            case TIMES -> String.format(Locale.ROOT, value < 100 ? "%.2fx" : "%.0fx", value);
            case PERCENT -> String.format(Locale.ROOT, "%.0f %%", value);
        };
    }

    private static String time(double nanos) {
        if (nanos < 1e3) {
            return digits(nanos) + " ns";
        }
        if (nanos < 1e6) {
            return digits(nanos / 1e3) + " µs";
        }
        return nanos < 1e9 ? digits(nanos / 1e6) + " ms" : digits(nanos / 1e9) + " s";
    }

    private static String size(double bytes) {
        double size = Math.abs(bytes);
        if (size < 1024) {
            return digits(bytes) + " B";
        }
        if (size < 1 << 20) {
            return digits(bytes / 1024) + " KB";
        }
        return size < 1 << 30 ? digits(bytes / (1 << 20)) + " MB" : digits(bytes / (1 << 30)) + " GB";
    }

    /** Counts are exact, so they are written in full, in groups of three: {@code 5 000 050 000}. */
    private static String whole(double count) {
        if (count != Math.rint(count) && Math.abs(count) < 100) {
            return digits(count);
        }
        return String.format(Locale.ROOT, "%,.0f", count).replace(',', ' ');
    }

    private static String digits(double number) {
        double size = Math.abs(number);
        // Decided after rounding: 99.96 prints as 100 and not as 100.0.
        String form = size >= 99.95 || number == Math.rint(number) ? "%.0f" : size >= 9.995 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, form, number);
    }
}
