package dev.pando.lab.experiment;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.lab.result.ChartData;
import dev.pando.lab.result.ExperimentResult;
import dev.pando.lab.result.MeasuredAmount;
import dev.pando.lab.result.ResultTable;
import dev.pando.local.Threads;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Two threads, of which one adds and one subtracts: the wrong answer, the right ones, and what each costs. */
final class RaceExperiment implements Experiment {
    @Override
    public String name() {
        return "race";
    }

    @Override
    public int steps() {
        return 6;
    }

    @Override
    public ExperimentResult run(ExperimentContext experimentContext) throws Exception {
        FindingCollector found = new FindingCollector(this, experimentContext);
        long times = experimentContext.pick(50_000, 20_000_000, 100_000_000);
        long unprotected = 0;
        var table = ResultTable.of(
                        found.text("race.title", MeasuredAmount.count(times)),
                        "protection",
                        "result",
                        "time",
                        "a change")
                .bar("time");
        List<String> names = new ArrayList<>();
        Map<RaceKind, Double> costs = new EnumMap<>(RaceKind.class);
        try (Pool pool = experimentContext.with("threads", Threads.of(2)).open()) {
            for (RaceKind raceKind : RaceKind.values()) {
                experimentContext.step(raceKind.title);
                race(pool, raceKind, Math.min(times, 100_000)); // warms up
                long start = System.nanoTime();
                long result = race(pool, raceKind, times);
                double nanos = System.nanoTime() - start;
                table.row(
                        raceKind.title,
                        MeasuredAmount.count(result),
                        MeasuredAmount.nanos(nanos),
                        MeasuredAmount.nanos(nanos / (2 * times)));
                names.add(raceKind.title);
                costs.put(raceKind, nanos / (2 * times));
                if (raceKind == RaceKind.NOTHING) {
                    unprotected = result;
                } else {
                    found.fact("race.fact.zero", result == 0, raceKind.title);
                }
            }
            experimentContext.step("a dot product");
            dotProduct(pool, found, experimentContext);
        }
        found.table(table);
        found.chart(ChartData.bars("What a change costs", "protection", "nanoseconds")
                .labels(names)
                .series("one change", List.copyOf(costs.values())));
        explain(found, experimentContext, unprotected, costs);
        return found.experimentResult();
    }

    private static long race(Pool pool, RaceKind raceKind, long times) {
        RaceKind.Rope rope = raceKind.tie();
        var up = pool.named("add").submit(() -> rope.pull(times, 1));
        var down = pool.named("subtract").submit(() -> rope.pull(times, -1));
        up.result();
        down.result();
        return rope.position();
    }

    /**
     * The alternative: threads share nothing while working, and each adds its part once, under a lock without
     * contention.
     */
    private static void dotProduct(Pool pool, FindingCollector found, ExperimentContext experimentContext) {
        int length = (int) experimentContext.pick(10_000, 1_000_000, 10_000_000);
        long expected = 0;
        for (int i = 0; i < length; i++) {
            expected += (long) (i % 100) * (i % 7);
        }
        RaceKind.Rope total = RaceKind.MUTEX.tie();
        List<TaskFuture<?>> parts = new ArrayList<>();
        for (int part = 0; part < 2; part++) {
            int from = part * length / 2;
            int to = (part + 1) * length / 2;
            parts.add(pool.named("dot product").submit(() -> {
                long sum = 0;
                for (int i = from; i < to; i++) {
                    sum += (long) (i % 100) * (i % 7);
                }
                total.pull(1, sum);
            }));
        }
        parts.forEach(TaskFuture::result);
        found.fact("race.fact.dot-product-from-two-partial", total.position() == expected);
    }

    private static void explain(
            FindingCollector found,
            ExperimentContext experimentContext,
            long unprotected,
            Map<RaceKind, Double> costs) {
        tell(found, experimentContext.cpus(), unprotected, costs);
    }

    /** Writes what follows from the result without protection, and the cost of a change with each. Pure. */
    static void tell(FindingCollector found, int cpus, long unprotected, Map<RaceKind, Double> costs) {
        RaceKind cheapest = costs.entrySet().stream()
                .filter(entry -> entry.getKey() != RaceKind.NOTHING)
                .min(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
        found.expected("race.expected");
        found.measured(
                "race.measured",
                MeasuredAmount.count(unprotected),
                MeasuredAmount.nanos(costs.getOrDefault(RaceKind.NOTHING, Double.NaN)),
                MeasuredAmount.nanos(costs.getOrDefault(RaceKind.MUTEX, Double.NaN)),
                MeasuredAmount.nanos(costs.getOrDefault(RaceKind.ATOMIC, Double.NaN)),
                MeasuredAmount.nanos(costs.getOrDefault(RaceKind.PARTIAL, Double.NaN)),
                cheapest.title);
        found.verdict(SpeedWords.missing(unprotected != 0, found.text("race.missing.result-right-this-time-by")));
        found.why(cpus == 1 ? "race.why.one-cpu" : "race.why");
    }
}
