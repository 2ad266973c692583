package dev.pando.lab.report;

import dev.pando.lab.language.MessageBook;
import dev.pando.lab.result.ChartData;
import dev.pando.lab.result.CheckedFact;
import dev.pando.lab.result.ExperimentResult;
import dev.pando.lab.result.MeasuredAmount;
import dev.pando.lab.result.ResultTable;
import dev.pando.lab.result.TimeSpan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The report as one page that opens without a network: text, tables, timelines as SVG, and charts. Chart.js, which
 * draws the charts, is copied from its jar into the page. Without scripts only the charts are missing.
 */
final class ReportPage {
    private static final int SPANS_AS_TEXT = 200;
    private final LabReport labReport;
    private final MessageBook messages;
    private final List<Object> charts = new ArrayList<>();

    ReportPage(LabReport labReport) {
        this.labReport = labReport;
        this.messages = labReport.messages();
    }

    String html() throws IOException {
        StringBuilder sections = new StringBuilder();
        labReport.results().forEach(experimentResult -> section(sections, experimentResult));
        return worded(resource("page.html"))
                .replace("@style@", resource("page.css"))
                .replace("@machine@", MarkupText.text(labReport.machineInfo().in(messages)))
                .replace("@summary@", summary())
                .replace("@sections@", sections)
                .replace("@data@", JsonWriter.of(charts))
                .replace("@chartjs@", chartJs())
                .replace("@script@", resource("page.js").replace("@colours@", JsonWriter.of(ColourTable.all())));
    }

