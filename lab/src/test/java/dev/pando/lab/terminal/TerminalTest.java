package dev.pando.lab.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.lab.result.MeasuredAmount;
import dev.pando.lab.result.ResultTable;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTest {
    static final long SECOND = 1_000_000_000;

    @Test
    void aPipeGetsPlainLines() {
        assertThat(Terminal.of("", "", Map.of())).isEqualTo(Terminal.NONE);
    }

    @Test
    void noColorIsHonouredWhateverItSays() {
        assertThat(Terminal.of("12", "80", Map.of("NO_COLOR", "0")).colour()).isFalse();
        assertThat(Terminal.of("12", "80", Map.of("NO_COLOR", "")).colour()).isTrue();
        assertThat(Terminal.of("12", "80", Map.of("TERM", "dumb"))).isEqualTo(new Terminal(false, false, false, 80));
    }

    @Test
    void progressNeedsOnlyTheStreamItIsPaintedOn() {
        assertThat(Terminal.of("2", "80", Map.of())).isEqualTo(new Terminal(true, false, false, 80));
    }

    @Test
    void aStrangeWidthIsTheUsualOne() {
        assertThat(Terminal.of("1", "wide", Map.of()).width()).isEqualTo(100);
        assertThat(Terminal.of("1", "0", Map.of()).width()).isEqualTo(100);
        assertThat(Terminal.of("1", "7", Map.of()).width()).isEqualTo(40);
    }

    @Test
    void columnsAreAlignedAndOneIsDrawn() {
        ResultTable resultTable = ResultTable.of("Ways", "way", "time")
                .row("threads", MeasuredAmount.nanos(2_000_000))
                .row("no", MeasuredAmount.nanos(500_000))
                .bar("time")
                .build();
        assertThat(new TableText(new TextStyle(false), 60).lines(resultTable))
                .containsExactly(
                        "Ways",
                        "  way        time",
                        "  threads    2 ms  " + "█".repeat(30),
                        "  no       500 µs  " + "█".repeat(7) + "▌");
    }

    @Test
    void columnsOfTheEnvironmentWin() {
        assertThat(Terminal.of("1", "80", Map.of("COLUMNS", "132")).width()).isEqualTo(132);
        assertThat(Terminal.of("1", "80", Map.of("COLUMNS", "0")).width()).isEqualTo(80);
        assertThat(Terminal.of("1", "80", Map.of("COLUMNS", "wide")).width()).isEqualTo(80);
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 100, 160})
    void aNarrowTerminalGetsMoreLinesAndLosesNoLetter(int width) {
        ResultTable resultTable = ResultTable.of("Why", "task", "outcome", "why")
                .row("exits", "WorkerLostException", "something in it called System.exit, and its code was 42")
                .row("eats memory", "WorkerLostException", "the kernel killed it")
                .build();
        List<String> lines = new TableText(new TextStyle(false), width).lines(resultTable);
        assertThat(lines).allMatch(line -> line.length() <= width);
        String cells = resultTable.rows().stream()
                .flatMap(List::stream)
                .map(Object::toString)
                .collect(Collectors.joining());
        assertThat(letters(String.join("", lines)))
                .isEqualTo(letters(resultTable.title() + String.join("", resultTable.headings()) + cells));
    }

    private static int[] letters(String text) {
        return text.replace(" ", "").chars().sorted().toArray();
    }

    @Test
    void wideLettersTakeTwoColumns() {
        ResultTable resultTable = ResultTable.of("Names", "name", "n")
                .row("안녕", MeasuredAmount.count(1))
                .row("four", MeasuredAmount.count(22))
                .build();
        assertThat(new TableText(new TextStyle(false), 60).lines(resultTable))
                .containsExactly("Names", "  name   n", "  안녕   1", "  four  22");
        assertThat(TextWidth.of("e\u0301")).isEqualTo(1);
    }

    @Test
    void whatTheCharsetHasNotIsDrawnPlainly() {
        StringWriter out = new StringWriter();
        PrintWriter plain = new PrintWriter(new PlainWriter(out, StandardCharsets.US_ASCII), true);
        plain.print("██▌ ── 12 µs … 안 \uD83D\uDE00");
        plain.flush();
        assertThat(out.toString()).isEqualTo("##| -- 12 us ~ ?? ??");
    }

    @Test
    void colourSaysNothingAlone() {
        ResultTable resultTable = ResultTable.of("Ways", "way").row("threads").build();
        assertThat(String.join("\n", new TableText(new TextStyle(true), 80).lines(resultTable)))
                .contains("\033[");
        assertThat(String.join("\n", new TableText(new TextStyle(true), 80).lines(resultTable))
                        .replaceAll("\033\\[[0-9]+m", ""))
                .isEqualTo(String.join("\n", new TableText(new TextStyle(false), 80).lines(resultTable)));
    }

    @Test
    void progressIsSilentForASecond() {
        ProgressGauge progressGauge = new ProgressGauge();
        progressGauge.begin("sum", 4, 0);
        assertThat(progressGauge.lines(SECOND - 1, 80)).isEmpty();
        assertThat(progressGauge.lines(SECOND, 80)).hasSize(1);
    }

    @Test
    void progressShowsRateTimeLeftAndEachWorker() {
        ProgressGauge progressGauge = new ProgressGauge();
        progressGauge.begin("sum", 8, 0);
        progressGauge.doing("adding");
        progressGauge.done(2);
        progressGauge.started("threads-1", "1..100");
        progressGauge.finished("threads-1");
        progressGauge.started("threads-2", "1..1 000");
        assertThat(progressGauge.lines(4 * SECOND, 100))
                .containsExactly(
                        "sum  ██████··················  2 of 8  0.50/s  12 s left  adding",
                        "  threads-1  1 done  ",
                        "  threads-2  0 done  1..1 000");
    }

    @Test
    void withoutAnEndThereIsARateAndNoTimeLeft() {
        ProgressGauge progressGauge = new ProgressGauge();
        progressGauge.begin("map", 0, 0);
        progressGauge.done(1_000);
        assertThat(progressGauge.lines(2 * SECOND, 100)).containsExactly("map  1 000 done  500/s  2 s  ");
    }

    @Test
    void aBoardBeforeNobodyPaintsNothing() {
        StringWriter err = new StringWriter();
        try (ProgressBoard progressBoard = new ProgressBoard(Terminal.NONE, new PrintWriter(err))) {
            progressBoard.begin("sum", 1);
            progressBoard.step("adding");
            progressBoard.end();
        }
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aLineNeverWraps() {
        ProgressGauge progressGauge = new ProgressGauge();
        progressGauge.begin("sum", 0, 0);
        progressGauge.doing("a very long description of what is being done at the moment");
        assertThat(progressGauge.lines(2 * SECOND, 40)).allMatch(line -> line.length() < 40);
    }
}
