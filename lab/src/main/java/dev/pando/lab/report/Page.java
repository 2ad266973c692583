package dev.pando.lab.report;

import dev.pando.lab.result.Amount;
import dev.pando.lab.result.Chart;
import dev.pando.lab.result.Fact;
import dev.pando.lab.result.Result;
import dev.pando.lab.result.Span;
import dev.pando.lab.result.Table;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * The report as one page that opens without a network: text, tables, timelines as SVG, and charts. Chart.js, which
 * draws the charts, is copied from its jar into the page. Without scripts only the charts are missing.
 */
final class Page {
    private static final int SPANS_AS_TEXT = 200;

    private final Report report;
    private final List<Object> charts = new ArrayList<>();

    Page(Report report) {
        this.report = report;
    }

    String html() throws IOException {
        StringBuilder links = new StringBuilder();
        StringBuilder sections = new StringBuilder();
        for (Result result : report.results()) {
            links.append("<a href=\"#").append(Markup.text(result.name())).append("\">").append(Markup.text(result.name()))
                    .append("</a>\n");
            section(sections, result);
        }
        return resource("page.html")
                .replace("@style@", resource("page.css"))
                .replace("@machine@", Markup.text(report.machine().toString()))
                .replace("@links@", links)
                .replace("@sections@", sections)
                .replace("@data@", Json.of(charts))
                .replace("@chartjs@", chartJs())
                .replace("@script@", resource("page.js"));
    }

    private void section(StringBuilder out, Result result) {
        out.append("<section id=\"").append(Markup.text(result.name())).append("\">\n<h2>").append(Markup.text(result.name()))
                .append("</h2>\n");
        paragraph(out, "question", result.question());
        out.append("<dl>\n");
        term(out, "Expected", result.expected());
        term(out, "Measured", result.measured());
        term(out, "Why", result.why());
        out.append("</dl>\n");
        result.tables().forEach(table -> table(out, table));
        result.charts().forEach(chart -> chart(out, chart));
        timeline(out, result);
        for (Fact fact : result.facts()) {
            if (!fact.holds()) {
                paragraph(out, "wrong", "Wrong: this should be true on every machine, and is not: " + fact.claim());
            }
        }
        if (result.isRight()) {
            details(out, Fact.count(result.facts().size()) + ": all right", facts(result));
        }
        paragraph(out, "statistics", "Statistics: " + result.statistics() + "; took " + result.took() + ".");
        out.append("</section>\n");
    }

    private static String facts(Result result) {
        StringBuilder list = new StringBuilder("<ul>");
        result.facts().forEach(fact -> list.append("<li>").append(Markup.text(fact.claim())).append("</li>"));
        return list.append("</ul>").toString();
    }

    private static void paragraph(StringBuilder out, String kind, String words) {
        out.append("<p class=\"").append(kind).append("\">").append(Markup.text(words)).append("</p>\n");
    }

    private static void term(StringBuilder out, String term, String words) {
        out.append("<dt>").append(term).append("</dt><dd>").append(Markup.text(words)).append("</dd>\n");
    }

    private static void details(StringBuilder out, String summary, String body) {
        out.append("<details><summary>").append(Markup.text(summary)).append("</summary>").append(body).append("</details>\n");
    }

    private static void table(StringBuilder out, Table table) {
        out.append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"").append(Markup.text(table.title()))
                .append("\"><table><caption>").append(Markup.text(table.title())).append("</caption><thead><tr>");
        table.headings().forEach(heading -> out.append("<th scope=\"col\">").append(Markup.text(heading)).append("</th>"));
        out.append("</tr></thead><tbody>\n");
        for (List<Object> row : table.rows()) {
            out.append("<tr>");
            for (Object cell : row) {
                out.append(cell instanceof Amount ? "<td class=\"number\">" : "<td>").append(Markup.text(cell)).append("</td>");
            }
            out.append("</tr>\n");
        }
        out.append("</tbody></table></div>\n");
    }

    /** Writes a canvas for the chart, and the same numbers as text. */
    private void chart(StringBuilder out, Chart chart) {
        out.append("<figure><figcaption>").append(Markup.text(chart.title()))
                .append("</figcaption><div class=\"chart\"><canvas id=\"chart-")
                .append(charts.size()).append("\" role=\"img\" aria-label=\"").append(Markup.text(chart.title()))
                .append(". The numbers follow as text.\"></canvas></div>\n");
        charts.add(Numbers.chart(chart));
        List<String> headings = new ArrayList<>(List.of(chart.across()));
        chart.series().forEach(series -> headings.add(series.name() + ", " + chart.up()));
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < chart.labels().size(); i++) {
            List<Object> row = new ArrayList<>(List.of(chart.labels().get(i)));
            int index = i;
            chart.series().forEach(series -> row.add(Amount.count(series.values().get(index))));
            rows.add(row);
        }
        StringBuilder numbers = new StringBuilder();
        table(numbers, new Table(chart.title(), headings, rows, -1));
        details(out, "The numbers of this chart", numbers.toString());
        out.append("</figure>\n");
    }

    private static void timeline(StringBuilder out, Result result) {
        if (result.timeline().isEmpty()) {
            return;
        }
        out.append("<figure><figcaption>Timeline: what ran when, on which worker. Pale: waiting. A thin line: waiting for a worker.</figcaption>\n")
                .append("<div class=\"scroll timeline\" tabindex=\"0\" role=\"region\" aria-label=\"Timeline of ")
                .append(Markup.text(result.name()))
                .append("; the arrow keys walk along its bars\">").append(new TimelineSvg(result.name(), result.timeline()).inPage())
                .append("</div><p class=\"said\" aria-live=\"polite\"></p>\n");
        if (result.timeline().leftOut() > 0) {
            paragraph(out, "statistics", result.timeline().leftOut() + " further bars are left out, because they could not be told apart.");
        }
        var table = Table.of("The first bars of the timeline", "way", "worker", "task", "what", "from", "to");
        result.timeline().spans().stream().limit(SPANS_AS_TEXT).forEach((Span span) -> table.row(span.group(), span.lane(), span.task(),
                switch (span.kind()) {
                    case RUN -> "ran";
                    case WAIT -> "waited";
                    case QUEUED -> "waited for a worker";
                }, Amount.nanos(span.start()), Amount.nanos(span.end())));
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
        Properties versions = new Properties();
        try (InputStream file = open("/dev/pando/lab/version.properties")) {
            versions.load(file);
        }
        try (InputStream file = open("/META-INF/resources/webjars/chart.js/" + versions.getProperty("chartjs") + "/dist/chart.umd.js")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("(?m)^//# sourceMappingURL=.*$", "")
                    .replace("</script", "<\\/script");
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream file = open("/dev/pando/lab/report/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream open(String name) throws IOException {
        InputStream file = Page.class.getResourceAsStream(name);
        if (file == null) {
            throw new IOException(name + " is missing from the class path: build the lab again");
        }
        return file;
    }
}
