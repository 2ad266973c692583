package dev.pando.lab.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.lab.result.Amount;
import dev.pando.lab.result.Table;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
        assertThat(Terminal.of("12", "80", Map.of("TERM", "dumb"))).isEqualTo(new Terminal(false, false, 80));
    }

    @Test
    void progressNeedsOnlyTheStreamItIsPaintedOn() {
        assertThat(Terminal.of("2", "80", Map.of())).isEqualTo(new Terminal(true, false, 80));
    }

    @Test
    void aStrangeWidthIsTheUsualOne() {
        assertThat(Terminal.of("1", "wide", Map.of()).width()).isEqualTo(100);
        assertThat(Terminal.of("1", "0", Map.of()).width()).isEqualTo(100);
        assertThat(Terminal.of("1", "7", Map.of()).width()).isEqualTo(40);
    }

    @Test
    void columnsAreAlignedAndOneIsDrawn() {
        Table table = Table.of("Ways", "way", "time").row("threads", Amount.nanos(2_000_000)).row("no", Amount.nanos(500_000)).bar("time").build();
        assertThat(new TableText(new Style(false), 60).lines(table)).containsExactly(
                "Ways",
                "  way        time",
                "  threads    2 ms  " + "█".repeat(30),
                "  no       500 µs  " + "█".repeat(7) + "▌");
    }

    @Test
    void aNarrowTerminalGetsNoBarsAndNoBrokenLines() {
        Table table = Table.of("Why", "task", "reason").row("exits", "something in it called System.exit and nobody knew").build();
        assertThat(new TableText(new Style(false), 40).lines(table)).allMatch(line -> line.length() <= 40).last().asString().endsWith("…");
    }

    @Test
    void colourSaysNothingAlone() {
        Table table = Table.of("Ways", "way").row("threads").build();
        assertThat(String.join("\n", new TableText(new Style(true), 80).lines(table))).contains("\033[");
        assertThat(String.join("\n", new TableText(new Style(true), 80).lines(table)).replaceAll("\033\\[[0-9]+m", ""))
                .isEqualTo(String.join("\n", new TableText(new Style(false), 80).lines(table)));
    }

    @Test
    void progressIsSilentForASecond() {
        Gauge gauge = new Gauge();
        gauge.begin("sum", 4, 0);
        assertThat(gauge.lines(SECOND - 1, 80)).isEmpty();
        assertThat(gauge.lines(SECOND, 80)).hasSize(1);
    }

    @Test
    void progressShowsRateTimeLeftAndEachWorker() {
        Gauge gauge = new Gauge();
        gauge.begin("sum", 8, 0);
        gauge.doing("adding");
        gauge.done(2);
        gauge.started("threads-1", "1..100");
        gauge.finished("threads-1");
        gauge.started("threads-2", "1..1 000");
        assertThat(gauge.lines(4 * SECOND, 100)).containsExactly(
                "sum  ██████··················  2 of 8  0.50/s  12 s left  adding",
                "  threads-1  1 done  ",
                "  threads-2  0 done  1..1 000");
    }

    @Test
    void withoutAnEndThereIsARateAndNoTimeLeft() {
        Gauge gauge = new Gauge();
        gauge.begin("map", 0, 0);
        gauge.done(1_000);
        assertThat(gauge.lines(2 * SECOND, 100)).containsExactly("map  1 000 done  500/s  2 s  ");
    }

    @Test
    void aBoardBeforeNobodyPaintsNothing() {
        StringWriter err = new StringWriter();
        try (Board board = new Board(Terminal.NONE, new PrintWriter(err))) {
            board.begin("sum", 1);
            board.step("adding");
            board.end();
        }
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aLineNeverWraps() {
        Gauge gauge = new Gauge();
        gauge.begin("sum", 0, 0);
        gauge.doing("a very long description of what is being done at the moment");
        assertThat(gauge.lines(2 * SECOND, 40)).allMatch(line -> line.length() < 40);
    }
}
