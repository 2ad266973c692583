package dev.pando.bench;

import java.util.ArrayList;
import java.util.List;

/** The promises of worker processes against the measurements: the first table of {@link Peers}. */
final class PromiseTable {
    private final PeerResults peerResults;
    private final MeasuringEffort measuringEffort;
    private final List<String> lines = new ArrayList<>();

    private PromiseTable(PeerResults peerResults, MeasuringEffort measuringEffort) {
        this.peerResults = peerResults;
        this.measuringEffort = measuringEffort;
    }

    static List<String> table(PeerResults peerResults, MeasuringEffort measuringEffort) {
        PromiseTable promiseTable = new PromiseTable(peerResults, measuringEffort);
        promiseTable.lines.add(
                "| work, two workers | Pando | beside it | times as good | must reach | met? | aim | met? |");
        promiseTable.lines.add("|---|---:|---:|---:|---|---|---|---|");
        promiseTable.all();
        return promiseTable.lines;
    }

    private void all() {
        beside(ResultLine.CALL_P50, PeerKind.FORK, 5, "≤ 1/5", "≤ 10", 10);
        beside(ResultLine.BURST, PeerKind.FORK, 30, "≥ 30 ×", "≥ 1,000,000", 1e6);
        times(ResultLine.ROW, 6, 10);
        times(ResultLine.ROW_BURST, 30, 60);
        times(ResultLine.ROW_BUSY, 4, 10);
        times(ResultLine.ROW_BURST_BUSY, 20, 60);
        beside(ResultLine.MAP, PeerKind.MP, 2, "≥ 2 ×", "≥ 10,000,000", 10e6);
        compute();
        cold(ResultLine.COLD_FIRST, ResultLine.COLD_HELLO, "≤ 4 × hello", 4, "≤ 100", 100);
        cold(ResultLine.COLD_HUNDRED, ResultLine.COLD_HELLO, "≤ 250", 0, "≤ 150", 150);
        cold(ResultLine.COLD_THREADS, ResultLine.COLD_EXECUTOR, "≤ 1.5 × ThreadPoolExecutor", 1.5, "", Double.NaN);
        beside(ResultLine.START_NEW, PeerKind.SPAWN, 1 / 1.6, "≤ 1.6 ×", "≤ 40", 40);
        within(ResultLine.START_RESTED, PeerKind.MP, ResultLine.START_RESTED, "≤ 10", 10, "≤ 4", 4);
        within(ResultLine.KILL_SPARE, PeerKind.PEBBLE, ResultLine.KILL, "≤ 6", 6, "≤ 3", 3);
        within(ResultLine.KILL, PeerKind.PEBBLE, ResultLine.KILL, "≤ 60", 60, "≤ 45", 45);
        timeout(ResultLine.TIMEOUT, ResultLine.BARE_ENDED);
        timeout(ResultLine.TIMEOUT_SPARE, ResultLine.BARE_ENDED_STARTING);
        plain();
        shared();
        within(ResultLine.RESIDENT, PeerKind.FORK, ResultLine.RESIDENT, "≤ 50", 50, "≤ 45", 45);
        burnt();
    }

    /** The bound is {@code factor} times the peer's number. */
    private void beside(
            ResultLine resultLine, PeerKind peerKind, double factor, String must, String aim, double aimed) {
        TableFigure ours = of(PeerKind.PANDO, resultLine);
        double times = times(resultLine, peerKind, resultLine);
        line(
                resultLine.title,
                ours,
                limited(
                        resultLine,
                        peerKind.label + ": " + of(peerKind, resultLine).text()),
                times,
                must + " of " + peerKind.label,
                met(times, factor, false),
                aim,
                met(ours.headline(), aimed, resultLine.lessIsBetter));
    }

    /** The bound and the aim are times the number of CPython, which forks. */
    private void times(ResultLine resultLine, int bound, int aimed) {
        double times = times(resultLine, PeerKind.FORK, resultLine);
        line(
                resultLine.title,
                of(PeerKind.PANDO, resultLine),
                PeerKind.FORK.label + ": " + of(PeerKind.FORK, resultLine).text(),
                times,
                "≥ " + bound + " × of " + PeerKind.FORK.label,
                met(times, bound, false),
                "≥ " + aimed + " ×",
                met(times, aimed, false));
    }