    /** Returns the text with the messages for what it names as {@code @{key}}. */
    private String worded(String text) {
        return Pattern.compile("@\\{([\\w.-]+)}")
                .matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(MarkupText.text(messages.text(place.group(1)))));
    }

    /** A line for each experiment, and where and when they ran. */
    private String summary() throws IOException {
        String written = DateTimeFormatter.ofPattern(
                        messages.text("report.date"),
                        Locale.forLanguageTag(messages.language().code()))
                .format(ZonedDateTime.now(ZoneId.systemDefault()));
        StringBuilder table = new StringBuilder("<table class=\"summary\"><caption>")
                .append(MarkupText.text(messages.text(
                        "report.summary",
                        labReport.results().size(),
                        written,
                        versions().getProperty("version"))))
                .append(worded("</caption><thead><tr><th scope=\"col\">@{report.experiment}</th><th"
                        + " scope=\"col\">@{report.this-run}</th><th scope=\"col\">@{report.facts}</th><th"
                        + " scope=\"col\">@{report.took}</th></tr></thead><tbody>\n"));
        for (ExperimentResult result : labReport.results()) {
            long right = result.facts().stream().filter(CheckedFact::holds).count();
            table.append(worded("<tr><td data-heading=\"@{report.experiment}\"><a href=\"#"))
                    .append(MarkupText.text(result.name()))
                    .append("\">")
                    .append(MarkupText.text(result.name()))
                    .append(worded("</a></td><td data-heading=\"@{report.this-run}\">"))
                    .append(worded(
                            !result.isRight()
                                    ? "<strong class=\"wrong\">@{report.is-wrong}</strong>"
                                    : result.isShown() ? "@{report.is-shown}" : "@{report.not-shown}"))
                    .append(worded("</td><td data-heading=\"@{report.facts}\">"))
                    .append(messages.text("report.of", right, result.facts().size()))
                    .append(worded("</td><td data-heading=\"@{report.took}\" class=\"number\">"))
                    .append(MarkupText.text(result.took()))
                    .append("</td></tr>\n");
        }
        return table.append("</tbody></table>").toString();
    }

    private void section(StringBuilder out, ExperimentResult experimentResult) {
        out.append("<section id=\"")
                .append(MarkupText.text(experimentResult.name()))
                .append("\">\n<h2>")
                .append(MarkupText.text(experimentResult.name()))
                .append("</h2>\n");
        paragraph(out, "question", experimentResult.question());
        out.append("<dl>\n");
        term(out, messages.text("report.expected"), experimentResult.expected());
        term(out, messages.text("report.measured"), experimentResult.measured());
        term(out, messages.text("report.why"), experimentResult.why());
        out.append("</dl>\n");
        experimentResult.tables().forEach(resultTable -> table(out, resultTable));
        experimentResult.charts().forEach(chartData -> chart(out, chartData));
        timeline(out, experimentResult);
        for (CheckedFact checkedFact : experimentResult.facts()) {
            if (!checkedFact.holds()) {
                paragraph(out, "wrong", messages.text("report.wrong", checkedFact.claim()));
            }
        }
        if (experimentResult.isRight()) {
            details(out, CheckedFact.allRight(messages, experimentResult.facts().size()), facts(experimentResult));
        }
        paragraph(
                out,
                "statistics",
                messages.text("report.statistics", experimentResult.statistics(), experimentResult.took()));
        out.append("</section>\n");
    }

    private static String facts(ExperimentResult experimentResult) {
        StringBuilder list = new StringBuilder("<ul>");
        experimentResult
                .facts()
                .forEach(checkedFact -> list.append("<li>")
                        .append(MarkupText.text(checkedFact.claim()))
                        .append("</li>"));
        return list.append("</ul>").toString();
    }

    private static void paragraph(StringBuilder out, String kind, String words) {
        out.append("<p class=\"")
                .append(kind)
                .append("\">")
                .append(MarkupText.text(words))
                .append("</p>\n");
    }

    private static void term(StringBuilder out, String term, String words) {
        out.append("<dt>")
                .append(term)
                .append("</dt><dd>")
                .append(MarkupText.text(words))
                .append("</dd>\n");
    }

    private static void details(StringBuilder out, String summary, String body) {
        out.append("<details><summary>")
                .append(MarkupText.text(summary))
                .append("</summary>")
                .append(body)
                .append("</details>\n");
    }

    private static void table(StringBuilder out, ResultTable resultTable) {
        out.append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"")
                .append(MarkupText.text(resultTable.title()))
                .append("\"><table><caption>")
                .append(MarkupText.text(resultTable.title()))
                .append("</caption><thead><tr>");
        resultTable
                .headings()
                .forEach(heading -> out.append("<th scope=\"col\">")
                        .append(MarkupText.text(heading))
                        .append("</th>"));
        out.append("</tr></thead><tbody>\n");
        for (List<Object> row : resultTable.rows()) {
            out.append("<tr>");
            for (int column = 0; column < row.size(); column++) {
                out.append("<td data-heading=\"")
                        .append(MarkupText.text(resultTable.headings().get(column)))
                        .append(row.get(column) instanceof MeasuredAmount ? "\" class=\"number\">" : "\">")
                        .append(MarkupText.text(row.get(column)))
                        .append("</td>");
            }
            out.append("</tr>\n");
        }
        out.append("</tbody></table></div>\n");
    }

    /** Writes a canvas for the chart, and the same numbers as text. */
    private void chart(StringBuilder out, ChartData chartData) {
        out.append("<figure><figcaption>")
                .append(MarkupText.text(chartData.title()))
                .append("</figcaption><div class=\"chart\"><canvas id=\"chart-")
                .append(charts.size())
                .append("\" role=\"img\" aria-label=\"")
                .append(MarkupText.text(chartData.title()))
                .append(worded(". @{report.numbers-follow}\"></canvas></div>\n"));
        charts.add(NumbersFile.chart(chartData));
        List<String> headings = new ArrayList<>(List.of(chartData.across()));
        chartData.series().forEach(series -> headings.add(series.name() + ", " + chartData.up()));
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < chartData.labels().size(); i++) {
            List<Object> row = new ArrayList<>(List.of(chartData.labels().get(i)));
            int index = i;
            chartData
                    .series()
                    .forEach(series ->
                            row.add(MeasuredAmount.count(series.values().get(index))));
            rows.add(row);
        }
        StringBuilder numbers = new StringBuilder();
        table(numbers, new ResultTable(chartData.title(), headings, rows, -1));
        details(out, messages.text("report.numbers-of-chart"), numbers.toString());
        out.append("</figure>\n");
    }

    private void timeline(StringBuilder out, ExperimentResult experimentResult) {
        if (experimentResult.timeline().isEmpty()) {
            return;
        }
        out.append(worded("<figure><figcaption>@{report.timeline}</figcaption>\n"
                        + "<p class=\"zoom\"><button type=\"button\" data-zoom=\"2\">@{report.zoom-in}</button> <button"
                        + " type=\"button\" data-zoom=\"0.5\">@{report.zoom-out}</button> <button type=\"button\""
                        + " data-zoom=\"0\">@{report.whole}</button></p>\n"
                        + "<div class=\"scroll timeline\" tabindex=\"0\" role=\"region\" aria-label=\""))
                .append(MarkupText.text(messages.text("report.timeline-keys", experimentResult.name())))
                .append("\">")
                .append("<div class=\"wide\">")
                .append(TimelineSvg.wide(experimentResult.name(), experimentResult.timeline(), messages)
                        .inPage())
                .append("</div><div class=\"narrow\">")
                .append(TimelineSvg.narrow(experimentResult.name(), experimentResult.timeline(), messages)
                        .inPage())
                .append("</div></div><p class=\"said\" aria-live=\"polite\"></p>\n");
        if (experimentResult.timeline().leftOut() > 0) {
            paragraph(
                    out,
                    "statistics",
                    messages.text("report.left-out", experimentResult.timeline().leftOut()));
        }
        var table = ResultTable.of(
                messages.text("report.first-bars"),
                messages.label("way"),
                messages.label("worker"),
                messages.label("task"),
                messages.label("what"),
                messages.label("from"),
                messages.label("to"));
        experimentResult.timeline().spans().stream()
                .limit(SPANS_AS_TEXT)
                .forEach((TimeSpan timeSpan) -> table.row(
                        timeSpan.group(),
                        timeSpan.lane(),
                        timeSpan.task(),
                        messages.text("report.kind." + timeSpan.kind().name().toLowerCase(Locale.ROOT)),
                        MeasuredAmount.nanos(timeSpan.start()),
                        MeasuredAmount.nanos(timeSpan.end())));
        StringBuilder numbers = new StringBuilder();
        table(numbers, table.build());
        details(out, messages.text("report.timeline-as-text"), numbers.toString());
        out.append("</figure>\n");
    }

    /**
     * Removes the source map's address, which developer tools would request, and escapes what would end the script
     * element.
     */
    private static String chartJs() throws IOException {
        try (InputStream file = open(
                "/META-INF/resources/webjars/chart.js/" + versions().getProperty("chartjs") + "/dist/chart.umd.js")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("(?m)^//# sourceMappingURL=.*$", "")
                    .replace("</script", "<\\/script");
        }
    }

    private static Properties versions() throws IOException {
        Properties versions = new Properties();
        try (InputStream file = open("/dev/pando/lab/version.properties")) {
            versions.load(file);
        }
        return versions;
    }

    private static String resource(String name) throws IOException {
        try (InputStream file = open("/dev/pando/lab/report/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream open(String name) throws IOException {
        InputStream file = ReportPage.class.getResourceAsStream(name);
        if (file == null) {
            throw new IOException(name + " is missing from the class path: build the lab again");
        }
        return file;
    }
}
