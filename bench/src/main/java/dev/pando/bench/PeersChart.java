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
    private static final List<ResultLine> PANELS = List.of(
            ResultLine.CALL_P50,
            ResultLine.BURST,
            ResultLine.MAP,
            ResultLine.START_NEW,
            ResultLine.KILL,
            ResultLine.RESIDENT);

    private final PeerResults peerResults;
    private final StringBuilder body = new StringBuilder();
    private final StringBuilder words = new StringBuilder();

    PeersChart(PeerResults peerResults) {
        this.peerResults = peerResults;
    }

    /** A bar. */
    private record Bar(PeerKind peerKind, double value) {}

    String svg() {
        double y = 8;
        for (ResultLine resultLine : PANELS) {
            y = panel(resultLine, y);
        }
        text(WIDTH - 8, y - 2, "end", "", "Scales are logarithmic: a step to the next line is ten times as much.");
        y += 12;
        return String.format(
                Locale.ROOT, """
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

    private double panel(ResultLine resultLine, double top) {
        List<Bar> bars = Arrays.stream(PeerKind.values())
                .filter(PeerKind::isPool)
                .map(peerKind -> new Bar(peerKind, peerResults.median(peerKind, resultLine.key)))
                .filter(bar -> bar.value > 0)
                .sorted(Comparator.comparingDouble(bar -> resultLine.lessIsBetter ? bar.value : -bar.value))
                .toList();
        if (bars.isEmpty()) {
            return top;
        }
        text(
                4,
                top + 16,
                "start",
                "title",
                resultLine.title + (resultLine.lessIsBetter ? " (less is better)" : " (more is better)"));
        double from = Math.floor(
                Math.log10(bars.stream().mapToDouble(Bar::value).min().orElse(1)) - 0.1);
        double to =
                Math.ceil(Math.log10(bars.stream().mapToDouble(Bar::value).max().orElse(1)));
        double y = top + 26;
        double bottom = y + 20.0 * bars.size();
        for (int power = (int) from; power <= to; power++) {
            double x = x(Math.pow(10, power), from, to);
            body.append(String.format(Locale.ROOT, "<path class=\"grid\" d=\"M%.1f %.0fV%.0f\"/>%n", x, y, bottom));
            text(x, bottom + 13, "middle", "", tick(Math.pow(10, power)));
        }
        for (Bar bar : bars) {
            String kind = bar.peerKind == PeerKind.PANDO ? "ours" : "";
            text(LEFT - 8, y + 13, "end", kind, bar.peerKind.label);
            body.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%d\" y=\"%.0f\" width=\"%.1f\" height=\"16\" rx=\"2\" fill=\"%s\"/>%n",
                    LEFT,
                    y,
                    Math.max(1, x(bar.value, from, to) - LEFT),
                    bar.peerKind == PeerKind.PANDO ? "#3b7dd8" : "#7d8a99"));
            text(x(bar.value, from, to) + 6, y + 13, "start", kind, TableFigure.number(bar.value));
            y += 20;
        }
        words.append(resultLine.title)
                .append(": ")
                .append(String.join(
                        ", ",
                        bars.stream()
                                .map(bar -> bar.peerKind.label + " " + TableFigure.number(bar.value))
                                .toList()))
                .append(".\n");
        return bottom + 32;
    }

    private static double x(double value, double from, double to) {
        return LEFT + (Math.log10(value) - from) / (to - from) * (WIDTH - LEFT - RIGHT);
    }

    private static String tick(double value) {
        return value >= 1e6
                ? String.format(Locale.ROOT, "%.0f M", value / 1e6)
                : value >= 1 ? String.format(Locale.ROOT, "%,.0f", value) : "" + value;
    }

    private void text(double x, double y, String anchor, String kind, String words) {
        String style = Stream.of(kind)
                .filter(name -> !name.isEmpty())
                .map(name -> " class=\"" + name + "\"")
                .findFirst()
                .orElse("");
        body.append(String.format(
                Locale.ROOT,
                "<text%s x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
                style,
                x,
                y,
                anchor,
                escaped(words)));
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
