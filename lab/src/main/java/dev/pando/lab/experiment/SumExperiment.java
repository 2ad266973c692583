package dev.pando.lab.experiment;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.lab.result.Amount;
import dev.pando.lab.result.Chart;
import dev.pando.lab.result.Result;
import dev.pando.lab.result.Sample;
import dev.pando.lab.result.Table;
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
    public Result run(Bench bench) throws Exception {
        Findings found = new Findings(this, bench);
        Map<String, Backend> ways = new LinkedHashMap<>();
        ways.put("sequential", Caller.inline());
        ways.put("threads", Threads.of(4));
        ways.put("virtual", Virtual.unlimited());
        ways.put("processes", bench.processes(bench.crew()));

        var values = new LinkedHashMap<String, List<Long>>();
        var samples = new LinkedHashMap<String, Sample>();
        for (var way : ways.entrySet()) {
            bench.step("four sums, " + way.getKey());
            try (Pool pool = bench.with(way.getKey(), way.getValue()).open()) {
                samples.put(way.getKey(), found.sampled(bench.measure(bench.runs(), () -> values.put(way.getKey(), sums(pool)))));
            }
        }

        values.forEach((way, sums) -> found.fact("the four sums are right, " + way, sums.equals(Sums.VALUES)));
        report(bench, found, samples);
        return found.result();
    }

    private static List<Long> sums(Pool pool) {
        List<TaskFuture<Long>> futures = new ArrayList<>();
        for (long limit : Sums.LIMITS) {
            futures.add(pool.named(Sums.name(limit)).submit(Sums::upTo, limit));
        }
        return futures.stream().map(TaskFuture::result).toList();
    }

    private static void report(Bench bench, Findings found, Map<String, Sample> samples) throws Exception {
        var table = Table.of("The four values", "sum", "value", "alone");
        double[] alone = new double[Sums.LIMITS.size()];
        for (int i = 0; i < alone.length; i++) {
            long limit = Sums.LIMITS.get(i);
            Sample sample = bench.measure(bench.runs(), () -> Sums.upTo(limit));
            alone[i] = sample.median();
            table.row(Sums.name(limit), String.valueOf(Sums.upTo(limit)), sample.time());
        }
        found.table(table.bar("alone"));

        Sample sequential = Objects.requireNonNull(samples.get("sequential"));
        var ways = Table.of("All four, workers ready and warm", "way", "time", "speed-up").bar("time");
        samples.forEach((way, sample) -> ways.row(way, sample.time(), Amount.times(sample.speedUpOver(sequential))));
        found.table(ways);
        found.chart(Chart.bars("Four sums, by kind of worker", "way", "milliseconds")
                .labels(List.copyOf(samples.keySet()))
                .series("time", samples.values().stream().map(sample -> sample.median() / 1e6).toList()));

        double limit = Arrays.stream(alone).sum() / alone[alone.length - 1];
        double best = samples.values().stream().mapToDouble(sample -> sample.speedUpOver(sequential)).max().orElse(1);
        found.expected("The last sum is nine tenths of all the work and cannot be split among workers, so nothing gets faster"
                + " than all pieces together / the longest piece = %.2fx, with any number of workers.", limit);
        found.measured("The best way here came to %.2fx%s; the longest sum alone takes %s of the %s that all four take in turn.",
                best, best > 1.1 * limit ? " (more than the limit, so the measurement is noisy)" : "",
                Amount.nanos(alone[alone.length - 1]), sequential.time());
        found.why("A pool hands out whole tasks. When one task is most of the work, the other workers soon have nothing to do:"
                + " cut it into equal pieces first. %s", bench.cpus() == 1
                ? "This machine shows one processor, so no kind of worker can add faster anyway."
                : "Processes also pay for sending each task, which small sums do not earn back.");
    }
}
