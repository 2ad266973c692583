package dev.pando.bench;

import java.util.ArrayList;
import java.util.List;

/** The promises of worker processes against the measurements: the first table of {@link Peers}. */
final class Promises {
    private final Results results;
    private final Effort effort;
    private final List<String> lines = new ArrayList<>();

    private Promises(Results results, Effort effort) {
        this.results = results;
        this.effort = effort;
    }

    static List<String> table(Results results, Effort effort) {
        Promises promises = new Promises(results, effort);
        promises.lines.add("| work, two workers | Pando | beside it | times as good | must reach | met? | aim | met? |");
        promises.lines.add("|---|---:|---:|---:|---|---|---|---|");
        promises.all();
        return promises.lines;
    }

    private void all() {
        beside(Line.CALL_P50, Peer.FORK, 5, "≤ 1/5", "≤ 10", 10);
        beside(Line.BURST, Peer.FORK, 30, "≥ 30 ×", "≥ 1,000,000", 1e6);
        beside(Line.MAP, Peer.MP, 2, "≥ 2 ×", "≥ 10,000,000", 10e6);
        compute();
        beside(Line.START_NEW, Peer.SPAWN, 1 / 1.6, "≤ 1.6 ×", "≤ 40", 40);
        within(Line.START_RESTED, Peer.MP, Line.START_RESTED, "≤ 10", 10, "≤ 4", 4);
        within(Line.KILL_SPARE, Peer.PEBBLE, Line.KILL, "≤ 6", 6, "≤ 3", 3);
        within(Line.KILL, Peer.PEBBLE, Line.KILL, "≤ 60", 60, "≤ 45", 45);
        timeout(Line.TIMEOUT, Line.BARE_ENDED);
        timeout(Line.TIMEOUT_SPARE, Line.BARE_ENDED_STARTING);
        plain();
        shared();
        within(Line.RESIDENT, Peer.FORK, Line.RESIDENT, "≤ 50", 50, "≤ 45", 45);
        burnt();
    }

    /** The bound is {@code factor} times the peer's number. */
    private void beside(Line line, Peer peer, double factor, String must, String aim, double aimed) {
        Figure ours = of(Peer.PANDO, line);
        double times = times(line, peer, line);
        line(line.title, ours, limited(line, peer.label + ": " + of(peer, line).text()), times, must + " of " + peer.label, met(times, factor, false),
                aim, met(ours.headline(), aimed, line.lessIsBetter));
    }

    /** The bound is a number; the peer's number, which may be of another line, is shown beside it. */
    private void within(Line line, Peer peer, Line other, String must, double bound, String aim, double aimed) {
        Figure ours = of(Peer.PANDO, line);
        line(line.title, ours, limited(line, peer.label + ": " + of(peer, other).text()), times(line, peer, other),
                must, met(ours.headline(), bound, line.lessIsBetter), aim, met(ours.headline(), aimed, line.lessIsBetter));
    }

    /** Adds the limit that a bare JVM sets, for lines in which a JVM must start or stand ready. */
    private String limited(Line line, String beside) {
        if (line == Line.KILL_SPARE) return beside + "; limit, a bare JVM: " + of(Peer.PANDO, Line.BARE_STAND_IN).text();
        if (line == Line.KILL) return beside + "; limit, a bare JVM: " + of(Peer.PANDO, Line.BARE_NEXT).text();
        Line limit = line == Line.START_NEW ? Line.BARE_BYTE : line == Line.RESIDENT ? Line.RESIDENT : null;
        return limit == null ? beside : beside + "; limit, a bare JVM: " + of(Peer.BARE, limit).text();
    }

    private void compute() {
        Figure ours = of(Peer.PANDO, Line.COMPUTE);
        line(Line.COMPUTE.title, ours, "limit, 2 threads without a pool: " + of(Peer.PANDO, Line.COMPUTE_LIMIT).text(),
                times(Line.COMPUTE, Peer.PANDO, Line.COMPUTE_LIMIT), "≥ 1.9", met(ours.headline(), 1.9, false), "", "");
    }

