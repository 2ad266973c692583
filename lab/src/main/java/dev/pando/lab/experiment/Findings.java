package dev.pando.lab.experiment;

import dev.pando.lab.result.Amount;
import dev.pando.lab.result.Chart;
import dev.pando.lab.result.Fact;
import dev.pando.lab.result.Result;
import dev.pando.lab.result.Sample;
import dev.pando.lab.result.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Collects what an experiment finds, while it runs. Belongs to the thread that runs it. */
@SuppressWarnings("AnnotateFormatMethod") // that annotation would be a dependency
final class Findings {
    private final Experiment experiment;
    private final Bench bench;
    private final long began = System.nanoTime();
    private final List<Fact> facts = new ArrayList<>();
    private final List<Table> tables = new ArrayList<>();
    private final List<Chart> charts = new ArrayList<>();
    private final List<Sample> samples = new ArrayList<>();
    private String expected = "";
    private String measured = "";
    private String why = "";

    Findings(Experiment experiment, Bench bench) {
        this.experiment = experiment;
        this.bench = bench;
    }

    void fact(String claim, boolean holds) {
        facts.add(new Fact(claim, holds));
    }

    void table(Table.Builder table) {
        tables.add(table.build());
    }

    void chart(Chart.Builder chart) {
        charts.add(chart.build());
    }

    /** Adds the sample to the statistics and returns it. */
    Sample sampled(Sample sample) {
        samples.add(sample);
        return sample;
    }

    void expected(String text, Object... values) {
        expected = String.format(Locale.ROOT, text, values);
    }

    void measured(String text, Object... values) {
        measured = String.format(Locale.ROOT, text, values);
    }

    void why(String text, Object... values) {
        why = String.format(Locale.ROOT, text, values);
    }

    Result result() {
        return new Result(experiment.name(), experiment.question(), expected, measured, why, facts, tables, charts,
                bench.recorder().timeline(), statistics(), Amount.nanos(System.nanoTime() - began));
    }

    private String statistics() {
        if (samples.isEmpty()) {
            return "one run: times are an impression";
        }
        int runs = samples.stream().mapToInt(Sample::runs).min().orElse(1);
        double spread = samples.stream().mapToDouble(Sample::spread).max().orElse(0);
        if (runs == 1) {
            return "one run each: times are an impression";
        }
        String text = String.format(Locale.ROOT, "medians of %d runs after one to warm up; they differ by up to %.0f %%", runs,
                100 * spread);
        return samples.stream().noneMatch(Sample::isNoisy)
                ? text
                : text + ", which is noisy: close the other programs and run it again before you trust small differences";
    }
}
