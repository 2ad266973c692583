package dev.pando.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.lab.result.ExperimentResult;
import dev.pando.lab.result.MeasuredAmount;
import dev.pando.lab.result.ResultTable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the sentences of a result beside its numbers, as a doubtful reader does, and fails where they disagree. */
final class SentenceReader {
    private static final String AMOUNT = "([0-9][0-9.]*) (ns|µs|ms|s|B|KB|MB|GB)\\b";
    private static final Map<String, Double> UNITS = Map.of(
            "ns", 1.0, "µs", 1e3, "ms", 1e6, "s", 1e9, "B", 1.0, "KB", 1024.0, "MB", 1048576.0, "GB", 1073741824.0);

    /** What the experiment itself chose, and did not measure. */
    private static final Set<String> CHOSEN = Set.of("wait", "crash");

    private static final String SHOWN = "This is what was expected.";
    private static final String NOT_SHOWN = "This run does not show it";

    private final ExperimentResult result;
    private final String all;

    SentenceReader(ExperimentResult result) {
        this.result = result;
        this.all = String.join(" ", result.expected(), result.measured(), result.why());
    }

    /** Checks what can be checked of any result, even one of made-up numbers without all tables. */
    void read() {
        assertThat(all)
                .as(result.name())
                .doesNotContain("NaN", "Infinity", "%s", "null")
                .doesNotContainPattern(" -[0-9.]+ ?(ns|µs|ms|s|KB|MB|x)\\b");
        assertThat(isShown())
                .as("says whether it is shown, and says it once: " + result.measured())
                .isNotEqualTo(result.measured().contains(NOT_SHOWN))
                .isEqualTo(result.isShown());
        partsAreNotMoreThanTheWhole();
        comparisonsPointTheirWay();
    }

    boolean isShown() {
        return result.measured().endsWith(SHOWN);
    }

    /** Checks also that each amount in the sentence is one of the tables above it. */
    void readWhole() {
        read();
        if (CHOSEN.contains(result.name())) {
            return;
        }
        Set<String> cells = result.tables().stream()
                .flatMap(table -> table.rows().stream())
                .flatMap(List::stream)
                .map(Object::toString)
                .collect(Collectors.toSet());
        Matcher amounts = Pattern.compile(AMOUNT).matcher(result.measured());
        while (amounts.find()) {
            String amount = amounts.group();
            assertThat(cells.contains(amount) || result.expected().contains(amount))
                    .as("%s says %s, which no table has: %s", result.name(), amount, result.measured())
                    .isTrue();
        }
    }

    private void partsAreNotMoreThanTheWhole() {
        Matcher parts = Pattern.compile(AMOUNT + " of the " + AMOUNT).matcher(all);
        while (parts.find()) {
            assertThat(amount(parts.group(1), parts.group(2)))
                    .as(parts.group())
                    .isLessThanOrEqualTo(amount(parts.group(3), parts.group(4)) * 1.01);
        }
    }

    /** "0.50x as fast" would be slow in the words of a fast one. */
    private void comparisonsPointTheirWay() {
        Matcher said = Pattern.compile("([0-9.]+)x as (fast|slow)").matcher(all);
        while (said.find()) {
            assertThat(Double.parseDouble(said.group(1))).as(said.group()).isGreaterThan(1);
        }
    }

    static double amount(String number, String unit) {
        return Double.parseDouble(number) * UNITS.getOrDefault(unit, Double.NaN);
    }

    /** Returns the number in a row, found by what its first cell begins with. */
    double cell(String row, String heading) {
        for (ResultTable table : result.tables()) {
            int column = table.headings().indexOf(heading);
            for (List<Object> cells : table.rows()) {
                if (column >= 0
                        && cells.getFirst().toString().startsWith(row)
                        && cells.get(column) instanceof MeasuredAmount amount) {
                    return amount.value();
                }
            }
        }
        throw new AssertionError(result.name() + " has no number in the row " + row + " under " + heading);
    }

    /** Returns the number before these words. */
    static double before(String text, String words) {
        Matcher found =
                Pattern.compile("([0-9]+(\\.[0-9]+)?)" + Pattern.quote(words)).matcher(text);
        if (!found.find()) {
            throw new AssertionError("no number before '" + words + "' in: " + text);
        }
        return Double.parseDouble(found.group(1));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s: %s", result.name(), result.measured());
    }
}