    /** The bound is a number; the peer's number, which may be of another line, is shown beside it. */
    private void within(
            ResultLine resultLine,
            PeerKind peerKind,
            ResultLine other,
            String must,
            double bound,
            String aim,
            double aimed) {
        TableFigure ours = of(PeerKind.PANDO, resultLine);
        line(
                resultLine.title,
                ours,
                limited(resultLine, peerKind.label + ": " + of(peerKind, other).text()),
                times(resultLine, peerKind, other),
                must,
                met(ours.headline(), bound, resultLine.lessIsBetter),
                aim,
                met(ours.headline(), aimed, resultLine.lessIsBetter));
    }

    /** Adds the limit that a bare JVM sets, for lines in which a JVM must start or stand ready. */
    private String limited(ResultLine resultLine, String beside) {
        if (resultLine == ResultLine.KILL_SPARE) {
            return beside + "; limit, a bare JVM: "
                    + of(PeerKind.PANDO, ResultLine.BARE_STAND_IN).text();
        }
        if (resultLine == ResultLine.KILL) {
            return beside + "; limit, a bare JVM: "
                    + of(PeerKind.PANDO, ResultLine.BARE_NEXT).text();
        }
        ResultLine limit = resultLine == ResultLine.START_NEW
                ? ResultLine.BARE_BYTE
                : resultLine == ResultLine.RESIDENT ? ResultLine.RESIDENT : null;
        return limit == null
                ? beside
                : beside + "; limit, a bare JVM: " + of(PeerKind.BARE, limit).text();
    }

    private void compute() {
        TableFigure ours = of(PeerKind.PANDO, ResultLine.COMPUTE);
        line(
                ResultLine.COMPUTE.title,
                ours,
                "limit, 2 threads without a pool: "
                        + of(PeerKind.PANDO, ResultLine.COMPUTE_LIMIT).text(),
                times(ResultLine.COMPUTE, PeerKind.PANDO, ResultLine.COMPUTE_LIMIT),
                "≥ 1.9",
                met(ours.headline(), 1.9, false),
                "",
                "");
    }

    /** The bound is {@code factor} times the limit, or 250 ms if that is 0. */
    private void cold(ResultLine resultLine, ResultLine limit, String must, double factor, String aim, double aimed) {
        TableFigure ours = of(PeerKind.PANDO, resultLine);
        double times = times(resultLine, PeerKind.PANDO, limit);
        String fork = of(PeerKind.FORK, resultLine).exists()
                ? PeerKind.FORK.label + ": " + of(PeerKind.FORK, resultLine).text() + "; "
                : "";
        line(
                resultLine.title,
                ours,
                fork
                        + (limit == ResultLine.COLD_HELLO ? "a bare JVM: " : "the JDK's: ")
                        + of(PeerKind.PANDO, limit).text(),
                times,
                must,
                factor == 0 ? met(ours.headline(), 250, true) : met(times, 1 / factor, false),
                aim,
                Double.isNaN(aimed) ? "" : met(ours.headline(), aimed, true));
    }

    private void timeout(ResultLine resultLine, ResultLine limit) {
        TableFigure ours = TableFigure.percentile99(peerResults, PeerKind.PANDO, resultLine.key);
        TableFigure theirs = TableFigure.percentile99(peerResults, PeerKind.PEBBLE, ResultLine.TIMEOUT.key);
        line(
                resultLine.title + ", 99th percentile of " + ours.rounds().size(),
                ours,
                PeerKind.PEBBLE.label + ": " + theirs.text() + "; limit, a bare JVM: "
                        + TableFigure.percentile99(peerResults, PeerKind.PANDO, limit.key)
                                .text(),
                theirs.headline() / ours.headline(),
                "≤ 20",
                met(ours.headline(), 20, true),
                "≤ 5",
                met(ours.headline(), 5, true));
    }

