package dev.pando.lab.result;

import java.util.ArrayList;
import java.util.List;

/**
 * Numbers to be drawn.
 *
 * @param across what the labels are
 * @param up what the values are, with their unit
 * @param labels one for each value of a series: names under bars, numbers under lines
 */
public record ChartData(Kind kind, String title, String across, String up, List<String> labels, List<Series> series) {

    /** The form of the drawing. */
    public enum Kind {
        BARS,
        LINES
    }

    /** Values of one colour; {@code NaN} marks a missing value. */
    public record Series(String name, List<Double> values) {
        public Series {
            values = List.copyOf(values);
        }
    }

    public ChartData {
        labels = List.copyOf(labels);
        series = List.copyOf(series);
    }

    public static Builder bars(String title, String across, String up) {
        return new Builder(Kind.BARS, title, across, up);
    }

    public static Builder lines(String title, String across, String up) {
        return new Builder(Kind.LINES, title, across, up);
    }

    /** Collects series. */
    public static final class Builder {
        private final Kind kind;
        private final String title;
        private final String across;
        private final String up;
        private final List<String> labels = new ArrayList<>();
        private final List<Series> series = new ArrayList<>();

        private Builder(Kind kind, String title, String across, String up) {
            this.kind = kind;
            this.title = title;
            this.across = across;
            this.up = up;
        }

        public Builder labels(List<?> all) {
            all.forEach(label -> labels.add(String.valueOf(label)));
            return this;
        }

        public Builder series(String name, List<Double> values) {
            series.add(new Series(name, values));
            return this;
        }

        public ChartData build() {
            return new ChartData(kind, title, across, up, labels, series);
        }
    }
}
