package dev.pando.lab.experiment;

import dev.pando.lab.result.ChartData;
import dev.pando.lab.result.CheckedFact;
import dev.pando.lab.result.ExperimentResult;
import dev.pando.lab.result.MeasuredAmount;
import dev.pando.lab.result.ResultTable;
import dev.pando.lab.result.TimeSpan;
import dev.pando.lab.result.Timeline;
import dev.pando.lab.result.TimingSample;
import java.util.ArrayList;
import java.util.List;

/** Collects what an experiment finds, while it runs. Belongs to the thread that runs it. */
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
    private boolean shown = true;
    private String why = "";

    FindingCollector(Experiment experiment, ExperimentContext experimentContext) {
        this.experiment = experiment;
        this.experimentContext = experimentContext;
    }

    /** Adds a fact, whose claim is the message of this key with these values. */
    void fact(String key, boolean holds, Object... values) {
        facts.add(new CheckedFact(text(key, values), holds));
    }

    /** Adds a table, whose title, headings and words are labels. */
    void table(ResultTable.Builder table) {
        ResultTable plain = table.build();
        tables.add(new ResultTable(
                label(plain.title()),
                plain.headings().stream().map(this::label).toList(),
                plain.rows().stream().map(this::labelled).toList(),
                plain.bar()));
    }

    private List<Object> labelled(List<Object> row) {
        return row.stream()
                .map(cell -> cell instanceof String words ? (Object) label(words) : cell)
                .toList();
    }

    /** Adds a chart, whose title, axes and names are labels. */
    void chart(ChartData.Builder chart) {
        ChartData plain = chart.build();
        charts.add(new ChartData(
                plain.kind(),
                label(plain.title()),
                label(plain.across()),
                label(plain.up()),
                plain.labels().stream().map(this::label).toList(),
                plain.series().stream()
                        .map(series -> new ChartData.Series(label(series.name()), series.values()))
                        .toList()));
    }

    /** Returns the message of this key, with these values. */
    String text(String key, Object... values) {
        return experimentContext.text(key, values);
    }

    /** Returns a label in the language of the experiment. */
    String label(String english) {
        return experimentContext.messages().label(english);
    }

    /** Returns in words why a task has no result. */
    String reason(Throwable error) {
        return experimentContext.reason(error);
    }

    /** Adds the sample to the statistics and returns it. */
    TimingSample sampled(TimingSample timingSample) {
        samples.add(timingSample);
        return timingSample;
    }

    void expected(String key, Object... values) {
        expected = text(key, values);
    }

    void measured(String key, Object... values) {
        measured = text(key, values);
    }

    /**
     * Ends what was measured with whether the numbers show what was expected.
     *
     * @param missing what they do not show, each as a message; none if they show it all
     */
    void verdict(List<String> missing) {
        shown = missing.isEmpty();
        measured += " "
                + (shown ? text("common.shown") : text("common.not-shown", String.join(text("common.and"), missing)));
    }

    void why(String key, Object... values) {
        why = text(key, values);
    }

    ExperimentResult experimentResult() {
        return new ExperimentResult(
                experiment.name(),
                experiment.question(experimentContext.messages()),
                expected,
                measured,
                shown,
                why,
                facts,
                tables,
                charts,
                timeline(),
                statistics(),
                MeasuredAmount.nanos(System.nanoTime() - began));
    }

    /** Returns the timeline, whose groups and tasks are labels. The worker of a group is named after it. */
    private Timeline timeline() {
        Timeline plain = experimentContext.timelineRecorder().timeline();
        return new Timeline(
                plain.spans().stream()
                        .map(span -> new TimeSpan(
                                label(span.group()),
                                span.lane().startsWith(span.group() + "-")
                                        ? label(span.group())
                                                + span.lane()
                                                        .substring(span.group().length())
                                        : label(span.lane()),
                                span.kind() == TimeSpan.Kind.DEATH
                                        ? LossReason.of(experimentContext.messages(), span.task())
                                        : label(span.task()),
                                span.kind(),
                                span.start(),
                                span.end()))
                        .toList(),
                plain.leftOut());
    }

    private String statistics() {
        if (samples.isEmpty()) {
            return text("common.statistics.one-run");
        }
        int runs = samples.stream().mapToInt(TimingSample::runs).min().orElse(1);
        double spread = samples.stream().mapToDouble(TimingSample::spread).max().orElse(0);
        if (runs == 1) {
            return text("common.statistics.one-run-each");
        }
        boolean noisy = samples.stream().anyMatch(TimingSample::isNoisy);
        return text(noisy ? "common.statistics.noisy" : "common.statistics.runs", runs, 100 * spread);
    }
}
