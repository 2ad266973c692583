package dev.pando.lab.experiment;

import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.lab.result.ChartData;
import dev.pando.lab.result.ExperimentResult;
import dev.pando.lab.result.MeasuredAmount;
import dev.pando.lab.result.ResultTable;
import dev.pando.lab.result.TimingSample;
import dev.pando.local.Caller;
import dev.pando.local.Threads;
import dev.pando.loop.Loop;
import dev.pando.spi.Backend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Concurrency beside parallelism: many things under way on one thread, and many things done at the same instant. */
final class ParallelExperiment implements Experiment {
    private static final int JOBS = 4;

    /** How long four jobs that wait, and four that compute, took in one way. */
    record Way(double waiting, double computing) {}

    @Override
    public String name() {
        return "parallel";
    }

    @Override
    public int steps() {
        return 3;
    }

    @Override
    public ExperimentResult run(ExperimentContext experimentContext) throws Exception {
        FindingCollector found = new FindingCollector(this, experimentContext);
        long millis = experimentContext.pick(2, 25, 100);
        Map<String, Way> ways = new LinkedHashMap<>();
        ways.put("in turn", way(experimentContext, found, "in turn", Caller.inline(), millis, false));
        // Its tasks compute without giving way, on purpose: no warning.
        ways.put(
                "concurrent",
                way(experimentContext, found, "concurrent", Loop.create().warnAfter(Duration.ZERO), millis, true));
        ways.put("parallel", way(experimentContext, found, "parallel", Threads.of(JOBS), millis, false));
        tell(found, experimentContext.cpus(), ways);
        return found.experimentResult();
    }

    private static Way way(
            ExperimentContext experimentContext,
            FindingCollector found,
            String name,
            Backend backend,
            long millis,
            boolean onLoop)
            throws Exception {
        experimentContext.step(name);
        long steps = SpinWork.steps(1_000 * millis);
        try (Pool pool = experimentContext.with(name.replace(' ', '-'), backend).open()) {
            TimingSample waiting = found.sampled(measured(experimentContext, found, pool, "waits", () -> {
                if (onLoop) {
                    Loop.sleep(Duration.ofMillis(millis));
                } else {
                    Thread.sleep(millis);
                }
                return 1L;
            }));
            TimingSample computing = found.sampled(measured(experimentContext, found, pool, "computes", () -> {
                SpinWork.run(millis, steps);
                return 1L;
            }));
            return new Way(waiting.median(), computing.median());
        }
    }

    private static TimingSample measured(
            ExperimentContext experimentContext, FindingCollector found, Pool pool, String name, Task<Long> job)
            throws Exception {
        List<Long> last = new ArrayList<>();
        TimingSample sample = experimentContext.measure(experimentContext.runs(), () -> {
            List<TaskFuture<Long>> all = new ArrayList<>();
            for (int i = 0; i < JOBS; i++) {
                all.add(pool.named(name).submit(job));
            }
            last.clear();
            return last.addAll(all.stream().map(TaskFuture::result).toList());
        });
        found.fact("parallel.fact.all-four", last.size() == JOBS, name);
        return sample;
    }

    /** Writes what follows from the times of the ways: in turn, concurrent, parallel. Pure. */
    static void tell(FindingCollector found, int cpus, Map<String, Way> ways) {
        var table = ResultTable.of("Four jobs", "way", "threads", "waiting", "computing")
                .bar("computing");
        ways.forEach((name, way) -> table.row(
                name,
                MeasuredAmount.count(name.equals("parallel") ? JOBS : 1),
                MeasuredAmount.nanos(way.waiting),
                MeasuredAmount.nanos(way.computing)));
        found.table(table);
        found.chart(ChartData.bars("Four jobs", "way", "milliseconds")
                .labels(List.copyOf(ways.keySet()))
                .series(
                        "waiting",
                        ways.values().stream().map(way -> way.waiting / 1e6).toList())
                .series(
                        "computing",
                        ways.values().stream().map(way -> way.computing / 1e6).toList()));
        Way turn = ways.getOrDefault("in turn", new Way(1, 1));
        Way concurrent = ways.getOrDefault("concurrent", turn);
        Way parallel = ways.getOrDefault("parallel", turn);
        found.expected("parallel.expected", cpus);
        found.measured(
                "parallel.measured",
                SpeedWords.fast(turn.waiting / concurrent.waiting),
                SpeedWords.fast(turn.computing / concurrent.computing),
                SpeedWords.fast(turn.waiting / parallel.waiting),
                SpeedWords.fast(turn.computing / parallel.computing));
        found.verdict(SpeedWords.missing(
                turn.waiting / concurrent.waiting >= 2,
                found.text("parallel.missing.waiting-concurrently-should-be-near"),
                turn.computing / concurrent.computing < 1.3,
                found.text("parallel.missing.one-thread-cannot-compute-faster"),
                cpus == 1 || turn.computing / parallel.computing >= 1.3,
                found.text("parallel.missing.computing-in-parallel-gained-little")));
        found.why("parallel.why");
    }
}
