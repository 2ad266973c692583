package dev.pando.lab.report;

import dev.pando.lab.language.MessageBook;
import dev.pando.lab.result.ChartData;
import dev.pando.lab.result.ChartData.Series;
import dev.pando.lab.result.MeasuredAmount;
import java.util.List;
import java.util.Locale;

/**
 * A chart as a drawing for documents: bars are horizontal, so that names fit beside them; lines have labels where
 * their numbers are.
 */
final class ChartSvg {
    private static final int WIDTH = 640;
    private static final int LEFT = 190;
    private static final int MOST_DOTS = 40;

    private final ChartData chartData;
    private final MessageBook messages;
    private final StringBuilder body = new StringBuilder();

    ChartSvg(ChartData chartData, MessageBook messages) {
        this.chartData = chartData;
        this.messages = messages;
    }

    String alone() {
        double height = chartData.kind() == ChartData.Kind.BARS ? bars() : lines();
        return String.format(
                Locale.ROOT,
                """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %.0f" width="%d" role="img" aria-label="%s">
                <style>
                text{font:12px system-ui,'Apple SD Gothic Neo','Malgun Gothic','Noto Sans KR',sans-serif;fill:#1d2733}
                .title{font-weight:600;font-size:14px}.axis{stroke:#7a8794;fill:none}
                @media(prefers-color-scheme:dark){text{fill:#dfe6ee}}
                </style>
                <text class="title" x="4" y="18">%s</text>
                %s</svg>
                """,
                WIDTH,
                height,
                WIDTH,
                MarkupText.text(chartData.title()),
                MarkupText.text(chartData.title() + " (" + chartData.up() + ")"),
                body);
    }

    private double largest() {
        return chartData.series().stream()
                .flatMap(series -> series.values().stream())
                .filter(value -> !value.isNaN())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
    }

    private double bars() {
        double most = Math.max(largest(), 1e-9);
        double y = 32;
        for (int label = 0; label < chartData.labels().size(); label++) {
            text(LEFT - 8, y + 13, "end", chartData.labels().get(label));
            for (int index = 0; index < chartData.series().size(); index++) {
                double value = chartData.series().get(index).values().get(label);
                double width = Double.isNaN(value) ? 0 : Math.max(1, value / most * (WIDTH - LEFT - 80));
                body.append(String.format(
                        Locale.ROOT,
                        "<rect x=\"%d\" y=\"%.0f\" width=\"%.1f\" height=\"16\" rx=\"2\" fill=\"%s\"/>%n",
                        LEFT,
                        y,
                        width,
                        ColourTable.number(index)));
                text(
                        LEFT + width + 6,
                        y + 13,
                        "start",
                        Double.isNaN(value) ? messages.text("report.none") : rounded(value));
                y += 20;
            }
            y += 6;
        }
        return y + 4;
    }

    private double lines() {
        double most = Math.max(largest(), 1e-9);
        double left = 70;
        double bottom = 260;
        double step = (WIDTH - left - 30) / Math.max(1, chartData.labels().size() - 1);
        body.append(String.format(
                Locale.ROOT, "<path class=\"axis\" d=\"M%.0f 36V%.0fH%d\"/>%n", left, bottom, WIDTH - 20));
        text(left - 6, 44, "end", rounded(most));
        text(left - 6, bottom, "end", "0");
        int every = Math.max(1, chartData.labels().size() / 10);
        for (int label = 0; label < chartData.labels().size(); label += every) {
            text(
                    left + place(label) * step,
                    bottom + 16,
                    "middle",
                    chartData.labels().get(label));
        }
        text(left, bottom + 34, "start", chartData.across());
        for (int index = 0; index < chartData.series().size(); index++) {
            Series series = chartData.series().get(index);
            body.append(String.format(
                    Locale.ROOT,
                    "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2.5\" points=\"%s\"/>%n",
                    ColourTable.number(index),
                    points(series.values(), left, step, bottom, most)));
            dots(series.values(), left, step, bottom, most, ColourTable.number(index));
            double y = bottom + 54 + 18.0 * index;
            body.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%.0f\" y=\"%.0f\" width=\"11\" height=\"11\" fill=\"%s\"/>%n",
                    left,
                    y - 10,
                    ColourTable.number(index)));
            text(left + 16, y, "start", series.name());
        }
        return bottom + 50 + 18.0 * chartData.series().size();
    }

    private String points(List<Double> values, double left, double step, double bottom, double most) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            if (!values.get(i).isNaN()) {
                points.append(String.format(
                        Locale.ROOT,
                        "%.1f,%.1f" + " ",
                        left + place(i) * step,
                        bottom - values.get(i) / most * (bottom - 40)));
            }
        }
        return points.toString().strip();
    }

    /** Marks what was measured; the lines between are a help for the eye. */
    private void dots(List<Double> values, double left, double step, double bottom, double most, String colour) {
        for (int i = 0; values.size() <= MOST_DOTS && i < values.size(); i++) {
            if (!values.get(i).isNaN()) {
                body.append(String.format(
                        Locale.ROOT,
                        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"/>%n",
                        left + place(i) * step,
                        bottom - values.get(i) / most * (bottom - 40),
                        colour));
            }
        }
    }

    /** Returns where a label stands, in steps: by its number, or by its logarithm if numbers double. */
    private double place(int label) {
        return AxisPlaces.of(chartData.labels())[label];
    }

    private void text(double x, double y, String anchor, String words) {
        body.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
                x,
                y,
                anchor,
                MarkupText.text(words)));
    }

    private static String rounded(double value) {
        return value >= 100
                ? MeasuredAmount.count(Math.rint(value)).toString()
                : String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
    }
}
