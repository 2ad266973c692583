package dev.pando.lab.experiment;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.TaskInfo;
import dev.pando.lab.result.ChartData;
import dev.pando.lab.result.ExperimentResult;
import dev.pando.lab.result.MeasuredAmount;
import dev.pando.lab.result.ResultTable;
import dev.pando.local.Threads;
import dev.pando.local.Virtual;
import dev.pando.spi.Backend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/** Throughput from one thread to many, for work that waits and work that computes: where is the knee? */
final class PoolSizeExperiment implements Experiment {
    private static final long COMPUTE_MICROS = 300;

    /** Tasks a second with this many threads. */
    private record Point(int threads, double rate) {}

    /** A kind of work, and how long its tasks wait. */
    private enum Load {
        WAITING(3),
        COMPUTING(0);

        private final long waitMillis;

        Load(long waitMillis) {
            this.waitMillis = waitMillis;
        }

        long run() throws InterruptedException {
            if (waitMillis > 0) {
                Thread.sleep(waitMillis);
            }
            return SpinWork.run(1, SpinWork.steps(COMPUTE_MICROS));
        }
    }

    @Override
    public String name() {
        return "pool-size";
    }

    @Override
    public int steps() {
        return 7;
    }

    @Override
    public ExperimentResult run(ExperimentContext experimentContext) throws Exception {
        FindingCollector found = new FindingCollector(this, experimentContext);
        List<Integer> sizes = new ArrayList<>();
        for (int n = 1; n <= experimentContext.pick(4, 64, 256); n *= 2) {
            sizes.add(n);
            if (n == experimentContext.cpus()) {
                sizes.add(n + 1);
            }
        }
        experimentContext.step("work that waits");
        List<Point> waiting = curve(experimentContext, Load.WAITING, sizes);
        experimentContext.step("work that computes");
        List<Point> computing = curve(experimentContext, Load.COMPUTING, sizes);
        double formula = experimentContext.cpus() * (1 + waitPerCompute());

        var table = ResultTable.of(
                        "Tasks a second, by number of threads",
                        "threads",
                        "waiting",
                        "computing",
                        "memory of the threads")
                .bar("waiting");
        for (int i = 0; i < sizes.size(); i++) {
            table.row(
                    MeasuredAmount.count(sizes.get(i)),
                    MeasuredAmount.perSecond(Math.rint(waiting.get(i).rate)),
                    MeasuredAmount.perSecond(Math.rint(computing.get(i).rate)),
                    memoryOf(experimentContext, Threads.of(sizes.get(i)), sizes.get(i)));
        }
        found.table(table);
        found.chart(ChartData.lines("Throughput by number of threads", "threads", "tasks per second")
                .labels(sizes)
                .series(
                        "waiting 3 ms, computing 0.3 ms",
                        waiting.stream().map(Point::rate).toList())
                .series("computing 0.3 ms", computing.stream().map(Point::rate).toList()));
        int waitingKnee = knee(waiting);
        int computingKnee = knee(computing);
        found.table(ResultTable.of(
                        "The best number of threads",
                        "work",
                        "measured knee",
                        "cores",
                        "cores + 1",
                        "cores x (1 + wait / compute)")
                .row(
                        "waiting",
                        MeasuredAmount.count(waitingKnee),
                        MeasuredAmount.count(experimentContext.cpus()),
                        MeasuredAmount.count(experimentContext.cpus() + 1),
                        MeasuredAmount.count(Math.round(formula)))
                .row(
                        "computing",
                        MeasuredAmount.count(computingKnee),
                        MeasuredAmount.count(experimentContext.cpus()),
                        MeasuredAmount.count(experimentContext.cpus() + 1),
                        MeasuredAmount.count(experimentContext.cpus())));
        perRequest(experimentContext, found, waitingKnee);
        found.fact("pool-size.fact.knee-found-for-both-kinds", waitingKnee >= 1 && computingKnee >= 1);
        tell(found, experimentContext.cpus(), waitingKnee, computingKnee, formula);
        return found.experimentResult();
    }

    /** Returns the best of several passes over the sizes, because other programs can only slow a pass. */
    private static List<Point> curve(ExperimentContext experimentContext, Load load, List<Integer> sizes) {
        double[] best = new double[sizes.size()];
        for (int walk = 0; walk < experimentContext.runs(); walk++) {
            double rate = 200;
            for (int i = 0; i < best.length; i++) {
                rate = rate(experimentContext, load, sizes.get(i), rate);
                best[i] = Math.max(best[i], rate);
            }
        }
        return IntStream.range(0, best.length)
                .mapToObj(i -> new Point(sizes.get(i), best[i]))
                .toList();
    }

