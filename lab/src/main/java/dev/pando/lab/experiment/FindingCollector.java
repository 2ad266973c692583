package dev.pando.lab.experiment;

import dev.pando.lab.result.ChartData;
import dev.pando.lab.result.CheckedFact;
import dev.pando.lab.result.ExperimentResult;
import dev.pando.lab.result.MeasuredAmount;
import dev.pando.lab.result.ResultTable;
import dev.pando.lab.result.TimingSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Collects what an experiment finds, while it runs. Belongs to the thread that runs it. */
@SuppressWarnings("AnnotateFormatMethod") // that annotation would be a dependency
final class FindingCollector {
    private final Experiment experiment;
    private final ExperimentContext experimentContext;
    private final long began = System.nanoTime();
    private final List<CheckedFact> facts = new ArrayList<>();
    private final List<ResultTable> tables = new ArrayList<>();
    private final List<ChartData> charts = new ArrayList<>();
    private final List<TimingSample> samples = new ArrayList<>();
    private String expected = "";
    private String measured = "";
    private String why = "";

    FindingCollector(Experiment experiment, ExperimentContext experimentContext) {
        this.experiment = experiment;
        this.experimentContext = experimentContext;
    }

    void fact(String claim, boolean holds) {
        facts.add(new CheckedFact(claim, holds));
    }

    void table(ResultTable.Builder table) {
        tables.add(table.build());
    }

    void chart(ChartData.Builder chart) {
        charts.add(chart.build());
    }

    /** Adds the sample to the statistics and returns it. */
    TimingSample sampled(TimingSample timingSample) {
        samples.add(timingSample);
        return timingSample;
    }

    void expected(String text, Object... values) {
        expected = String.format(Locale.ROOT, text, values);
    }

    void measured(String text, Object... values) {
        measured = String.format(Locale.ROOT, text, values);
    }

    /**
     * Ends what was measured with whether the numbers show what was expected.
     *
     * @param missing what they do not show, as the end of a sentence; empty if they show it all
     */
    void verdict(String missing) {
        measured += missing.isEmpty()
                ? " " + ExperimentResult.SHOWN
                : " " + ExperimentResult.NOT_SHOWN + ": " + missing + ".";
    }

    void why(String text, Object... values) {
        why = String.format(Locale.ROOT, text, values);
    }

    ExperimentResult experimentResult() {
        return new ExperimentResult(
                experiment.name(),
                experiment.question(),
                expected,
                measured,
                why,
                facts,
                tables,
                charts,
                experimentContext.timelineRecorder().timeline(),
                statistics(),
                MeasuredAmount.nanos(System.nanoTime() - began));
    }

    private String statistics() {
        if (samples.isEmpty()) {
            return "one run: times are an impression";
        }
        int runs = samples.stream().mapToInt(TimingSample::runs).min().orElse(1);
        double spread = samples.stream().mapToDouble(TimingSample::spread).max().orElse(0);
        if (runs == 1) {
            return "one run each: times are an impression";
        }
        String text = String.format(
                Locale.ROOT,
                "medians of %d runs after one to warm up; they differ by up to %.0f %%",
                runs,
                100 * spread);
        return samples.stream().noneMatch(TimingSample::isNoisy)
                ? text
                : text
                        + ", which is noisy: close the other programs and run it again before you trust small"
                        + " differences";
    }
}
