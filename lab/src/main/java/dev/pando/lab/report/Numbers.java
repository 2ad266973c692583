package dev.pando.lab.report;

import dev.pando.lab.result.Chart;
import dev.pando.lab.result.Machine;
import dev.pando.lab.result.Result;
import dev.pando.lab.result.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All measurements as JSON, for programs. Numbers keep all digits and name their unit. */
record Numbers(Report report) {

    String json() {
        Machine machine = report.machine();
        Map<String, Object> where = new LinkedHashMap<>();
        where.put("cpus", machine.cpus());
        where.put("heap", machine.heap());
        where.put("java", machine.java());
        where.put("vendor", machine.vendor());
        where.put("os", machine.os());
        where.put("flags", machine.flags());
        where.put("load", machine.load());
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("machine", where);
        all.put("experiments", report.results().stream().map(Numbers::experiment).toList());
        return Json.of(all) + "\n";
    }

    private static Map<String, Object> experiment(Result result) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("name", result.name());
        all.put("question", result.question());
        all.put("expected", result.expected());
        all.put("measured", result.measured());
        all.put("why", result.why());
        all.put("statistics", result.statistics());
        all.put("took", result.took());
        all.put("right", result.isRight());
        all.put("facts", result.facts().stream().map(fact -> Map.of("claim", fact.claim(), "holds", fact.holds())).toList());
        all.put("tables", result.tables().stream().map(Numbers::table).toList());
        all.put("charts", result.charts().stream().map(Numbers::chart).toList());
        return all;
    }

    private static Map<String, Object> table(Table table) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("title", table.title());
        all.put("headings", table.headings());
        all.put("rows", table.rows());
        return all;
    }

    /** Also the data of the page's charts. */
    static Map<String, Object> chart(Chart chart) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("kind", chart.kind() == Chart.Kind.BARS ? "bar" : "line");
        all.put("title", chart.title());
        all.put("across", chart.across());
        all.put("up", chart.up());
        all.put("labels", chart.labels());
        all.put("series", chart.series().stream().map(series -> Map.of("name", series.name(), "values",
                List.copyOf(series.values()))).toList());
        return all;
    }
}
