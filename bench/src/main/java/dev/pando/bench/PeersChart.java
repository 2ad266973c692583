package dev.pando.bench;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The measurements as a drawing for documents, readable on white and on black: a panel for each line, and in it a bar
 * for each peer, the best on top. Lengths are logarithmic, or else a value a hundred times larger would hide the rest.
 * The drawing's description contains all numbers too.
 */
final class PeersChart {
    private static final int WIDTH = 720;
    private static final int LEFT = 170;
    private static final int RIGHT = 110;
    private static final List<Line> PANELS = List.of(Line.CALL_P50, Line.BURST, Line.MAP, Line.START_NEW, Line.KILL, Line.RESIDENT);

    private final Results results;
    private final StringBuilder body = new StringBuilder();
    private final StringBuilder words = new StringBuilder();

    PeersChart(Results results) {
        this.results = results;
    }

    /** A bar. */
    private record Bar(Peer peer, double value) {}

    String svg() {
        double y = 8;
        for (Line line : PANELS) y = panel(line, y);
        text(WIDTH - 8, y - 2, "end", "", "Scales are logarithmic: a step to the next line is ten times as much.");
        y += 12;
        return String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %.0f" width="%d" role="img" aria-labelledby="title words">
                <title id="title">Worker processes beside other pools</title>
                <desc id="words">%s</desc>
                <style>
                text{font:12px system-ui,sans-serif;fill:#1d2733}.title{font-weight:600;font-size:14px}.ours{font-weight:600}
                .grid{stroke:#8a96a3;stroke-opacity:.35}
                @media(prefers-color-scheme:dark){text{fill:#dfe6ee}}
                </style>
                %s</svg>
                """, WIDTH, y, WIDTH, escaped(words.toString().strip()), body);
    }

    private double panel(Line line, double top) {
        List<Bar> bars = Arrays.stream(Peer.values()).filter(Peer::isPool).map(peer -> new Bar(peer, results.median(peer, line.key)))
                .filter(bar -> bar.value > 0).sorted(Comparator.comparingDouble(bar -> line.lessIsBetter ? bar.value : -bar.value)).toList();
        if (bars.isEmpty()) return top;
        text(4, top + 16, "start", "title", line.title + (line.lessIsBetter ? " (less is better)" : " (more is better)"));
        double from = Math.floor(Math.log10(bars.stream().mapToDouble(Bar::value).min().orElse(1)) - 0.1);
        double to = Math.ceil(Math.log10(bars.stream().mapToDouble(Bar::value).max().orElse(1)));
        double y = top + 26;
        double bottom = y + 20.0 * bars.size();
        for (int power = (int) from; power <= to; power++) {
            double x = x(Math.pow(10, power), from, to);
            body.append(String.format(Locale.ROOT, "<path class=\"grid\" d=\"M%.1f %.0fV%.0f\"/>%n", x, y, bottom));
            text(x, bottom + 13, "middle", "", tick(Math.pow(10, power)));
        }
        for (Bar bar : bars) {
            String kind = bar.peer == Peer.PANDO ? "ours" : "";
            text(LEFT - 8, y + 13, "end", kind, bar.peer.label);
            body.append(String.format(Locale.ROOT, "<rect x=\"%d\" y=\"%.0f\" width=\"%.1f\" height=\"16\" rx=\"2\" fill=\"%s\"/>%n",
                    LEFT, y, Math.max(1, x(bar.value, from, to) - LEFT), bar.peer == Peer.PANDO ? "#3b7dd8" : "#7d8a99"));
            text(x(bar.value, from, to) + 6, y + 13, "start", kind, Figure.number(bar.value));
            y += 20;
        }
        words.append(line.title).append(": ").append(String.join(", ",
                bars.stream().map(bar -> bar.peer.label + " " + Figure.number(bar.value)).toList())).append(".\n");
        return bottom + 32;
    }

    private static double x(double value, double from, double to) {
        return LEFT + (Math.log10(value) - from) / (to - from) * (WIDTH - LEFT - RIGHT);
    }

    private static String tick(double value) {
        return value >= 1e6 ? String.format(Locale.ROOT, "%.0f M", value / 1e6) : value >= 1 ? String.format(Locale.ROOT, "%,.0f", value) : "" + value;
    }

    private void text(double x, double y, String anchor, String kind, String words) {
        String style = Stream.of(kind).filter(name -> !name.isEmpty()).map(name -> " class=\"" + name + "\"").findFirst().orElse("");
        body.append(String.format(Locale.ROOT, "<text%s x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", style, x, y, anchor, escaped(words)));
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
