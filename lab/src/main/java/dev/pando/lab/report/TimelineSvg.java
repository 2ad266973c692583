package dev.pando.lab.report;

import dev.pando.lab.result.MeasuredAmount;
import dev.pando.lab.result.TimeSpan;
import dev.pando.lab.result.Timeline;
import java.util.List;
import java.util.Locale;

/** A timeline as a drawing: a block for each group, all to the same scale, each starting at its own zero. */
final class TimelineSvg {
    private static final int WIDTH = 920;
    private static final int LEFT = 170;
    private static final int HEADING = 24;

    private final String experiment;
    private final Timeline timeline;
    private final ColourTable colourTable = new ColourTable();
    private final StringBuilder body = new StringBuilder();
    private double top = 4;

    TimelineSvg(String experiment, Timeline timeline) {
        this.experiment = experiment;
        this.timeline = timeline;
    }

    /** Returns a standalone file, with colours for light and dark. */
    String alone() {
        return svg("""
            <style>
            text{font:12px system-ui,sans-serif;fill:#1d2733}.heading{font-weight:600}.axis{stroke:#8a96a3}
            @media(prefers-color-scheme:dark){text{fill:#dfe6ee}}
            </style>
            """);
    }

    /** Returns a drawing to embed in a page, which defines the colours. */
    String inPage() {
        return svg("");
    }

    private String svg(String style) {
        long longest = 1;
        for (List<TimeSpan> spans : timeline.groups().values()) {
            longest = Math.max(longest, end(spans) - start(spans));
        }
        double scale = (WIDTH - LEFT - 10.0) / longest;
        timeline.groups().forEach((group, spans) -> block(group, spans, scale));
        axis(longest);
        legend();
        return String.format(Locale.ROOT, """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %.0f" width="%d" role="img" aria-label="Timeline of %s: what ran when, on which worker">
            %s%s</svg>
            """, WIDTH, top + 4, WIDTH, MarkupText.text(experiment), style, body);
    }

    private void block(String group, List<TimeSpan> spans, double scale) {
        WorkerLanes workerLanes = WorkerLanes.of(spans);
        long zero = start(spans);
        text(4, top + 15, "heading", group + "  (" + MeasuredAmount.nanos(end(spans) - zero) + ")");
        top += HEADING;
        double height = workerLanes.height();
        workerLanes.rows().forEach((lane, row) -> {
            if (workerLanes.isLabelled()) {
                text(4, top + height - 4, "lane", cut(lane));
            }
            row.forEach(timeSpan -> bar(timeSpan, zero, scale, height));
            top += height + (height > 6 ? 3 : 0);
        });
        if (!workerLanes.isLabelled()) {
            text(4, top - 4, "lane", workerLanes.rows().size() + " at once");
        }
        top += 8;
    }

    /**
     * Running is full, waiting is pale. Queued is a thin line below, because the worker ran something else at that
     * time.
     */
    private void bar(TimeSpan timeSpan, long zero, double scale, double height) {
        double x = LEFT + (timeSpan.start() - zero) * scale;
        double width = Math.max(0.7, (timeSpan.end() - timeSpan.start()) * scale);
        width = width > 3 ? width - 0.8 : width; // a gap, so that equal neighbours do not merge
        boolean queued = timeSpan.kind() == TimeSpan.Kind.QUEUED;
        double thickness = queued ? Math.min(2, height) : Math.max(1, height - 2);
        String words = switch (timeSpan.kind()) {
            case RUN -> timeSpan.task();
            case WAIT -> timeSpan.task();
            case QUEUED -> timeSpan.task() + ", waiting for a worker";
        };
        body.append(String.format(
                Locale.ROOT,
                "<rect class=\"bar\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"1\" fill=\"%s\""
                        + " opacity=\"%s\"><title>%s: %s, from %s to %s</title></rect>%n",
                x,
                queued ? top + height - 2 : top,
                width,
                thickness,
                colourTable.of(timeSpan.task()),
                timeSpan.kind() == TimeSpan.Kind.RUN ? "1" : "0.45",
                MarkupText.text(timeSpan.lane()),
                MarkupText.text(words),
                MeasuredAmount.nanos(timeSpan.start() - zero),
                MeasuredAmount.nanos(timeSpan.end() - zero)));
    }

    private void axis(long longest) {
        double step = Math.pow(10, Math.floor(Math.log10((double) longest)));
        step = longest / step < 2 ? step / 4 : longest / step < 5 ? step / 2 : step;
        for (double tick = 0; tick <= longest; tick += step) {
            double x = LEFT + tick * (WIDTH - LEFT - 10.0) / longest;
            body.append(String.format(
                    Locale.ROOT,
                    "<line class=\"axis\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#8a96a3\"/>%n",
                    x,
                    x,
                    top,
                    top + 5));
            text(
                    Math.min(x - 3, WIDTH - 50),
                    top + 18,
                    "tick",
                    tick == 0 ? "0" : MeasuredAmount.nanos(tick).toString());
        }
        top += 30;
    }

    private void legend() {
        double x = 4;
        int shown = 0;
        for (var entry : colourTable.given().entrySet()) {
            if (shown++ == 12) {
                break;
            }
            double width = 24 + 7.0 * entry.getKey().length();
            if (x + width > WIDTH) {
                x = 4;
                top += 18;
            }
            body.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"key\" x=\"%.1f\" y=\"%.1f\" width=\"11\" height=\"11\" fill=\"%s\"/>%n",
                    x,
                    top,
                    entry.getValue()));
            text(x + 15, top + 10, "key", entry.getKey());
            x += width;
        }
        top += 20;
    }

    private void text(double x, double y, String kind, String words) {
        body.append(String.format(
                Locale.ROOT,
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>%n",
                kind,
                x,
                y,
                MarkupText.text(words)));
    }

    private static String cut(String lane) {
        return lane.length() <= 24 ? lane : "…" + lane.substring(lane.length() - 23);
    }

    private static long start(List<TimeSpan> spans) {
        return spans.stream().mapToLong(TimeSpan::start).min().orElse(0);
    }

    private static long end(List<TimeSpan> spans) {
        return spans.stream().mapToLong(TimeSpan::end).max().orElse(0);
    }
}
