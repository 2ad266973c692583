package dev.pando.lab.experiment;

import dev.pando.Futures;
import dev.pando.Pool;
import dev.pando.Submitter;
import dev.pando.TaskFuture;
import dev.pando.lab.result.ExperimentResult;
import dev.pando.lab.result.MeasuredAmount;
import dev.pando.lab.result.ResultTable;
import dev.pando.local.Threads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Five addresses, five workers, as they complete: three load, one is forbidden, one does not exist, none is lost. */
final class FetchExperiment implements Experiment {
    /** What the servers of the five would take one after the other. */
    private static final double TOGETHER_NANOS = 700e6;

    private static final Map<String, Integer> SIZES = Map.of("encyclopedia", 250_000, "novel", 40_000, "poem", 1_200);
    private static final String UNKNOWN = "no-such-host.invalid";

    /** Limits the wait for that host, so that a name server that does not answer cannot hold up the experiment. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    @Override
    public String name() {
        return "fetch";
    }

    @Override
    public int steps() {
        return 1;
    }

    @Override
    public ExperimentResult run(ExperimentContext experimentContext) throws Exception {
        FindingCollector found = new FindingCollector(this, experimentContext);
        experimentContext.step("loading five addresses");
        try (SlowServer server = new SlowServer();
                HttpClient client = HttpClient.newBuilder()
                        .proxy(HttpClient.Builder.NO_PROXY)
                        .build();
                Pool pool = experimentContext.with("threads", Threads.of(5)).open()) {
            Map<String, URI> addresses = new LinkedHashMap<>();
            addresses.put("encyclopedia", server.page("/encyclopedia", 200, 250_000, Duration.ofMillis(400)));
            addresses.put("novel", server.page("/novel", 200, 40_000, Duration.ofMillis(200)));
            addresses.put("poem", server.page("/poem", 200, 1_200, Duration.ZERO));
            addresses.put("diary", server.page("/diary", 403, 20, Duration.ofMillis(100)));
            addresses.put(UNKNOWN, URI.create("http://" + UNKNOWN + "/"));

            Map<TaskFuture<Integer>, String> pages = new LinkedHashMap<>();
            long start = System.nanoTime();
            addresses.forEach((name, address) -> {
                Submitter named = pool.named(name);
                Submitter asks = name.equals(UNKNOWN) ? named.timeout(PATIENCE) : named;
                pages.put(asks.submit(() -> load(client, address)), name);
            });
            take(found, pages, start);
        }
        return found.experimentResult();
    }

    private static void take(FindingCollector found, Map<TaskFuture<Integer>, String> pages, long start) {
        var table = ResultTable.of("As they completed", "address", "outcome", "size", "after")
                .bar("after");
        Map<String, Integer> loaded = new LinkedHashMap<>();
        Set<String> failed = new LinkedHashSet<>();
        Map<String, Double> afters = new LinkedHashMap<>();
        for (TaskFuture<Integer> page : Futures.asCompleted(pages.keySet())) {
            String name = Objects.requireNonNull(pages.get(page));
            Throwable error = page.exception();
            MeasuredAmount after = MeasuredAmount.nanos(System.nanoTime() - start);
            afters.put(name, after.value());
            if (error == null) {
                loaded.put(name, page.result());
                table.row(name, "loaded", MeasuredAmount.bytes(page.result()), after);
            } else {
                failed.add(name);
                table.row(name, error.getClass().getSimpleName() + ": " + firstLine(error), "", after);
            }
        }
        found.table(table);
        found.fact("fetch.fact.three-pages-have-their-sizes", loaded.equals(SIZES));
        found.fact("fetch.fact.forbidden-page-and-unknown-host", failed.equals(Set.of("diary", UNKNOWN)));
        found.fact("fetch.fact.five-were-asked-for-five", loaded.size() + failed.size() == pages.size());

        tell(found, loaded.keySet(), failed, afters);
    }

    /** Writes what follows from the order and the times, in nanoseconds, of what came back. Pure. */
    static void tell(FindingCollector found, Set<String> loaded, Set<String> failed, Map<String, Double> afters) {
        found.expected("fetch.expected");
        double last =
                afters.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
        found.measured("fetch.measured", loaded, failed, MeasuredAmount.nanos(last));
        found.verdict(SpeedWords.missing(
                List.copyOf(loaded).equals(List.of("poem", "novel", "encyclopedia")),
                found.text("fetch.missing.pages-came-in-another-order"),
                last < TOGETHER_NANOS,
                found.text("fetch.missing.all-together-would-not-have")));
        found.why("fetch.why");
    }

    private static String firstLine(Throwable error) {
        String message = String.valueOf(error.getMessage()).lines().findFirst().orElse("");
        return message.split(": ", 2)[0]; // what follows is the system's, in the system's language
    }

    /** Ordinary blocking code that may throw. */
    private static int load(HttpClient client, URI address) throws IOException, InterruptedException {
        InetAddress.getByName(address.getHost()); // first, because its exception says plainly that the host is unknown
        var response = client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() == 403) {
            throw new IOException("403 Forbidden");
        }
        return response.body().length;
    }
}
