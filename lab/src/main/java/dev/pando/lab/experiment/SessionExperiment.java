package dev.pando.lab.experiment;

import dev.pando.Pool;
import dev.pando.lab.result.ChartData;
import dev.pando.lab.result.ExperimentResult;
import dev.pando.lab.result.MeasuredAmount;
import dev.pando.lab.result.ResultTable;
import dev.pando.lab.result.TimingSample;
import dev.pando.local.Caller;
import dev.pando.local.Threads;
import dev.pando.local.Virtual;
import dev.pando.loop.Loop;
import dev.pando.spi.Backend;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** A hundred requests to two slow servers over one client: work that waits gets faster though the processors idle. */
final class SessionExperiment implements Experiment {
    private static final int REQUESTS = 100;
    private static final int PAGE = 1_000;

    /** How long a way of asking took, and which share of the processors it used. */
    private record Way(TimingSample timingSample, double busy) {}

    /** How a page is requested, and on which workers. */
    private record Style(Backend workers, Ask ask) {}

    private interface Ask {
        /** Returns the size of the page. */
        long page(HttpClient client, URI address) throws IOException, InterruptedException;
    }

    private static Map<String, Style> styles() {
        Map<String, Style> styles = new LinkedHashMap<>();
        styles.put("sequential", new Style(Caller.inline(), SessionExperiment::ask));
        styles.put("10 threads", new Style(Threads.of(10), SessionExperiment::ask));
        styles.put("virtual threads", new Style(Virtual.unlimited(), SessionExperiment::ask));
        styles.put("loop", new Style(Loop.create(), SessionExperiment::askOnLoop));
        return styles;
    }

    @Override
    public String name() {
        return "session";
    }

    @Override
    public int steps() {
        return styles().size();
    }

    @Override
    public ExperimentResult run(ExperimentContext experimentContext) throws Exception {
        FindingCollector found = new FindingCollector(this, experimentContext);
        Duration delay = Duration.ofMillis(experimentContext.pick(2, 10, 50));
        Map<String, Style> styles = styles();

        var ways = new LinkedHashMap<String, Way>();
        AtomicLong bytes = new AtomicLong();
        try (SlowServer one = new SlowServer();
                SlowServer two = new SlowServer();
                HttpClient client = HttpClient.newBuilder()
                        .proxy(HttpClient.Builder.NO_PROXY)
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()) {
            List<URI> addresses = List.of(one.page("/", 200, PAGE, delay), two.page("/", 200, PAGE, delay));
            for (var style : styles.entrySet()) {
                experimentContext.step("session.step", style.getKey());
                try (Pool pool = experimentContext
                        .with(style.getKey().replace(' ', '-'), style.getValue().workers)
                        .open()) {
                    ways.put(
                            style.getKey(),
                            timed(
                                    experimentContext,
                                    found,
                                    () -> bytes.addAndGet(askAll(pool, style.getValue().ask, client, addresses))));
                }
            }
        }
        found.fact(
                "session.fact.every-request-every-way-answered",
                bytes.get() == (long) REQUESTS * PAGE * (experimentContext.runs() + 1) * styles.size());
        report(found, ways, delay);
        return found.experimentResult();
    }

    private static long askAll(Pool pool, Ask ask, HttpClient client, List<URI> addresses) {
        var futures = IntStream.range(0, REQUESTS)
                .mapToObj(i -> pool.named("server " + (1 + i % 2)).submit(() -> ask.page(client, addresses.get(i % 2))))
                .toList();
        return futures.stream().mapToLong(future -> future.result()).sum();
    }

    private static long ask(HttpClient client, URI address) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofByteArray())
                .body()
                .length;
    }

    /** Releases the turn until the answer arrives, because a coroutine must not block its loop. */
    private static long askOnLoop(HttpClient client, URI address) {
        return Loop.await(client.sendAsync(
                        HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofByteArray()))
                .body()
                .length;
    }

    private static Way timed(ExperimentContext experimentContext, FindingCollector found, Callable<Long> work)
            throws Exception {
        experimentContext.warmUp(work);
        long cpu = processorTime();
        long start = System.nanoTime();
        TimingSample timingSample = found.sampled(experimentContext.measureWarm(experimentContext.runs(), work));
        return new Way(
                timingSample, 100.0 * (processorTime() - cpu) / (System.nanoTime() - start) / experimentContext.cpus());
    }

    /** Returns the processor time of this JVM, servers included. */
    private static long processorTime() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static void report(FindingCollector found, Map<String, Way> ways, Duration delay) {
        Way sequential = Objects.requireNonNull(ways.get("sequential"));
        var table = ResultTable.of(
                        found.text("session.requests", REQUESTS, delay.toMillis()),
                        "way",
                        "time",
                        "speed-up",
                        "processors busy")
                .bar("time");
        ways.forEach((name, way) -> table.row(
                name,
                way.timingSample.time(),
                MeasuredAmount.times(way.timingSample.speedUpOver(sequential.timingSample)),
                MeasuredAmount.percent(way.busy)));
        found.table(table);
        found.chart(ChartData.bars("A hundred requests", "way", "milliseconds")
                .labels(List.copyOf(ways.keySet()))
                .series(
                        "time",
                        ways.values().stream()
                                .map(way -> way.timingSample.median() / 1e6)
                                .toList()));

        Way ten = Objects.requireNonNull(ways.get("10 threads"));
        Way virtual = Objects.requireNonNull(ways.get("virtual threads"));
        Way loop = Objects.requireNonNull(ways.get("loop"));
        tellSpeed(
                found,
                sequential.busy,
                List.of(
                        sequential.timingSample.median(),
                        ten.timingSample.median(),
                        virtual.timingSample.median(),
                        loop.timingSample.median()),
                delay.toMillis());
    }

    /** Writes what follows from the times: one after the other, ten threads, virtual threads, a loop. Pure. */
    static void tellSpeed(FindingCollector found, double busy, List<Double> nanos, long delayMillis) {
        double sequential = nanos.getFirst();
        found.expected("session.expected", delayMillis);
        found.measured(
                "session.measured",
                MeasuredAmount.nanos(sequential),
                busy,
                SpeedWords.fast(sequential / nanos.get(1)),
                SpeedWords.fast(sequential / nanos.get(2)),
                SpeedWords.fast(sequential / nanos.get(3)));
        found.verdict(SpeedWords.missing(
                sequential / nanos.get(1) >= 5, found.text("session.missing.ten-threads-are-far-from")));
        found.why("session.why");
    }
}
