package dev.pando.lab.look;

import dev.pando.lab.terminal.TextWidth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A table that fits: where it is too wide, the columns that matter least are left out, and then the first is cut. */
final class TopTable {
    private static final String GAP = "  ";
    private static final int WIDEST = 44;
    private static final int NARROWEST = 8;

    /**
     * One column.
     *
     * @param isNumber whether it is aligned at its right
     * @param rank the larger, the sooner it is left out
     */
    record TopColumn(String heading, boolean isNumber, int rank) {}

    private TopTable() {}

    /** Returns the heading, and then a line for each row. */
    static List<String> lines(List<TopColumn> columns, List<List<String>> rows, int width) {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            int widest = TextWidth.of(columns.get(i).heading());
            for (List<String> row : rows) {
                widest = Math.max(widest, TextWidth.of(row.get(i)));
            }
            widths[i] = Math.min(WIDEST, widest);
        }
        List<Integer> shown = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            shown.add(i);
        }
        while (shown.size() > 2 && total(shown, widths) > width) {
            int least = shown.stream()
                    .max(Comparator.comparingInt(at -> columns.get(at).rank()))
                    .orElseThrow();
            shown.removeIf(at -> at == least);
        }
        int over = Math.max(0, total(shown, widths) - width);
        widths[shown.getFirst()] = Math.max(NARROWEST, widths[shown.getFirst()] - over);

        List<String> lines = new ArrayList<>();
        lines.add(line(columns.stream().map(TopColumn::heading).toList(), columns, shown, widths, width));
        for (List<String> row : rows) {
            lines.add(line(row, columns, shown, widths, width));
        }
        return lines;
    }

    private static int total(List<Integer> shown, int[] widths) {
        int sum = GAP.length() * (shown.size() - 1);
        for (int at : shown) {
            sum += widths[at];
        }
        return sum;
    }

    private static String line(
            List<String> cells, List<TopColumn> columns, List<Integer> shown, int[] widths, int width) {
        StringBuilder line = new StringBuilder();
        for (int at : shown) {
            String cell = TextWidth.cut(cells.get(at), widths[at]);
            line.append(line.isEmpty() ? "" : GAP)
                    .append(TextWidth.padded(cell, widths[at], columns.get(at).isNumber()));
        }
        return TextWidth.cut(line.toString().stripTrailing(), width);
    }
}
