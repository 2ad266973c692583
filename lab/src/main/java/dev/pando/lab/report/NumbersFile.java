package dev.pando.lab.report;

import dev.pando.lab.result.ChartData;
import dev.pando.lab.result.ExperimentResult;
import dev.pando.lab.result.MachineInfo;
import dev.pando.lab.result.ResultTable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All measurements as JSON, for programs. Numbers keep all digits and name their unit. */
record NumbersFile(LabReport labReport) {

    String json() {
        MachineInfo machineInfo = labReport.machineInfo();
        Map<String, Object> where = new LinkedHashMap<>();
        where.put("cpus", machineInfo.cpus());
        where.put("heap", machineInfo.heap());
        where.put("java", machineInfo.java());
        where.put("vendor", machineInfo.vendor());
        where.put("os", machineInfo.os());
        where.put("flags", machineInfo.flags());
        where.put("load", machineInfo.load());
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("machine", where);
        all.put(
                "experiments",
                labReport.results().stream().map(NumbersFile::experiment).toList());
        return JsonWriter.of(all) + "\n";
    }

    private static Map<String, Object> experiment(ExperimentResult experimentResult) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("name", experimentResult.name());
        all.put("question", experimentResult.question());
        all.put("expected", experimentResult.expected());
        all.put("measured", experimentResult.measured());
        all.put("why", experimentResult.why());
        all.put("statistics", experimentResult.statistics());
        all.put("took", experimentResult.took());
        all.put("right", experimentResult.isRight());
        all.put(
                "facts",
                experimentResult.facts().stream()
                        .map(checkedFact -> Map.of("claim", checkedFact.claim(), "holds", checkedFact.holds()))
                        .toList());
        all.put(
                "tables",
                experimentResult.tables().stream().map(NumbersFile::table).toList());
        all.put(
                "charts",
                experimentResult.charts().stream().map(NumbersFile::chart).toList());
        return all;
    }

    private static Map<String, Object> table(ResultTable resultTable) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("title", resultTable.title());
        all.put("headings", resultTable.headings());
        all.put("rows", resultTable.rows());
        return all;
    }

    /** Also the data of the page's charts. */
    static Map<String, Object> chart(ChartData chartData) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("kind", chartData.kind() == ChartData.Kind.BARS ? "bar" : "line");
        all.put("title", chartData.title());
        all.put("across", chartData.across());
        all.put("up", chartData.up());
        all.put("labels", chartData.labels());
        double[] numbers = AxisPlaces.numbers(chartData.labels());
        if (chartData.kind() == ChartData.Kind.LINES && numbers.length > 1) {
            all.put("places", Arrays.stream(numbers).boxed().toList());
            all.put("scale", AxisPlaces.isLogarithmic(chartData.labels()) ? "logarithmic" : "linear");
        }
        all.put(
                "series",
                chartData.series().stream()
                        .map(series -> Map.of("name", series.name(), "values", List.copyOf(series.values())))
                        .toList());
        return all;
    }
}
