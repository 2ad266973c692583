package dev.pando.lab.report;

import dev.pando.lab.language.MessageBook;
import dev.pando.lab.result.MeasuredAmount;
import dev.pando.lab.result.TimeSpan;
import dev.pando.lab.result.Timeline;
import java.util.List;
import java.util.Locale;

/**
 * A timeline as a drawing: a block for each group, each starting at its own zero. All are to the same scale, but a
 * group that would be short is drawn wider, and says by how much. Running is full, waiting is hollow. A group of too
 * many bars to tell apart is drawn as how many ran at once.
 */
final class TimelineSvg {
    private static final int HEADING = 24;
    private static final String AXIS = "#7a8794";

    /** A group shorter than this part of the longest gets a scale of its own. */
    private static final double SHORT = 0.4;

    /** From this many bars on, rows that workers share are a texture. */
    private static final int TEXTURE = 150;

    private final String experiment;
    private final Timeline timeline;
    private final MessageBook messages;
    private final int width;
    private final int left;
    private final ColourTable colourTable = new ColourTable();
    private final StringBuilder body = new StringBuilder();
    private double top = 4;

    private TimelineSvg(String experiment, Timeline timeline, MessageBook messages, int width, int left) {
        this.experiment = experiment;
        this.timeline = timeline;
        this.messages = messages;
        this.width = width;
        this.left = left;
    }

    static TimelineSvg wide(String experiment, Timeline timeline, MessageBook messages) {
        return new TimelineSvg(experiment, timeline, messages, 920, 170);
    }

    /** For a phone: letters keep their size, and bars get less room. */
    static TimelineSvg narrow(String experiment, Timeline timeline, MessageBook messages) {
        return new TimelineSvg(experiment, timeline, messages, 330, 84);
    }

