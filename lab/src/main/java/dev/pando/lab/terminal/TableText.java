package dev.pando.lab.terminal;

import dev.pando.lab.result.MeasuredAmount;
import dev.pando.lab.result.ResultTable;
import java.util.ArrayList;
import java.util.List;

/** A table as lines: numbers to the right, words to the left, one column also as bars. */
public record TableText(TextStyle textStyle, int width) {
    private static final int LONGEST_BAR = 30;
    private static final int NARROWEST = 8;
    private static final String GAP = "  ";
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

    public List<String> lines(ResultTable resultTable) {
        int columns = resultTable.headings().size();
        int[] widths = new int[columns];
        int[] least = new int[columns];
        boolean[] numbers = new boolean[columns];
        for (int column = 0; column < columns; column++) {
            String heading = resultTable.headings().get(column);
            widths[column] = TextWidth.of(heading);
            least[column] = longestWord(heading);
            for (List<Object> row : resultTable.rows()) {
                String cell = row.get(column).toString();
                boolean number = row.get(column) instanceof MeasuredAmount;
                numbers[column] |= number;
                widths[column] = Math.max(widths[column], TextWidth.of(cell));
                least[column] = Math.max(least[column], number ? TextWidth.of(cell) : longestWord(cell));
            }
        }
        fit(widths, least);

        List<String> lines = new ArrayList<>();
        TextWidth.wrapped(resultTable.title(), width).forEach(line -> lines.add(textStyle.bold(line)));
        row(resultTable.headings(), widths, numbers).forEach(line -> lines.add(textStyle.faint(line.stripTrailing())));
        double largest = resultTable.bar() < 0
                ? 0
                : resultTable.rows().stream()
                        .mapToDouble(row -> value(row, resultTable.bar()))
                        .max()
                        .orElse(0);
        int room = Math.min(LONGEST_BAR, width - sum(widths) - GAP.length() * (columns + 1));
        for (List<Object> row : resultTable.rows()) {
            List<String> text = row(row, widths, numbers);
            boolean drawn = resultTable.bar() >= 0 && room >= 8 && largest > 0;
            lines.add(
                    drawn
                            ? text.getFirst() + GAP + textStyle.bar(bar(value(row, resultTable.bar()) / largest * room))
                            : text.getFirst().stripTrailing());
            text.stream().skip(1).forEach(line -> lines.add(line.stripTrailing()));
        }
        return lines;
    }

    /** Makes the widest columns narrower, whose cells then take several lines: nothing is cut. */
    private void fit(int[] widths, int[] least) {
        int over = sum(widths) + GAP.length() * (widths.length + 1) - width;
        for (int limit : new int[] {0, NARROWEST}) { // first without breaking a word
            while (over > 0) {
                int widest = -1;
                for (int column = 0; column < widths.length; column++) {
                    int floor = limit == 0 ? least[column] : limit;
                    if (widths[column] > floor && (widest < 0 || widths[column] > widths[widest])) {
                        widest = column;
                    }
                }
                if (widest < 0) {
                    break;
                }
                widths[widest]--;
                over--;
            }
        }
    }

    private static int longestWord(String text) {
        int longest = 0;
        for (String word : text.split(" ", -1)) {
            longest = Math.max(longest, TextWidth.of(word));
        }
        return longest;
    }

    /** Returns a line, and more where a cell is wider than its column. */
    private static List<String> row(List<?> cells, int[] widths, boolean[] numbers) {
        List<List<String>> wrapped = new ArrayList<>();
        int height = 1;
        for (int column = 0; column < cells.size(); column++) {
            wrapped.add(TextWidth.wrapped(cells.get(column).toString(), widths[column]));
            height = Math.max(height, wrapped.getLast().size());
        }
        List<String> lines = new ArrayList<>();
        for (int at = 0; at < height; at++) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < cells.size(); column++) {
                List<String> cell = wrapped.get(column);
                line.append(GAP)
                        .append(TextWidth.padded(
                                at < cell.size() ? cell.get(at) : "", widths[column], numbers[column]));
            }
            lines.add(line.toString());
        }
        return lines;
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
