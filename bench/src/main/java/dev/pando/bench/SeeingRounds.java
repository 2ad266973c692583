package dev.pando.bench;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.dashboard.Dashboard;
import dev.pando.dashboard.DashboardServer;
import dev.pando.local.Threads;
import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a dashboard costs a pool that does nothing but very small tasks: without one, with one that no browser looks at,
 * and with one that a browser looks at, in turn in the same program. Each round has all of them, in an order that
 * changes; a ratio is the median of the ratios of each round.
 *
 * <p>Arguments: the number of rounds (15), or {@code quick} for one short one.
 */
public final class SeeingRounds {
    private static final int BURST = 10_000;
    private static final long SLICE_NANOS = 1_000_000_000L;
    private static final long QUICK_NANOS = 20_000_000L;
    private static final int WARM_UP = 2;
    private static final Object RESULT = new Object();
    private static final Pattern ROOM = Pattern.compile("url=(/[\\w-]+/)");

    /** What there is beside the pool. The second time without a dashboard tells how exact all of this is. */
    private enum WatchState {
        OFF("no dashboard"),
        AGAIN("no dashboard, once more"),
        ON("a dashboard, no browser"),
        LOOKED_AT("a dashboard, one browser");

        private final String words;

        WatchState(String words) {
            this.words = words;
        }
    }

    private SeeingRounds() {}

    public static void main(String[] args) throws Exception {
        boolean quick = args.length > 0 && args[0].equals("quick");
        int rounds = quick ? 1 : args.length > 0 ? Integer.parseInt(args[0]) : 15;
        run(rounds, quick ? QUICK_NANOS : SLICE_NANOS).forEach(System.out::println);
    }

    /** Returns the lines of the table. */
    static List<String> run(int rounds, long sliceNanos) throws Exception {
        WatchState[] states = WatchState.values();
        Map<WatchState, List<Double>> rates = new EnumMap<>(WatchState.class);
        for (WatchState state : states) {
            rates.put(state, new ArrayList<>());
        }
        try (Pool pool = Pool.with(Threads.of(2)).named("bench").queue(BURST).open()) {
            for (int round = -WARM_UP; round < rounds; round++) {
                for (int i = 0; i < states.length; i++) {
                    WatchState state = states[Math.floorMod(i + round, states.length)];
                    double rate = rate(pool, state, sliceNanos);
                    if (round >= 0) {
                        rates.get(state).add(rate);
                    }
                }
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add("| medians of " + rounds + " rounds | tasks a second | less than without |");
        lines.add("|---|---:|---:|");
        for (WatchState state : states) {
            double ratio = RoundSamples.ratio(rates.get(state), rates.get(WatchState.OFF));
            lines.add(String.format(
                    Locale.ROOT,
                    "| %s | %,.0f | %s |",
                    state.words,
                    RoundSamples.median(rates.get(state)),
                    state == WatchState.OFF ? "" : String.format(Locale.ROOT, "%.1f %%", 100 * (1 - ratio))));
        }
        return lines;
    }

    private static double rate(Pool pool, WatchState state, long nanos) throws Exception {
        if (state == WatchState.OFF || state == WatchState.AGAIN) {
            return rate(pool, nanos);
        }
        try (DashboardServer page = Dashboard.on(pool).open()) {
            if (state == WatchState.ON) {
                return rate(pool, nanos);
            }
            // the client's threads end with it, and it with the stream
            try (HttpClient browser = HttpClient.newBuilder()
                            .cookieHandler(new CookieManager())
                            .build();
                    InputStream events = events(browser, page.address())) {
                Thread reader = Thread.ofPlatform().daemon().start(() -> drain(events));
                double rate = rate(pool, nanos);
                page.close();
                reader.join();
                return rate;
            }
        }
    }

    private static double rate(Pool pool, long nanos) {
        List<TaskFuture<Object>> futures = new ArrayList<>(BURST);
        long begin = System.nanoTime();
        long done = 0;
        long now;
        do {
            for (int i = 0; i < BURST; i++) {
                futures.add(pool.submit(() -> RESULT));
            }
            for (TaskFuture<Object> future : futures) {
                if (future.result() != RESULT) {
                    throw new IllegalStateException("a result was lost");
                }
            }
            futures.clear();
            done += BURST;
            now = System.nanoTime();
        } while (now - begin < nanos);
        return 1e9 * done / (now - begin);
    }

    /** Enters as a browser does, and returns the stream of messages. */
    private static InputStream events(HttpClient browser, URI address) throws IOException, InterruptedException {
        String entry = browser.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                .body();
        Matcher room = ROOM.matcher(entry);
        if (!room.find()) {
            throw new IllegalStateException("the page did not let this client in: " + entry);
        }
        return browser.send(
                        HttpRequest.newBuilder(address.resolve(room.group(1) + "events"))
                                .build(),
                        BodyHandlers.ofInputStream())
                .body();
    }

    private static void drain(InputStream events) {
        byte[] some = new byte[1 << 16];
        try {
            while (events.read(some) >= 0) {
                // what a browser does with it costs the browser's processor
            }
        } catch (IOException closed) {
            // the page was closed
        }
    }
}
