package dev.pando.lab.terminal;

import dev.pando.lab.result.MeasuredAmount;
import dev.pando.lab.result.ResultTable;
import java.util.ArrayList;
import java.util.List;

/** A table as lines: numbers to the right, words to the left, one column also as bars. */
public record TableText(TextStyle textStyle, int width) {
    private static final int LONGEST_BAR = 30;
    private static final String GAP = "  ";
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

    public List<String> lines(ResultTable resultTable) {
        int columns = resultTable.headings().size();
        int[] widths = new int[columns];
        boolean[] numbers = new boolean[columns];
        for (int column = 0; column < columns; column++) {
            int widest = resultTable.headings().get(column).length();
            for (List<Object> row : resultTable.rows()) {
                widest = Math.max(widest, row.get(column).toString().length());
                numbers[column] |= row.get(column) instanceof MeasuredAmount;
            }
            widths[column] = widest;
        }
        shrinkLast(widths, numbers);

        List<String> lines = new ArrayList<>();
        lines.add(textStyle.bold(resultTable.title()));
        lines.add(textStyle.faint(row(resultTable.headings(), widths, numbers).stripTrailing()));
        double largest = resultTable.bar() < 0
                ? 0
                : resultTable.rows().stream()
                        .mapToDouble(row -> value(row, resultTable.bar()))
                        .max()
                        .orElse(0);
        int room = Math.min(LONGEST_BAR, width - sum(widths) - GAP.length() * (columns + 1));
        for (List<Object> row : resultTable.rows()) {
            String line = row(row, widths, numbers);
            boolean drawn = resultTable.bar() >= 0 && room >= 8 && largest > 0;
            lines.add(
                    drawn
                            ? line + GAP + textStyle.bar(bar(value(row, resultTable.bar()) / largest * room))
                            : line.stripTrailing());
        }
        return lines;
    }

    /** Cuts long texts in the last column, so that no row wraps. */
    private void shrinkLast(int[] widths, boolean[] numbers) {
        int last = widths.length - 1;
        int over = sum(widths) + GAP.length() * (widths.length + 1) - width;
        if (over > 0 && !numbers[last]) {
            widths[last] = Math.max(20, widths[last] - over);
        }
    }

    private static String row(List<?> cells, int[] widths, boolean[] numbers) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String text = cut(cells.get(column).toString(), widths[column]);
            String space = " ".repeat(widths[column] - text.length());
            line.append(GAP).append(numbers[column] ? space + text : text + space);
        }
        return line.toString();
    }

    private static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 1) + "…";
    }

    private static double value(List<Object> row, int column) {
        return row.get(column) instanceof MeasuredAmount measuredAmount ? measuredAmount.value() : 0;
    }

    /** Returns a bar in eighths of a letter. A value above 0 gets at least an eighth. */
    static String bar(double letters) {
        int eighths = letters <= 0 ? 0 : Math.max(1, (int) Math.round(letters * 8));
        String whole = "█".repeat(eighths / 8);
        return eighths % 8 == 0 ? whole : whole + EIGHTHS.charAt(eighths % 8);
    }

    private static int sum(int[] all) {
        int sum = 0;
        for (int one : all) {
            sum += one;
        }
        return sum;
    }
}