    private void timeout(Line line, Line limit) {
        Figure ours = Figure.percentile99(results, Peer.PANDO, line.key);
        Figure theirs = Figure.percentile99(results, Peer.PEBBLE, Line.TIMEOUT.key);
        line(line.title + ", 99th percentile of " + ours.rounds().size(), ours,
                Peer.PEBBLE.label + ": " + theirs.text() + "; limit, a bare JVM: " + Figure.percentile99(results, Peer.PANDO, limit.key).text(), theirs.headline() / ours.headline(),
                "≤ 20", met(ours.headline(), 20, true), "≤ 5", met(ours.headline(), 5, true));
    }

    private void plain() {
        int kib = effort.kib().getLast();
        String key = LargeArrays.plain(kib);
        Figure ours = Figure.of(results, Peer.PANDO, key).map(micros -> LargeArrays.rate(kib, micros));
        Figure theirs = Figure.of(results, Peer.NUMPY, key).map(micros -> LargeArrays.rate(kib, micros));
        double times = results.ratio(Peer.NUMPY, key, Peer.PANDO, key);
        line("`double[]` of " + LargeArrays.size(kib) + " there and back, plain: GB/s", ours, "numpy by pickle: " + theirs.text(), times,
                "≥ 8 × of CPython", met(times, 8, false), "≥ 10", met(ours.headline(), 10, false));
    }

    /**
     * The bound is independent of the size: the largest array takes at most 1.5 times as long as the smallest. The
     * spread of all sizes is shown but not judged: it comes from the two ways in which a wake-up may go, whatever the
     * size.
     */
    private void shared() {
        int kib = effort.kib().getLast();
        String key = LargeArrays.shared(kib);
        double grown = results.ratio(Peer.PANDO, key, Peer.PANDO, LargeArrays.shared(effort.kib().getFirst()));
        var sizes = effort.kib().stream().mapToDouble(size -> results.median(Peer.PANDO, LargeArrays.shared(size))).summaryStatistics();
        Figure ours = Figure.of(results, Peer.PANDO, key);
        line("the same as a shared array, one element read: µs", ours,
                "numpy in shared_memory: " + Figure.of(results, Peer.NUMPY, key).text(), results.ratio(Peer.NUMPY, key, Peer.PANDO, key),
                "of that for " + LargeArrays.size(effort.kib().getFirst()) + " ≤ 1.5 ×, is " + Figure.number(grown)
                        + " (all sizes, most / least: " + Figure.number(sizes.getMax() / sizes.getMin()) + ")",
                met(grown, 1.5, true), "≤ 30", met(ours.headline(), 30, true));
    }

    /** An idle JVM uses processor time too; a pool of two and its program are three JVMs. */
    private void burnt() {
        Figure bare = of(Peer.BARE, Line.BURNT).map(one -> 3 * one);
        Figure ours = of(Peer.PANDO, Line.BURNT);
        line(Line.BURNT.title, ours, "3 bare JVMs: " + bare.text(), bare.headline() / ours.headline(), "no spinning: ≤ 5", met(ours.headline(), 5, true), "", "");
    }

    private Figure of(Peer peer, Line line) {
        return Figure.of(results, peer, line.key);
    }

    private double times(Line line, Peer peer, Line other) {
        return line.lessIsBetter
                ? results.ratio(peer, other.key, Peer.PANDO, line.key)
                : results.ratio(Peer.PANDO, line.key, peer, other.key);
    }

    private void line(String work, Figure ours, String beside, double times, String must, String met, String aim, String aimMet) {
        if (!ours.exists()) return; // this part was not requested
        String ratio = Double.isNaN(times) ? "–" : Figure.number(times) + " ×";
        lines.add("| " + String.join(" | ", work, ours.text(), beside, ratio, must, met, aim, aimMet) + " |");
    }

    private static String met(double value, double bound, boolean less) {
        if (Double.isNaN(value)) return "–";
        return (less ? value <= bound : value >= bound) ? "yes" : "**no**";
    }
}
