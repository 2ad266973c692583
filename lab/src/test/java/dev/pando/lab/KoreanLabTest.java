package dev.pando.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.lab.experiment.Experiment;
import dev.pando.lab.experiment.ExperimentCatalog;
import dev.pando.lab.experiment.ExperimentContext;
import dev.pando.lab.experiment.ExperimentProgress;
import dev.pando.lab.experiment.ExperimentSize;
import dev.pando.lab.language.LabLanguage;
import dev.pando.lab.language.MessageBook;
import dev.pando.lab.report.LabReport;
import dev.pando.lab.result.ChartData;
import dev.pando.lab.result.CheckedFact;
import dev.pando.lab.result.ExperimentResult;
import dev.pando.lab.result.MachineInfo;
import dev.pando.lab.result.MeasuredAmount;
import dev.pando.lab.result.ResultTable;
import dev.pando.lab.terminal.ResultText;
import dev.pando.lab.terminal.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every experiment, small and in Korean: no English sentence is left, no particle is open, and every line fits. */
@ExtendWith(NoProcessLeft.class)
class KoreanLabTest {
    private static final MessageBook KOREAN = new MessageBook(LabLanguage.KOREAN);

    /** Three words in a row are a sentence; fewer may be a name, of a method or of a class. */
    private static final Pattern ENGLISH = Pattern.compile("\\b[A-Za-z]?[a-z]+ [a-z]+ [a-z]{2,}\\b");

    private static final Map<String, ExperimentResult> RESULTS = new HashMap<>();

    static List<String> names() {
        return ExperimentCatalog.all().stream().map(Experiment::name).toList();
    }

    static ExperimentResult run(String name) throws Exception {
        ExperimentResult result = RESULTS.get(name);
        if (result == null) {
            Experiment experiment = ExperimentCatalog.all().stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            result = experiment.run(new ExperimentContext(ExperimentSize.SMALL, ExperimentProgress.NONE, KOREAN));
            RESULTS.put(name, result);
        }
        return result;
    }

    private static List<String> sentences(ExperimentResult result) {
        List<String> all = new ArrayList<>(
                List.of(result.question(), result.expected(), result.measured(), result.why(), result.statistics()));
        result.facts().stream().map(CheckedFact::claim).forEach(all::add);
        return all;
    }

    private static List<String> words(ExperimentResult result) {
        List<String> all = new ArrayList<>();
        for (ResultTable table : result.tables()) {
            all.add(table.title());
            all.addAll(table.headings());
            table.rows().forEach(row -> row.forEach(cell -> all.add(cell.toString())));
        }
        for (ChartData chart : result.charts()) {
            all.addAll(List.of(chart.title(), chart.across(), chart.up()));
            all.addAll(chart.labels());
            chart.series().forEach(series -> all.add(series.name()));
        }
        result.timeline().spans().forEach(span -> all.addAll(List.of(span.group(), span.task())));
        return all;
    }