    /** Measures for about a tenth of a second after warm-up; {@code before} is the rate at the previous size. */
    private static double rate(ExperimentContext experimentContext, Load load, int size, double before) {
        try (Pool pool = experimentContext.unheard("threads", Threads.of(size)).open()) {
            int tasks = (int) Math.max(2.0 * size, before * experimentContext.pick(5, 120, 1_000) / 1_000);
            rush(pool, load, 2 * size);
            long start = System.nanoTime();
            rush(pool, load, tasks);
            return tasks * 1e9 / (System.nanoTime() - start);
        }
    }

    private static void rush(Pool pool, Load load, int tasks) {
        List<TaskFuture<Long>> all = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            all.add(pool.submit(() -> load.run()));
        }
        all.forEach(TaskFuture::result);
    }

    /** Measures the real ratio, which differs from the intended one. */
    private static double waitPerCompute() {
        try (Pool pool = Pool.with(Threads.of(1)).metered().open()) {
            double wait = 0;
            double compute = 0;
            for (int i = 0; i < 20; i++) {
                TaskFuture<Long> task = pool.submit(() -> Load.WAITING.run());
                task.result();
                TaskInfo info = task.info();
                double cpu = info.bill()
                        .cpuTime()
                        .orElse(Duration.ofNanos(COMPUTE_MICROS * 1_000))
                        .toNanos();
                compute += cpu;
                wait += Duration.between(
                                        info.started().orElseThrow(),
                                        info.finished().orElseThrow())
                                .toNanos()
                        - cpu;
            }
            return wait / compute;
        }
    }

    /** Returns the fewest threads whose rate is within a tenth of the best. */
    private static int knee(List<Point> curve) {
        double best = curve.stream().mapToDouble(Point::rate).max().orElse(0);
        return curve.stream()
                .filter(point -> point.rate >= 0.9 * best)
                .mapToInt(Point::threads)
                .min()
                .orElse(1);
    }

    /** Many requests at a time: a thread for each, a pool of the best size, a virtual thread for each. */
    private static void perRequest(ExperimentContext experimentContext, FindingCollector found, int knee)
            throws Exception {
        int requests = (int) experimentContext.pick(20, 500, 2_000);
        var table = ResultTable.of(found.text("pool-size.requests", requests), "way", "time", "memory of its threads")
                .bar("time");
        row(experimentContext, table, "a thread for each", Threads.of(requests), requests, requests);
        row(experimentContext, table, experimentContext.text("pool-size.pool", knee), Threads.of(knee), requests, knee);
        row(experimentContext, table, "a virtual thread for each", Virtual.unlimited(), requests, requests);
        found.table(table);
    }

    private static void row(
            ExperimentContext experimentContext,
            ResultTable.Builder table,
            String way,
            Backend backend,
            int requests,
            int workers)
            throws Exception {
        experimentContext.step("pool-size.step", requests, way);
        long nanos;
        try (Pool pool = experimentContext.with(way.replace(' ', '-'), backend).open()) {
            long start = System.nanoTime();
            rush(pool, Load.WAITING, requests);
            nanos = System.nanoTime() - start;
        }
        table.row(way, MeasuredAmount.nanos(nanos), memoryOf(experimentContext, backend, workers));
    }

    /** Returns the memory that these workers hold while all have begun a task and wait. */
    private static Object memoryOf(ExperimentContext experimentContext, Backend backend, int workers)
            throws InterruptedException {
        boolean inTheHeap = backend instanceof Virtual;
        var begun = new CountDownLatch(workers);
        var over = new CountDownLatch(1);
        try (Pool pool = experimentContext.unheard("held", backend).open()) {
            double before = inTheHeap ? HeapMeter.inTheHeap() : HeapMeter.byTheProcess();
            for (int i = 0; i < workers; i++) {
                var _ = pool.submit(() -> {
                    begun.countDown();
                    over.await();
                });
            }
            begun.await();
            double after = inTheHeap ? HeapMeter.inTheHeap() : HeapMeter.byTheProcess();
            over.countDown();
            return before < 0 ? "not known here" : MeasuredAmount.bytes(Math.max(0, after - before));
        } finally {
            over.countDown();
        }
    }

    /** Writes what follows from the fewest threads that come near the best rate, for each kind of work. Pure. */
    static void tell(FindingCollector found, int cpus, int waitingKnee, int computingKnee, double formula) {
        found.expected("pool-size.expected", cpus, formula);
        found.measured("pool-size.measured", waitingKnee, computingKnee);
        found.verdict(SpeedWords.missing(
                computingKnee <= cpus + 1,
                found.text("pool-size.missing.computing-seems-to-gain-from"),
                waitingKnee > cpus,
                found.text("pool-size.missing.waiting-gained-nothing-from-more")));
        found.why("pool-size.why");
    }
}
