package dev.pando.lab.experiment;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.lab.result.Amount;
import dev.pando.lab.result.Chart;
import dev.pando.lab.result.Result;
import dev.pando.lab.result.Table;
import dev.pando.local.Threads;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One thread adds, one subtracts: the wrong answer, the right ones, and what each costs. */
final class RaceExperiment implements Experiment {
    @Override
    public String name() {
        return "race";
    }

    @Override
    public String question() {
        return "One thread adds one, another subtracts one, equally often: is the result zero, and what does it cost to make sure?";
    }

    @Override
    public int steps() {
        return 6;
    }

    @Override
    public Result run(Bench bench) throws Exception {
        Findings found = new Findings(this, bench);
        long times = bench.pick(50_000, 20_000_000, 100_000_000);
        long unprotected = 0;
        var table = Table.of("Two threads, " + Amount.count(times) + " times each", "protection", "result", "time", "a change").bar("time");
        List<String> names = new ArrayList<>();
        Map<Tug, Double> costs = new EnumMap<>(Tug.class);
        try (Pool pool = bench.with("threads", Threads.of(2)).open()) {
            for (Tug tug : Tug.values()) {
                bench.step(tug.title);
                race(pool, tug, Math.min(times, 100_000)); // warms up
                long start = System.nanoTime();
                long result = race(pool, tug, times);
                double nanos = System.nanoTime() - start;
                table.row(tug.title, Amount.count(result), Amount.nanos(nanos), Amount.nanos(nanos / (2 * times)));
                names.add(tug.title);
                costs.put(tug, nanos / (2 * times));
                if (tug == Tug.NOTHING) {
                    unprotected = result;
                } else {
                    found.fact("zero, with " + tug.title, result == 0);
                }
            }
            bench.step("a dot product");
            dotProduct(pool, found, bench);
        }
        found.table(table);
        found.chart(Chart.bars("What a change costs", "protection", "nanoseconds").labels(names)
                .series("one change", List.copyOf(costs.values())));
        explain(found, bench, unprotected, costs);
        return found.result();
    }

    private static long race(Pool pool, Tug tug, long times) {
        Tug.Rope rope = tug.tie();
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
    private static void dotProduct(Pool pool, Findings found, Bench bench) {
        int length = (int) bench.pick(10_000, 1_000_000, 10_000_000);
        long expected = 0;
        for (int i = 0; i < length; i++) {
            expected += (long) (i % 100) * (i % 7);
        }
        Tug.Rope total = Tug.MUTEX.tie();
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
        found.fact("the dot product from two partial sums under a mutex is that of one thread", total.position() == expected);
    }

    private static void explain(Findings found, Bench bench, long unprotected, Map<Tug, Double> costs) {
        found.expected("Adding one is three steps: read, add, write. If the other thread writes between them, its change is lost, so without"
                + " protection anything may come out; every protection makes it zero.");
        found.measured("Without protection the result was %s%s. A change took %s without, %s with a mutex, %s with an atomic, and %s where each"
                        + " thread counts by itself and adds once.",
                Amount.count(unprotected), unprotected == 0 ? ": right this time, by luck" : ", which is wrong",
                Amount.nanos(costs.getOrDefault(Tug.NOTHING, Double.NaN)), Amount.nanos(costs.getOrDefault(Tug.MUTEX, Double.NaN)),
                Amount.nanos(costs.getOrDefault(Tug.ATOMIC, Double.NaN)), Amount.nanos(costs.getOrDefault(Tug.PARTIAL, Double.NaN)));
        found.why("Each protection lets one thread through at a time, and the memory cell travels from processor to processor."
                + " The cheapest protection is not to share: partial results, put together at the end.%s",
                bench.cpus() == 1 ? " With one processor, threads take turns of milliseconds and collide rarely." : "");
    }
}