    @ParameterizedTest
    @MethodSource("names")
    void noEnglishSentenceIsLeft(String name) throws Exception {
        ExperimentResult result = run(name);
        assertThat(result.isRight()).isTrue();
        assertThat(sentences(result))
                .allSatisfy(sentence -> assertThat(sentence)
                        .containsPattern("[가-힣]")
                        .doesNotContainPattern(ENGLISH)
                        .doesNotContain("{", "%s", "null", "NaN"));
        assertThat(words(result))
                .allSatisfy(word -> assertThat(word)
                        .doesNotContainPattern(ENGLISH)
                        .doesNotContainPattern("[a-z]{3,} [a-z]{3,}")
                        .doesNotContain("{", "%s"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyLineFitsTheTerminal(String name) throws Exception {
        for (int width : new int[] {60, 100, 160}) {
            List<String> lines = new ResultText(new Terminal(false, false, false, width), KOREAN).lines(run(name));
            assertThat(lines).allSatisfy(line -> assertThat(columns(line)).isLessThanOrEqualTo(width));
            assertThat(lines.stream().filter(line -> line.startsWith("기대  ") || line.startsWith("측정  ")))
                    .hasSize(2);
        }
    }

    /** Where the last column has numbers, which stand at the right, every row of a table ends at the same column. */
    @ParameterizedTest
    @MethodSource("names")
    void columnsOfTablesAreAligned(String name) throws Exception {
        List<String> lines = new ResultText(new Terminal(false, false, false, 160), KOREAN).lines(run(name));
        for (ResultTable table : run(name).tables()) {
            boolean numbers = table.rows().stream().allMatch(row -> row.getLast() instanceof MeasuredAmount);
            if (!numbers || table.bar() >= 0) {
                continue;
            }
            int from = lines.indexOf(table.title()) + 1;
            assertThat(from).as(table.title()).isPositive();
            int width = columns(lines.get(from));
            assertThat(lines.subList(from + 1, from + 1 + table.rows().size()))
                    .as(table.title())
                    .allSatisfy(line -> assertThat(columns(line)).isEqualTo(width));
        }
    }

    /** In a drawing, the names of bars have 180 points, in letters of 7 or, in Hangul, of 12. */
    @ParameterizedTest
    @MethodSource("names")
    void namesOfBarsFitBesideThem(String name) throws Exception {
        for (ChartData chart : run(name).charts()) {
            assertThat(chart.labels())
                    .allSatisfy(label -> assertThat(label.codePoints()
                                    .map(c -> c >= 0xAC00 && c <= 0xD7A3 ? 12 : 7)
                                    .sum())
                            .as(label)
                            .isLessThanOrEqualTo(180));
        }
    }

    /** Hangul takes two columns. */
    private static int columns(String line) {
        return line.codePoints().map(c -> c >= 0xAC00 && c <= 0xD7A3 ? 2 : 1).sum();
    }

    @Test
    void thePageIsKorean(@TempDir Path folder) throws Exception {
        Path page = folder.resolve("page.html");
        MachineInfo machine = new MachineInfo(2, 1 << 30, "25", "Vendor", "Linux", List.of(), 0.1);
        new LabReport(machine, List.of(run("sum"), run("crash"), run("blocking")), KOREAN).writePage(page);
        String html = Files.readString(page);
        assertThat(html)
                .contains("<html lang=\"ko\">", "Noto Sans KR", "Malgun Gothic", "word-break: keep-all", "CPU 2개")
                .containsPattern("실험 3개, 20\\d\\d년 \\d+월 \\d+일");
        String seen = html.replaceAll("(?s)<(script|style)\\b.*?</\\1>", " ")
                .replaceAll("(aria-label|data-heading)=\"([^\"]*)\"", "> $2 <")
                .replaceAll("<[^>]*>", "\n");
        assertThat(seen.lines()).allSatisfy(line -> assertThat(line).doesNotContainPattern(ENGLISH));
    }

    @Test
    void theLanguageIsThatOfTheEnvironmentThenThatOfTheLocale() {
        assertThat(LabLanguage.of(Map.of("LANG", "ko_KR.UTF-8"), Locale.ROOT)).isEqualTo(LabLanguage.KOREAN);
        assertThat(LabLanguage.of(Map.of("LANG", "ko_KR.UTF-8", "LC_ALL", "en_US.UTF-8"), Locale.ROOT))
                .isEqualTo(LabLanguage.ENGLISH);
        assertThat(LabLanguage.of(Map.of("LC_MESSAGES", "ko", "LANG", "de_DE"), Locale.ROOT))
                .isEqualTo(LabLanguage.KOREAN);
        assertThat(LabLanguage.of(Map.of("LC_ALL", "C", "LANG", "ko_KR"), Locale.ROOT))
                .isEqualTo(LabLanguage.ENGLISH);
        assertThat(LabLanguage.of(Map.of(), Locale.KOREA)).isEqualTo(LabLanguage.KOREAN);
    }

    @Test
    void theLanguageIsThatOfTheLocaleOrEnglish() {
        assertThat(LabLanguage.of(Locale.KOREA)).isEqualTo(LabLanguage.KOREAN);
        assertThat(LabLanguage.of(Locale.GERMANY)).isEqualTo(LabLanguage.ENGLISH);
        assertThat(LabLanguage.of(Locale.ROOT)).isEqualTo(LabLanguage.ENGLISH);
    }
}
