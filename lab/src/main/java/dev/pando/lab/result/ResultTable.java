package dev.pando.lab.result;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of numbers and words under headings.
 *
 * @param rows each as long as the headings; an {@link MeasuredAmount} is a number, anything else is words
 * @param bar the index of the column that is also drawn as a bar, or {@code -1}
 */
public record ResultTable(String title, List<String> headings, List<List<Object>> rows, int bar) {

    public ResultTable {
        headings = List.copyOf(headings);
        rows = List.copyOf(rows);
        for (List<Object> row : rows) {
            if (row.size() != headings.size()) {
                throw new IllegalArgumentException(
                        title + ": a row of " + row.size() + " under " + headings.size() + " headings");
            }
        }
    }

    public static Builder of(String title, String... headings) {
        return new Builder(title, List.of(headings));
    }

    /** Collects rows. */
    public static final class Builder {
        private final String title;
        private final List<String> headings;
        private final List<List<Object>> rows = new ArrayList<>();
        private int bar = -1;

        private Builder(String title, List<String> headings) {
            this.title = title;
            this.headings = headings;
        }

        public Builder row(Object... cells) {
            rows.add(List.of(cells));
            return this;
        }

        /** Draws this column as a bar as well. */
        public Builder bar(String heading) {
            bar = headings.indexOf(heading);
            return this;
        }

        public ResultTable build() {
            return new ResultTable(title, headings, rows, bar);
        }
    }
}
