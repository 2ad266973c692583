package dev.pando.lab.experiment;

import dev.pando.Pool;
import dev.pando.PoolException;
import dev.pando.TaskFuture;
import dev.pando.lab.result.ChartData;
import dev.pando.lab.result.ExperimentResult;
import dev.pando.lab.result.MeasuredAmount;
import dev.pando.lab.result.ResultTable;
import dev.pando.local.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A thread for each request until it collapses, against a pool. Each server is a worker process with a cap on its
 * memory, so that the collapse is its own and not this machine's.
 */
final class RequestsExperiment implements Experiment {
    private static final int POOL = 64;
    private static final String CAP = "200m";
    /** The stack that a request uses: calls within calls, each with some locals. */
    private static final int DEPTH = 4_000;

    private static final long WAIT_MILLIS = 100;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What became of a rush: the time it took, or the reason for the collapse. */
    record Rush(int requests, double nanos, String collapse) {
        boolean served() {
            return collapse.isEmpty();
        }
    }

    @Override
    public String name() {
        return "requests";
    }

    @Override
    public int steps() {
        return 6;
    }

    @Override
    public ExperimentResult run(ExperimentContext experimentContext) {
        FindingCollector found = new FindingCollector(this, experimentContext);
        Map<String, List<Rush>> ways = new LinkedHashMap<>();
        ways.put("a thread for each", rushes(experimentContext, "a thread for each", 0));
        String pool = experimentContext.text("requests.pool", POOL);
        ways.put(pool, rushes(experimentContext, pool, POOL));
        found.fact(
                "requests.fact.pool-served-every-request-every",
                ways.getOrDefault(pool, List.of()).stream().allMatch(Rush::served));
        tell(found, ways);
        return found.experimentResult();
    }

    private static List<Rush> rushes(ExperimentContext experimentContext, String way, int threads) {
        List<Rush> rushes = new ArrayList<>();
        int most = (int) experimentContext.pick(100, 1_600, 6_400);
        for (int requests = 100; requests <= most; requests *= 4) {
            experimentContext.step("requests.step", requests, way);
            rushes.add(rush(experimentContext, way, requests, threads));
            if (!rushes.getLast().served()) {
                break;
            }
        }
        return rushes;
    }

    private static Rush rush(ExperimentContext experimentContext, String way, int requests, int threads) {
        var server = experimentContext.processes(1).heap("64m").memory(CAP);
        try (Pool pool = experimentContext
                .with(way.replace(' ', '-'), server)
                .timeout(PATIENCE)
                .open()) {
            pool.submit(() -> 1).result(); // starts the server
            long start = System.nanoTime();
            int width = threads == 0 ? requests : threads;
            TaskFuture<Integer> served = pool.named(experimentContext.text("requests.task", requests))
                    .submit(RequestsExperiment::serve, requests, width);
            int answered = served.result();
            double nanos = System.nanoTime() - start;
            return answered == requests
                    ? new Rush(requests, nanos, "")
                    : new Rush(requests, nanos, experimentContext.text("requests.not-answered", requests - answered));
        } catch (PoolException lost) {
            return new Rush(requests, Double.NaN, experimentContext.reason(lost));
        }
    }

    /** Runs in the server. */
    private static int serve(int requests, int threads) {
        AtomicInteger answered = new AtomicInteger();
        try (Pool pool = Pool.with(Threads.of(threads)).queue(requests).open()) {
            for (int i = 0; i < requests; i++) {
                int seed = i;
                var _ = pool.submit(() -> {
                    if (answer(DEPTH, seed, 1, 2) >= 0) {
                        answered.incrementAndGet();
                    }
                });
            }
        }
        return answered.get();
    }

    /** Waits at the bottom of its stack, as a request waits for a database. */
    private static long answer(int depth, long a, long b, long c) throws InterruptedException {
        if (depth == 0) {
            Thread.sleep(WAIT_MILLIS);
            return a & 1;
        }
        long below = answer(depth - 1, b ^ depth, c + a, a);
        return below ^ (a + b + c & 1);
    }

    /** Writes what follows from the rushes of each way. Pure. */
    static void tell(FindingCollector found, Map<String, List<Rush>> ways) {
        var table = ResultTable.of("Rushes of requests that wait 100 ms each", "way", "requests", "all after", "why");
        ways.forEach((way, rushes) -> rushes.forEach(rush -> table.row(
                way,
                MeasuredAmount.count((long) rush.requests),
                rush.served() ? MeasuredAmount.nanos(rush.nanos) : "collapsed",
                rush.served() ? "" : rush.collapse)));
        found.table(table);
        List<List<Rush>> both = List.copyOf(ways.values());
        List<Integer> sizes = both.getLast().stream().map(Rush::requests).toList();
        var chart = ChartData.lines("Requests served a second", "requests at once", "requests a second")
                .labels(sizes);
        ways.forEach((way, rushes) -> chart.series(way, rates(rushes, sizes.size())));
        found.chart(chart);
        Rush last = both.getFirst().getLast();
        Rush pooled = both.getLast().getLast();
        found.expected("requests.expected");
        found.measured(
                last.served()
                        ? pooled.served() ? "requests.measured.both" : "requests.measured.pool-collapsed"
                        : pooled.served() ? "requests.measured" : "requests.measured.both-collapsed",
                last.requests,
                pooled.requests);
        found.verdict(SpeedWords.missing(
                !last.served(),
                found.text("requests.missing.there-memory-for-largest-rush"),
                pooled.served(),
                found.text("requests.missing.pool-collapsed-as-well-which")));
        found.why("requests.why");
    }

    private static List<Double> rates(List<Rush> rushes, int count) {
        List<Double> rates = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rates.add(
                    i < rushes.size() && rushes.get(i).served()
                            ? rushes.get(i).requests * 1e9 / rushes.get(i).nanos
                            : Double.NaN);
        }
        return rates;
    }
}
