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
import java.util.Comparator;
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
    public int steps() {
        return 4;
    }

    @Override
    public boolean takesCluster() {
        return true;
    }

    @Override
    public ExperimentResult run(ExperimentContext experimentContext) throws Exception {
        FindingCollector found = new FindingCollector(this, experimentContext);
        Map<String, Backend> ways = new LinkedHashMap<>();
        ways.put("sequential", Caller.inline());
        ways.put("threads", Threads.of(4));
        ways.put("virtual", Virtual.unlimited());
        ways.put("processes", experimentContext.processes(experimentContext.crew()));
        Backend cluster = experimentContext.cluster();
        if (cluster != null) {
            ways.put("cluster", cluster);
        }

        var values = new LinkedHashMap<String, List<Long>>();
        var samples = new LinkedHashMap<String, TimingSample>();
        List<double[]> pieces = new ArrayList<>();
        for (var way : ways.entrySet()) {
            experimentContext.step("sum.step", way.getKey());
            boolean inTurn = way.getValue() instanceof Caller;
            try (Pool pool =
                    experimentContext.with(way.getKey(), way.getValue()).open()) {
                samples.put(way.getKey(), found.sampled(experimentContext.measure(experimentContext.runs(), () -> {
                    double[] each = new double[SumWork.LIMITS.size()];
                    values.put(way.getKey(), sums(pool, each));
                    return inTurn && pieces.add(each);
                })));
            }
        }

        values.forEach((way, sums) -> found.fact("sum.fact.four-sums-are-right", sums.equals(SumWork.VALUES), way));
        // Without the first run, which warms up. Of the runs whose whole time counts, so that no part exceeds it.
        tell(found, medians(pieces.subList(1, pieces.size())), samples, experimentContext.cpus());
        return found.experimentResult();
    }

    private static double[] medians(List<double[]> pieces) {
        double[] medians = new double[SumWork.LIMITS.size()];
        for (int i = 0; i < medians.length; i++) {
            int sum = i;
            medians[i] = new TimingSample(
                            pieces.stream().mapToDouble(each -> each[sum]).toArray())
                    .median();
        }
        return medians;
    }

    /** Where the pool runs a task when it is submitted, {@code each} gets the time of each sum. */
    private static List<Long> sums(Pool pool, double[] each) {
        List<TaskFuture<Long>> futures = new ArrayList<>();
        for (long limit : SumWork.LIMITS) {
            long start = System.nanoTime();
            futures.add(pool.named(SumWork.name(limit)).submit(SumWork::upTo, limit));
            each[futures.size() - 1] = System.nanoTime() - start;
        }
        return futures.stream().map(TaskFuture::result).toList();
    }

    /** Writes what follows from the times of the four sums in turn, and of each way. Pure. */
    static void tell(FindingCollector found, double[] alone, Map<String, TimingSample> samples, int cpus) {
        var table = ResultTable.of("The four values", "sum", "value", "alone");
        for (int i = 0; i < alone.length; i++) {
            table.row(
                    SumWork.name(SumWork.LIMITS.get(i)),
                    String.valueOf(SumWork.VALUES.get(i)),
                    MeasuredAmount.nanos(alone[i]));
        }
        found.table(table.bar("alone"));

        TimingSample sequential = Objects.requireNonNull(samples.get("sequential"));
        var ways = ResultTable.of("All four, workers ready and warm", "way", "time", "speed-up")
                .bar("time");
        samples.forEach((way, timingSample) ->
                ways.row(way, timingSample.time(), MeasuredAmount.times(timingSample.speedUpOver(sequential))));
        double longest = Arrays.stream(alone).max().orElse(1);
        double together = Math.max(Arrays.stream(alone).sum(), longest);
        found.table(ways.row("the four alone, added up", MeasuredAmount.nanos(together), ""));
        found.chart(ChartData.bars("Four sums, by kind of worker", "way", "milliseconds")
                .labels(List.copyOf(samples.keySet()))
                .series(
                        "time",
                        samples.values().stream()
                                .map(timingSample -> timingSample.median() / 1e6)
                                .toList()));

        double limit = together / longest;
        var best = samples.entrySet().stream()
                .filter(entry -> !entry.getKey().equals("sequential"))
                .min(Comparator.comparingDouble(entry -> entry.getValue().median()))
                .orElseThrow();
        double gain = best.getValue().speedUpOver(sequential);
        found.expected("sum.expected", 100 * longest / together, limit);
        found.measured(
                "sum.measured",
                best.getKey(),
                SpeedWords.fast(gain),
                MeasuredAmount.nanos(longest),
                MeasuredAmount.nanos(together));
        found.verdict(SpeedWords.missing(
                gain <= SpeedWords.EQUAL * limit,
                found.text("sum.missing.way-beat-limit-so-other"),
                cpus == 1 || gain >= 1 / SpeedWords.EQUAL,
                found.text("sum.missing.no-way-came-up-to")));
        found.why(cpus == 1 ? "sum.why.one-cpu" : "sum.why");
    }
}