    private void plain() {
        int kib = measuringEffort.kib().getLast();
        String key = LargeArrays.plain(kib);
        TableFigure ours =
                TableFigure.of(peerResults, PeerKind.PANDO, key).map(micros -> LargeArrays.rate(kib, micros));
        TableFigure theirs =
                TableFigure.of(peerResults, PeerKind.NUMPY, key).map(micros -> LargeArrays.rate(kib, micros));
        double times = peerResults.ratio(PeerKind.NUMPY, key, PeerKind.PANDO, key);
        line(
                "`double[]` of " + LargeArrays.size(kib) + " there and back, plain: GB/s",
                ours,
                "numpy by pickle: " + theirs.text(),
                times,
                "≥ 8 × of CPython",
                met(times, 8, false),
                "≥ 10",
                met(ours.headline(), 10, false));
    }

    /**
     * The bound is independent of the size: the largest array takes at most 1.5 times as long as the smallest. The
     * spread of all sizes is shown but not judged: it comes from the two ways in which a wake-up may go, whatever the
     * size.
     */
    private void shared() {
        int kib = measuringEffort.kib().getLast();
        String key = LargeArrays.shared(kib);
        double grown = peerResults.ratio(
                PeerKind.PANDO,
                key,
                PeerKind.PANDO,
                LargeArrays.shared(measuringEffort.kib().getFirst()));
        var sizes = measuringEffort.kib().stream()
                .mapToDouble(size -> peerResults.median(PeerKind.PANDO, LargeArrays.shared(size)))
                .summaryStatistics();
        TableFigure ours = TableFigure.of(peerResults, PeerKind.PANDO, key);
        line(
                "the same as a shared array, one element read: µs",
                ours,
                "numpy in shared_memory: "
                        + TableFigure.of(peerResults, PeerKind.NUMPY, key).text(),
                peerResults.ratio(PeerKind.NUMPY, key, PeerKind.PANDO, key),
                "of that for " + LargeArrays.size(measuringEffort.kib().getFirst()) + " ≤ 1.5 ×, is "
                        + TableFigure.number(grown) + " (all sizes, most / least: "
                        + TableFigure.number(sizes.getMax() / sizes.getMin()) + ")",
                met(grown, 1.5, true),
                "≤ 30",
                met(ours.headline(), 30, true));
    }

    /** An idle JVM uses processor time too; a pool of two and its program are three JVMs. */
    private void burnt() {
        TableFigure bare = of(PeerKind.BARE, ResultLine.BURNT).map(one -> 3 * one);
        TableFigure ours = of(PeerKind.PANDO, ResultLine.BURNT);
        line(
                ResultLine.BURNT.title,
                ours,
                "3 bare JVMs: " + bare.text(),
                bare.headline() / ours.headline(),
                "no spinning: ≤ 5",
                met(ours.headline(), 5, true),
                "",
                "");
    }

    private TableFigure of(PeerKind peerKind, ResultLine resultLine) {
        return TableFigure.of(peerResults, peerKind, resultLine.key);
    }

    private double times(ResultLine resultLine, PeerKind peerKind, ResultLine other) {
        return resultLine.lessIsBetter
                ? peerResults.ratio(peerKind, other.key, PeerKind.PANDO, resultLine.key)
                : peerResults.ratio(PeerKind.PANDO, resultLine.key, peerKind, other.key);
    }

    private void line(
            String work,
            TableFigure ours,
            String beside,
            double times,
            String must,
            String met,
            String aim,
            String aimMet) {
        if (!ours.exists()) {
            return; // this part was not requested
        }
        String ratio = Double.isNaN(times) ? "–" : TableFigure.number(times) + " ×";
        lines.add("| " + String.join(" | ", work, ours.text(), beside, ratio, must, met, aim, aimMet) + " |");
    }

    private static String met(double value, double bound, boolean less) {
        if (Double.isNaN(value)) {
            return "–";
        }
        return (less ? value <= bound : value >= bound) ? "yes" : "**no**";
    }
}
