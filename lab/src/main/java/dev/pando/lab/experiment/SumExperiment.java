package dev.pando.lab.experiment;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.lab.result.ChartData;
import dev.pando.lab.result.ExperimentResult;
import dev.pando.lab.result.MeasuredAmount;
import dev.pando.lab.result.ResultTable;
import dev.pando.lab.result.TimingSample;
import dev.pando.local.Caller;
import dev.pando.local.Threads;
import dev.pando.local.Virtual;
import dev.pando.spi.Backend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Four sums of very different length, on each kind of worker: the longest sets the limit. */
final class SumExperiment implements Experiment {
    @Override
    public String name() {
        return "sum";
    }

    @Override
    public String question() {
        return "Four sums, the last ten times as long as the one before: how much faster are four workers than one?";
    }

    @Override
    public int steps() {
        return 4;
    }

    @Override
    public ExperimentResult run(ExperimentContext experimentContext) throws Exception {
        FindingCollector found = new FindingCollector(this, experimentContext);
        Map<String, Backend> ways = new LinkedHashMap<>();
        ways.put("sequential", Caller.inline());
        ways.put("threads", Threads.of(4));
        ways.put("virtual", Virtual.unlimited());
        ways.put("processes", experimentContext.processes(experimentContext.crew()));

        var values = new LinkedHashMap<String, List<Long>>();
        var samples = new LinkedHashMap<String, TimingSample>();
        for (var way : ways.entrySet()) {
            experimentContext.step("four sums, " + way.getKey());
            try (Pool pool =
                    experimentContext.with(way.getKey(), way.getValue()).open()) {
                samples.put(
                        way.getKey(),
                        found.sampled(experimentContext.measure(
                                experimentContext.runs(), () -> values.put(way.getKey(), sums(pool)))));
            }
        }

        values.forEach((way, sums) -> found.fact("the four sums are right, " + way, sums.equals(SumWork.VALUES)));
        report(experimentContext, found, samples);
        return found.experimentResult();
    }

    private static List<Long> sums(Pool pool) {
        List<TaskFuture<Long>> futures = new ArrayList<>();
        for (long limit : SumWork.LIMITS) {
            futures.add(pool.named(SumWork.name(limit)).submit(SumWork::upTo, limit));
        }
        return futures.stream().map(TaskFuture::result).toList();
    }

    private static void report(
            ExperimentContext experimentContext, FindingCollector found, Map<String, TimingSample> samples)
            throws Exception {
        var table = ResultTable.of("The four values", "sum", "value", "alone");
        double[] alone = new double[SumWork.LIMITS.size()];
        for (int i = 0; i < alone.length; i++) {
            long limit = SumWork.LIMITS.get(i);
            TimingSample timingSample = experimentContext.measure(experimentContext.runs(), () -> SumWork.upTo(limit));
            alone[i] = timingSample.median();
            table.row(SumWork.name(limit), String.valueOf(SumWork.upTo(limit)), timingSample.time());
        }
        found.table(table.bar("alone"));

        TimingSample sequential = Objects.requireNonNull(samples.get("sequential"));
        var ways = ResultTable.of("All four, workers ready and warm", "way", "time", "speed-up")
                .bar("time");
        samples.forEach((way, timingSample) ->
                ways.row(way, timingSample.time(), MeasuredAmount.times(timingSample.speedUpOver(sequential))));
        found.table(ways);
        found.chart(ChartData.bars("Four sums, by kind of worker", "way", "milliseconds")
                .labels(List.copyOf(samples.keySet()))
                .series(
                        "time",
                        samples.values().stream()
                                .map(timingSample -> timingSample.median() / 1e6)
                                .toList()));

        double limit = Arrays.stream(alone).sum() / alone[alone.length - 1];
        double best = samples.values().stream()
                .mapToDouble(timingSample -> timingSample.speedUpOver(sequential))
                .max()
                .orElse(1);
        found.expected(
                "The last sum is nine tenths of all the work and cannot be split among workers, so nothing gets faster"
                        + " than all pieces together / the longest piece = %.2fx, with any number of workers.",
                limit);
        found.measured(
                "The best way here came to %.2fx%s; the longest sum alone takes %s of the %s that all four take in"
                        + " turn.",
                best,
                best > 1.1 * limit ? " (more than the limit, so the measurement is noisy)" : "",
                MeasuredAmount.nanos(alone[alone.length - 1]),
                sequential.time());
        found.why(
                "A pool hands out whole tasks. When one task is most of the work, the other workers soon have nothing"
                        + " to do: cut it into equal pieces first. %s",
                experimentContext.cpus() == 1
                        ? "This machine shows one processor, so no kind of worker can add faster anyway."
                        : "Processes also pay for sending each task, which small sums do not earn back.");
    }
}