    /** Returns a standalone file, with colours for light and dark. */
    String alone() {
        return svg("""
            <style>
            text{font:12px system-ui,'Apple SD Gothic Neo','Malgun Gothic','Noto Sans KR',sans-serif;fill:#1d2733}.heading{font-weight:600}
            .death{stroke:#1d2733;stroke-width:2.5}
            @media(prefers-color-scheme:dark){text{fill:#dfe6ee}.death{stroke:#dfe6ee}}
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
        long all = longest;
        timeline.groups().forEach((group, spans) -> block(group, spans, all));
        legend();
        return String.format(
                Locale.ROOT,
                """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %.0f" width="%d" role="img"
                aria-label="%s">
                %s%s</svg>
                """,
                width,
                top + 4,
                width,
                MarkupText.text(messages.text("report.timeline-of", experiment)),
                style,
                body);
    }

    private void block(String group, List<TimeSpan> spans, long longest) {
        WorkerLanes workerLanes = WorkerLanes.of(spans);
        long zero = start(spans);
        long own = Math.max(1, end(spans) - zero);
        boolean widened = own < SHORT * longest;
        double scale = (width - left - 14.0) / (widened ? own : longest);
        double wider = 1.0 * longest / own;
        String took = widened
                ? messages.text(
                        wider < 10 ? "report.widened-little" : "report.widened", MeasuredAmount.nanos(own), wider)
                : MeasuredAmount.nanos(own).toString();
        for (String line : lines(group + "  (" + took + ")")) {
            text(4, top + 15, "heading", line);
            top += HEADING - 6;
        }
        top += 6;
        if (!workerLanes.isLabelled() && spans.size() > TEXTURE) {
            crowd(spans, zero, scale);
        } else {
            rows(workerLanes, zero, scale);
        }
        axis(widened ? own : longest, scale);
    }

    private void rows(WorkerLanes workerLanes, long zero, double scale) {
        double height = workerLanes.height();
        workerLanes.rows().forEach((lane, row) -> {
            if (workerLanes.isLabelled()) {
                text(4, top + height - 4, "lane", LetterRoom.end(lane, left));
            }
            row.forEach(timeSpan -> bar(timeSpan, zero, scale, height));
            top += height + (height > 6 ? 3 : 0);
        });
        if (!workerLanes.isLabelled()) {
            text(
                    4,
                    top - 4,
                    "lane",
                    messages.text("report.at-once", workerLanes.rows().size()));
        }
    }

    /** Draws how many ran at once, over time. */
    private void crowd(List<TimeSpan> spans, long zero, double scale) {
        CrowdCurve curve = CrowdCurve.of(spans);
        double height = 64;
        StringBuilder path = new StringBuilder();
        double foot = top + height;
        path.append(String.format(Locale.ROOT, "M%d %.1f", left, foot));
        for (CrowdCurve.Step step : curve.steps()) {
            double x = left + (step.at() - zero) * scale;
            double next = top + height - height * step.running() / curve.most();
            path.append(String.format(Locale.ROOT, "H%.1fV%.1f", x, next));
        }
        body.append(String.format(
                Locale.ROOT,
                "<path class=\"bar\" d=\"%sV%.1fZ\" fill=\"%s\"><title>%s</title></path>%n",
                path,
                top + height,
                colourTable.of(curve.name()),
                messages.text("report.up-to-at-once", curve.most(), MeasuredAmount.nanos(end(spans) - zero))));
        text(4, top + 10, "lane", messages.text("report.at-once", curve.most()));
        text(4, top + height, "lane", "0");
        top += height + 4;
    }

    /** Queued is a thin line below, because the worker ran something else at that time. */
    private void bar(TimeSpan timeSpan, long zero, double scale, double height) {
        double x = left + (timeSpan.start() - zero) * scale;
        if (timeSpan.kind() == TimeSpan.Kind.DEATH) {
            death(timeSpan, x, zero, height);
            return;
        }
        double wide = Math.max(0.7, (timeSpan.end() - timeSpan.start()) * scale);
        wide = wide > 3 ? wide - 0.8 : wide; // a gap, so that equal neighbours do not merge
        boolean queued = timeSpan.kind() == TimeSpan.Kind.QUEUED;
        // Hollow, and not pale: a pale bar would hardly differ from the page.
        boolean hollow = timeSpan.kind() == TimeSpan.Kind.WAIT && wide > 4 && height > 6;
        double thickness = queued ? Math.min(2, height) : Math.max(1, height - 2);
        String colour = colourTable.of(timeSpan.task());
        body.append(String.format(
                Locale.ROOT,
                "<rect class=\"bar\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"1\" %s>"
                        + "<title>%s</title></rect>%n",
                hollow ? x + 0.8 : x,
                queued ? top + height - 2 : hollow ? top + 0.8 : top,
                hollow ? wide - 1.6 : wide,
                hollow ? thickness - 1.6 : thickness,
                hollow
                        ? "fill=\"" + colour + "\" fill-opacity=\"0.15\" stroke=\"" + colour + "\" stroke-width=\"1.6\""
                        : "fill=\"" + colour + "\"",
                MarkupText.text(messages.text(
                        queued ? "report.queued" : "report.ran",
                        timeSpan.lane(),
                        timeSpan.task(),
                        MeasuredAmount.nanos(timeSpan.start() - zero),
                        MeasuredAmount.nanos(timeSpan.end() - zero)))));
    }

    /** Marks a death by a cross, which needs no colour to be seen. */
    private void death(TimeSpan timeSpan, double x, long zero, double height) {
        double middle = top + height / 2 - 1;
        body.append(String.format(
                Locale.ROOT,
                "<path class=\"bar death\" d=\"M%.1f %.1fl12 12m0 -12l-12 12\" fill=\"none\">"
                        + "<title>%s</title></path>%n",
                Math.clamp(x - 6, left, width - 14.0),
                middle - 6,
                MarkupText.text(messages.text(
                        "report.died",
                        timeSpan.lane(),
                        MeasuredAmount.nanos(timeSpan.start() - zero),
                        timeSpan.task()))));
    }

    private void axis(long longest, double scale) {
        double step = Math.pow(10, Math.floor(Math.log10((double) longest)));
        step = longest / step < 2 ? step / 4 : longest / step < 5 ? step / 2 : step;
        double room = 0;
        for (double tick = 0; tick <= longest; tick += step) {
            double x = left + tick * scale;
            body.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>%n",
                    x,
                    x,
                    top,
                    top + 5,
                    AXIS));
            String words = tick == 0 ? "0" : MeasuredAmount.nanos(tick).toString();
            double from = Math.min(x - 3, width - 4 - LetterRoom.of(words));
            if (from >= room) {
                text(from, top + 18, "tick", words);
                room = from + LetterRoom.of(words) + LetterRoom.LATIN;
            }
        }
        top += 34;
    }

    private void legend() {
        double x = 4;
        int shown = 0;
        for (var entry : colourTable.given().entrySet()) {
            if (shown++ == 12) {
                break;
            }
            double wide = 24 + LetterRoom.of(entry.getKey());
            if (x > 4 && x + wide > width) {
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
            x += wide;
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

    /** Breaks a heading that is wider than the drawing. */
    private List<String> lines(String heading) {
        int gap = heading.indexOf("  (");
        return LetterRoom.of(heading) <= width || gap < 0
                ? List.of(heading)
                : List.of(heading.substring(0, gap), heading.substring(gap + 2));
    }

    private static long start(List<TimeSpan> spans) {
        return spans.stream().mapToLong(TimeSpan::start).min().orElse(0);
    }

    private static long end(List<TimeSpan> spans) {
        return spans.stream().mapToLong(TimeSpan::end).max().orElse(0);
    }
}
