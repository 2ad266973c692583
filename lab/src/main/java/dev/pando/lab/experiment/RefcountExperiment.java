package dev.pando.lab.experiment;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.lab.result.ChartData;
import dev.pando.lab.result.ExperimentResult;
import dev.pando.lab.result.MeasuredAmount;
import dev.pando.lab.result.ResultTable;
import dev.pando.local.Threads;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Why an interpreter lock exists: two threads count the references to one object, as CPython does for each. */
final class RefcountExperiment implements Experiment {
    /** How many instructions an interpreter runs between two looks at its lock. */
    private static final int BATCH = 10_000;

    private static final String NONE = "no protection";
    private static final String EACH = "a lock for each object";
    private static final String ATOMIC = "an atomic count for each object";
    private static final String ONE = "one lock for the interpreter";

    /** The count at the end, and the cost of a change. */
    record Count(long references, double nanos) {}

    @Override
    public String name() {
        return "refcount";
    }

    @Override
    public int steps() {
        return 4;
    }

    @Override
    public ExperimentResult run(ExperimentContext experimentContext) {
        FindingCollector found = new FindingCollector(this, experimentContext);
        long times = experimentContext.pick(20_000, 4_000_000, 40_000_000) / BATCH * BATCH;
        Map<String, Count> counts = new LinkedHashMap<>();
        try (Pool pool = experimentContext.with("threads", Threads.of(2)).open()) {
            counts.put(NONE, count(experimentContext, pool, NONE, RaceKind.NOTHING, times));
            counts.put(EACH, count(experimentContext, pool, EACH, RaceKind.MUTEX, times));
            counts.put(ATOMIC, count(experimentContext, pool, ATOMIC, RaceKind.ATOMIC, times));
            counts.put(ONE, count(experimentContext, pool, ONE, RaceKind.NOTHING, times));
        }
        counts.forEach((way, count) -> {
            if (!way.equals(NONE)) {
                found.fact("refcount.fact.one-left", count.references == 1, way);
            }
        });
        tell(found, counts);
        return found.experimentResult();
    }

    private static Count count(ExperimentContext experimentContext, Pool pool, String way, RaceKind kind, long times) {
        experimentContext.step(way);
        run(pool, way, kind.tie(), BATCH); // warms up
        RaceKind.Rope references = kind.tie();
        references.pull(1, 1); // of the code that made the object
        long start = System.nanoTime();
        run(pool, way, references, times);
        return new Count(references.position(), (System.nanoTime() - start) / (4.0 * times));
    }

    /** Each thread takes and drops a reference, again and again. */
    private static void run(Pool pool, String way, RaceKind.Rope references, long times) {
        ReentrantLock interpreter = new ReentrantLock(true);
        List<TaskFuture<?>> threads = new ArrayList<>();
        for (int thread = 0; thread < 2; thread++) {
            threads.add(pool.named(way).submit(() -> {
                for (long done = 0; done < times; done += BATCH) {
                    if (way.equals(ONE)) {
                        interpreter.lock();
                    }
                    try {
                        for (int i = 0; i < BATCH; i++) {
                            references.pull(1, 1);
                            references.pull(1, -1);
                        }
                    } finally {
                        if (way.equals(ONE)) {
                            interpreter.unlock();
                        }
                    }
                }
            }));
        }
        threads.forEach(TaskFuture::result);
    }

    /** Writes what follows from the counts and costs. Pure. */
    static void tell(FindingCollector found, Map<String, Count> counts) {
        var table = ResultTable.of(
                        "References to one object, of which one must be left", "protection", "left", "a change")
                .bar("a change");
        counts.forEach((way, count) ->
                table.row(way, MeasuredAmount.count(count.references), MeasuredAmount.nanos(count.nanos)));
        found.table(table);
        found.chart(ChartData.bars("What a change of a count costs", "protection", "nanoseconds")
                .labels(List.copyOf(counts.keySet()))
                .series("a change", counts.values().stream().map(Count::nanos).toList()));
        Count none = counts.getOrDefault(NONE, new Count(0, 0));
        Count each = counts.getOrDefault(EACH, none);
        Count atomic = counts.getOrDefault(ATOMIC, none);
        Count one = counts.getOrDefault(ONE, none);
        found.expected("refcount.expected");
        found.measured(
                Math.abs(none.references) == 1 ? "refcount.measured.one" : "refcount.measured",
                MeasuredAmount.count(none.references),
                MeasuredAmount.nanos(each.nanos),
                MeasuredAmount.nanos(atomic.nanos),
                MeasuredAmount.nanos(one.nanos));
        found.verdict(SpeedWords.missing(
                none.references != 1,
                found.text("refcount.missing.count-without-protection-right-this"),
                one.nanos < each.nanos && one.nanos < atomic.nanos,
                found.text("refcount.missing.one-lock-not-cheapest")));
        found.why("refcount.why");
    }
}
