package dev.pando.lab.report;

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

/**
 * The report as one page that opens without a network: text, tables, timelines as SVG, and charts. Chart.js, which
 * draws the charts, is copied from its jar into the page. Without scripts only the charts are missing.
 */
final class ReportPage {
    private static final int SPANS_AS_TEXT = 200;
    private static final DateTimeFormatter WRITTEN = DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm", Locale.ENGLISH);

    private final LabReport labReport;
    private final List<Object> charts = new ArrayList<>();

    ReportPage(LabReport labReport) {
        this.labReport = labReport;
    }

    String html() throws IOException {
        StringBuilder sections = new StringBuilder();
        labReport.results().forEach(experimentResult -> section(sections, experimentResult));
        return resource("page.html")
                .replace("@style@", resource("page.css"))
                .replace("@machine@", MarkupText.text(labReport.machineInfo().toString()))
                .replace("@summary@", summary())
                .replace("@sections@", sections)
                .replace("@data@", JsonWriter.of(charts))
                .replace("@chartjs@", chartJs())
                .replace("@script@", resource("page.js").replace("@colours@", JsonWriter.of(ColourTable.all())));
    }

    /** A line for each experiment, and where and when they ran. */
    private String summary() throws IOException {
        StringBuilder table = new StringBuilder("<table class=\"summary\"><caption>")
                .append(labReport.results().size())
                .append(" experiments, ")
                .append(WRITTEN.format(ZonedDateTime.now(ZoneId.systemDefault())))
                .append(", Pando ")
                .append(MarkupText.text(versions().getProperty("version")))
                .append("</caption><thead><tr><th scope=\"col\">experiment</th><th scope=\"col\">this run</th>"
                        + "<th scope=\"col\">facts</th><th scope=\"col\">took</th></tr></thead><tbody>\n");
        for (ExperimentResult result : labReport.results()) {
            long right = result.facts().stream().filter(CheckedFact::holds).count();
            table.append("<tr><td data-heading=\"experiment\"><a href=\"#")
                    .append(MarkupText.text(result.name()))
                    .append("\">")
                    .append(MarkupText.text(result.name()))
                    .append("</a></td><td data-heading=\"this run\">")
                    .append(
                            !result.isRight()
                                    ? "<strong class=\"wrong\">is wrong</strong>"
                                    : result.isShown() ? "shows what was expected" : "does not show it")
                    .append("</td><td data-heading=\"facts\">")
                    .append(right)
                    .append(" of ")
                    .append(result.facts().size())
                    .append("</td><td data-heading=\"took\" class=\"number\">")
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
        term(out, "Expected", experimentResult.expected());
        term(out, "Measured", experimentResult.measured());
        term(out, "Why", experimentResult.why());
        out.append("</dl>\n");
        experimentResult.tables().forEach(resultTable -> table(out, resultTable));
        experimentResult.charts().forEach(chartData -> chart(out, chartData));
        timeline(out, experimentResult);
        for (CheckedFact checkedFact : experimentResult.facts()) {
            if (!checkedFact.holds()) {
                paragraph(
                        out,
                        "wrong",
                        "Wrong: this should be true on every machine, and is not: " + checkedFact.claim());
            }
        }
        if (experimentResult.isRight()) {
            details(out, CheckedFact.count(experimentResult.facts().size()) + ": all right", facts(experimentResult));
        }
        paragraph(
                out,
                "statistics",
                "Statistics: " + experimentResult.statistics() + "; took " + experimentResult.took() + ".");
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
                .append(". The numbers follow as text.\"></canvas></div>\n");
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
        details(out, "The numbers of this chart", numbers.toString());
        out.append("</figure>\n");
    }

    private static void timeline(StringBuilder out, ExperimentResult experimentResult) {
        if (experimentResult.timeline().isEmpty()) {
            return;
        }
        out.append("<figure><figcaption>Timeline: what ran when, on which worker. Hollow: waiting. A thin line:"
                        + " waiting for a worker. A cross: the worker died.</figcaption>\n")
                .append("<p class=\"zoom\"><button type=\"button\" data-zoom=\"2\">Zoom in</button> <button"
                        + " type=\"button\" data-zoom=\"0.5\">Zoom out</button> <button type=\"button\""
                        + " data-zoom=\"0\">Whole</button></p>\n")
                .append("<div class=\"scroll timeline\" tabindex=\"0\" role=\"region\" aria-label=\"Timeline of ")
                .append(MarkupText.text(experimentResult.name()))
                .append("; the arrow keys walk along its bars\">")
                .append("<div class=\"wide\">")
                .append(TimelineSvg.wide(experimentResult.name(), experimentResult.timeline())
                        .inPage())
                .append("</div><div class=\"narrow\">")
                .append(TimelineSvg.narrow(experimentResult.name(), experimentResult.timeline())
                        .inPage())
                .append("</div></div><p class=\"said\" aria-live=\"polite\"></p>\n");
        if (experimentResult.timeline().leftOut() > 0) {
            paragraph(
                    out,
                    "statistics",
                    experimentResult.timeline().leftOut()
                            + " further bars are left out, because they could not be told apart.");
        }
        var table = ResultTable.of("The first bars of the timeline", "way", "worker", "task", "what", "from", "to");
        experimentResult.timeline().spans().stream()
                .limit(SPANS_AS_TEXT)
                .forEach((TimeSpan timeSpan) -> table.row(
                        timeSpan.group(),
                        timeSpan.lane(),
                        timeSpan.task(),
                        switch (timeSpan.kind()) {
                            case RUN -> "ran";
                            case WAIT -> "waited";
                            case QUEUED -> "waited for a worker";
                            case DEATH -> "died";
                        },
                        MeasuredAmount.nanos(timeSpan.start()),
                        MeasuredAmount.nanos(timeSpan.end())));
        StringBuilder numbers = new StringBuilder();
        table(numbers, table.build());
        details(out, "This timeline as text", numbers.toString());
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
