package dev.pando.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.lab.result.Amount;
import dev.pando.lab.result.Chart;
import dev.pando.lab.result.Fact;
import dev.pando.lab.result.Machine;
import dev.pando.lab.result.Result;
import dev.pando.lab.result.Span;
import dev.pando.lab.result.Table;
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
    static Report report() {
        List<Span> spans = IntStream.range(0, 40).mapToObj(i ->
                new Span("way", "way-" + i, "task <" + i % 3 + ">", Span.Kind.values()[i % 3], i * 1_000_000L, i * 1_000_000L + 5_000_000)).toList();
        return new Report(new Machine(2, 1 << 30, "25", "Somebody", "Linux", List.of("-Xmx1g"), 0.1), List.of(new Result("first", "Is 1 < 2 & \"so\"?",
                "Yes.", "It is </script><b>bold</b>.", "Because.", List.of(new Fact("1 < 2", true)),
                List.of(Table.of("Numbers", "name", "value").row("a<b", Amount.nanos(1_500_000)).bar("value").build()),
                List.of(Chart.bars("Bars", "name", "ms").labels(List.of("a<b", "b")).series("s", List.of(1.5, 2.0)).build(),
                        Chart.lines("Lines", "threads", "rate").labels(List.of(1, 2, 4)).series("x", List.of(1.0, Double.NaN, 4.0)).series("y", List.of(2.0, 1.0, 0.5)).build()),
                new Timeline(spans, 7), "one run", Amount.nanos(5_000_000L))));
    }

    @Test
    void thePageNeedsNothingElse() throws Exception {
        Path page = folder.resolve("deep/page.html");
        report().writePage(page);
        assertThat(Files.readString(page)).contains("Chart", "a&lt;b", "1.50 ms", "7 further bars are left out")
                .doesNotContain("sourceMappingURL", "<b>bold</b>", "@style@", "@script@", "src=\"http", "href=\"http", "url(http", "import(");
    }

    @Test
    void figuresAreWellFormed() throws Exception {
        assertThat(report().writeFigures(folder)).isEqualTo(3);
        for (String name : List.of("first.svg", "first-2.svg", "first-timeline.svg")) {
            String svg = Files.readString(folder.resolve(name));
            var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
            assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
        }
    }

    @Test
    void manyWorkersShareRows() {
        List<Span> spans = report().results().getFirst().timeline().spans();
        assertThat(Lanes.of(spans).rows()).hasSizeLessThan(12);
        assertThat(Lanes.of(spans.subList(0, 5)).rows()).containsOnlyKeys("way-0", "way-1", "way-2", "way-3", "way-4");
    }

    @Test
    void theTraceHasWhatPerfettoNeeds() {
        String trace = new Trace(report().results()).json();
        assertThat(trace).startsWith("{\"displayTimeUnit\":\"ms\",\"traceEvents\":[{\"ph\":\"M\",\"name\":\"process_name\",\"pid\":1")
                .contains("\"ph\":\"X\"", "\"dur\":5000", "\"ph\":\"b\"", "\"ph\":\"e\"", "\"thread_name\"");
        assertThat(trace.split("\"ph\":\"b\"", -1)).hasSameSizeAs(trace.split("\"ph\":\"e\"", -1));
    }

    @Test
    void numbersKeepTheirDigitsAndUnits() throws Exception {
        Path file = folder.resolve("n.json");
        report().writeNumbers(file);
        assertThat(Files.readString(file)).contains("{\"value\":1500000,\"unit\":\"nanoseconds\"}", "\"cpus\":2", "\"right\":true", "[1,null,4]");
    }

    @Test
    void jsonEscapesWhatItMust() {
        assertThat(Json.of("a\"b\\c\nd\u0001<")).isEqualTo("\"a\\\"b\\\\c\\nd\\u0001\\u003c\"");
        assertThat(Json.of(List.of(1, 2.5, true, Double.POSITIVE_INFINITY))).isEqualTo("[1,2.5,true,null]");
    }
}
