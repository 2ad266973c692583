package dev.pando.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.lab.language.MessageBook;
import dev.pando.lab.result.ChartData;
import dev.pando.lab.result.CheckedFact;
import dev.pando.lab.result.ExperimentResult;
import dev.pando.lab.result.MachineInfo;
import dev.pando.lab.result.MeasuredAmount;
import dev.pando.lab.result.ResultTable;
import dev.pando.lab.result.TimeSpan;
import dev.pando.lab.result.Timeline;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class ReportTest {
    @TempDir
    Path folder;

    /** A report with every kind of content, and with words that must be escaped everywhere. */
    static LabReport labReport() {
        List<TimeSpan> spans = IntStream.range(0, 40)
                .mapToObj(i -> new TimeSpan(
                        "way",
                        "way-" + i,
                        "task <" + i % 3 + ">",
                        TimeSpan.Kind.values()[i % 3],
                        i * 1_000_000L,
                        i * 1_000_000L + 5_000_000))
                .toList();
        return new LabReport(
                new MachineInfo(2, 1 << 30, "25", "Somebody", "Linux", List.of("-Xmx1g"), 0.1),
                List.of(new ExperimentResult(
                        "first",
                        "Is 1 < 2 & \"so\"?",
                        "Yes.",
                        "It is </script><b>bold</b>.",
                        true,
                        "Because.",
                        List.of(new CheckedFact("1 < 2", true)),
                        List.of(ResultTable.of("Numbers", "name", "value")
                                .row("a<b", MeasuredAmount.nanos(1_500_000))
                                .bar("value")
                                .build()),
                        List.of(
                                ChartData.bars("Bars", "name", "ms")
                                        .labels(List.of("a<b", "b"))
                                        .series("s", List.of(1.5, 2.0))
                                        .build(),
                                ChartData.lines("Lines", "threads", "rate")
                                        .labels(List.of(1, 2, 4))
                                        .series("x", List.of(1.0, Double.NaN, 4.0))
                                        .series("y", List.of(2.0, 1.0, 0.5))
                                        .build()),
                        new Timeline(spans, 7),
                        "one run",
                        MeasuredAmount.nanos(5_000_000L))));
    }

    @Test
    void thePageNeedsNothingElse() throws Exception {
        Path page = folder.resolve("deep/page.html");
        labReport().writePage(page);
        assertThat(Files.readString(page))
                .contains("Chart", "a&lt;b", "1.50 ms", "7 further bars are left out")
                .doesNotContain(
                        "sourceMappingURL",
                        "<b>bold</b>",
                        "@style@",
                        "@script@",
                        "src=\"http",
                        "href=\"http",
                        "url(http",
                        "import(");
    }

    @Test
    void thePageOpensWithALineForEachExperiment() throws Exception {
        Path page = folder.resolve("page.html");
        labReport().writePage(page);
        assertThat(Files.readString(page))
                .contains("1 experiments", "shows what was expected", "1 of 1", "href=\"#first\"")
                .containsPattern("[0-9]+ [A-Z][a-z]+ 20[0-9]{2}, [0-9]{2}:[0-9]{2}, Pando ");
    }

    /** By the formula of WCAG, for marks: 3:1 to both pages and to the cards on them. */
    @Test
    void colourOfMarksIsFarEnoughFromThePages() throws Exception {
        for (String mark : ColourTable.all()) {
            for (String back : List.of("#ffffff", "#f6f8fa", "#12171d", "#1a2129")) {
                double light = Math.max(luminance(mark), luminance(back)) + 0.05;
                double dark = Math.min(luminance(mark), luminance(back)) + 0.05;
                assertThat(light / dark).as(mark + " on " + back).isGreaterThanOrEqualTo(3);
            }
        }
        Path page = folder.resolve("page.html");
        labReport().writePage(page);
        assertThat(Files.readString(page))
                .contains("--back: #ffffff", "--card: #f6f8fa", "--back: #12171d", "--card: #1a2129");
    }

    private static double luminance(String colour) {
        double[] parts = new double[3];
        for (int i = 0; i < 3; i++) {
            double part = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
            parts[i] = part <= 0.03928 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
    }

    @Test
    void aShortGroupIsDrawnWiderAndSaysSo() {
        List<TimeSpan> spans = List.of(
                new TimeSpan("long", "a", "t", TimeSpan.Kind.RUN, 0, 1_000_000_000),
                new TimeSpan("short", "b", "t", TimeSpan.Kind.RUN, 0, 100_000_000),
                new TimeSpan("short", "b", "it was killed", TimeSpan.Kind.DEATH, 100_000_000, 100_000_000));
        assertThat(TimelineSvg.wide("one", new Timeline(spans, 0), MessageBook.ENGLISH)
                        .alone())
                .contains("drawn 10x wider", "class=\"bar death\"", "b died at 100 ms: it was killed");
    }

    @Test
    void aTextureBecomesACurveOfHowManyRanAtOnce() {
        List<TimeSpan> spans = IntStream.range(0, 400)
                .mapToObj(i ->
                        new TimeSpan("many", "thread-" + i, "t", TimeSpan.Kind.RUN, i * 1_000L, i * 1_000L + 20_000))
                .toList();
        assertThat(TimelineSvg.wide("one", new Timeline(spans, 0), MessageBook.ENGLISH)
                        .alone())
                .contains("up to 20 at once")
                .doesNotContain("<rect class=\"bar\"");
    }

    @Test
    void unequalStepsGetUnequalRoom() {
        assertThat(AxisPlaces.of(List.of("1", "2", "3", "4", "8", "64")))
                .startsWith(0)
                .endsWith(5)
                .satisfies(places -> assertThat(places[4] - places[3]).isGreaterThan(places[3] - places[2]));
        assertThat(AxisPlaces.of(List.of("a", "b", "c"))).containsExactly(0, 1, 2);
        assertThat(AxisPlaces.isLogarithmic(List.of("200", "400", "600", "4000")))
                .isTrue();
        assertThat(AxisPlaces.isLogarithmic(List.of("1", "2", "3"))).isFalse();
        assertThat(AxisPlaces.isLogarithmic(List.of("200", "400", "600", "3800", "4000")))
                .as("the last labels would fall together")
                .isFalse();
    }

    @Test
    void figuresAreWellFormed() throws Exception {
        assertThat(labReport().writeFigures(folder)).isEqualTo(3);
        for (String name : List.of("first.svg", "first-2.svg", "first-timeline.svg")) {
            String svg = Files.readString(folder.resolve(name));
            var document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(svg)));
            assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
        }
    }

    @Test
    void manyWorkersShareRows() {
        List<TimeSpan> spans = labReport().results().getFirst().timeline().spans();
        assertThat(WorkerLanes.of(spans).rows()).hasSizeLessThan(12);
        assertThat(WorkerLanes.of(spans.subList(0, 5)).rows())
                .containsOnlyKeys("way-0", "way-1", "way-2", "way-3", "way-4");
    }

    @Test
    void theTraceHasWhatPerfettoNeeds() {
        String trace = new TraceFile(labReport().results()).json();
        assertThat(trace)
                .startsWith("{\"displayTimeUnit\":\"ms\",\"traceEvents\":["
                        + "{\"ph\":\"M\",\"name\":\"process_name\",\"pid\":1")
                .contains("\"ph\":\"X\"", "\"dur\":5000", "\"ph\":\"b\"", "\"ph\":\"e\"", "\"thread_name\"");
        assertThat(trace.split("\"ph\":\"b\"", -1)).hasSameSizeAs(trace.split("\"ph\":\"e\"", -1));
    }

    @Test
    void numbersKeepTheirDigitsAndUnits() throws Exception {
        Path file = folder.resolve("n.json");
        labReport().writeNumbers(file);
        assertThat(Files.readString(file))
                .contains("{\"value\":1500000,\"unit\":\"nanoseconds\"}", "\"cpus\":2", "\"right\":true", "[1,null,4]");
    }

    @Test
    void jsonEscapesWhatItMust() {
        assertThat(JsonWriter.of("a\"b\\c\nd\u0001<")).isEqualTo("\"a\\\"b\\\\c\\nd\\u0001\\u003c\"");
        assertThat(JsonWriter.of(List.of(1, 2.5, true, Double.POSITIVE_INFINITY)))
                .isEqualTo("[1,2.5,true,null]");
    }
}
