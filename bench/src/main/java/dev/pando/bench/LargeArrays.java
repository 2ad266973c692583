package dev.pando.bench;

import dev.pando.Pool;
import dev.pando.process.Processes;
import dev.pando.process.SharedArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A {@code double[]} there and back, and a {@link SharedArray} of which a task reads one element; one worker. Beside it
 * {@code large_arrays.py} does the same with CPython and numpy. {@code Peers 3 arrays} runs the two alone.
 */
final class LargeArrays {
    private static final int LARGE_KIB = 4096;

    private LargeArrays() {}

    static String plain(int kib) {
        return "plain." + kib;
    }

    static String shared(int kib) {
        return "shared." + kib;
    }

    /** Prints microseconds for each size. */
    static void measure(MeasuringEffort measuringEffort) {
        try (Pool pool = Pool.open(Processes.of(1))) {
            for (int kib : measuringEffort.kib()) {
                double[] array = new double[kib * 128];
                int times = (kib > LARGE_KIB ? 1 : 10) * measuringEffort.of("copies");
                PeerFork.print(
                        plain(kib),
                        median(
                                measuringEffort,
                                times,
                                () -> pool.submit(there -> there, array).result()));
                try (var memory = SharedArray.copyOf(array)) {
                    PeerFork.print(
                            shared(kib),
                            median(
                                    measuringEffort,
                                    100 * measuringEffort.of("copies"),
                                    () -> pool.submit(there -> there.get(0), memory)
                                            .result()));
                }
            }
        }
    }

    /** Warms up first, or else the first sizes would seem slower than the last. */
    private static double median(MeasuringEffort measuringEffort, int count, Runnable work) {
        long warm = System.nanoTime() + measuringEffort.of("warm") * 1_000_000L;
        do {
            work.run();
        } while (System.nanoTime() < warm);
        double[] times = new double[count];
        for (int i = 0; i < count; i++) {
            long begin = System.nanoTime();
            work.run();
            times[i] = (System.nanoTime() - begin) / 1e3;
        }
        Arrays.sort(times);
        return times[count / 2];
    }

    /** Returns the lines of the table. */
    static List<String> table(PeerResults peerResults, MeasuringEffort measuringEffort) {
        List<String> lines = new ArrayList<>();
        lines.add("| `double[]` of | plain, there and back: µs | GB/s | numpy by pickle: µs | GB/s | times as fast |"
                + " shared, read by a task: µs | numpy in shared_memory: µs |");
        lines.add("|---|---:|---:|---:|---:|---:|---:|---:|");
        for (int kib : measuringEffort.kib()) {
            TableFigure plain = TableFigure.of(peerResults, PeerKind.PANDO, plain(kib));
            TableFigure pickled = TableFigure.of(peerResults, PeerKind.NUMPY, plain(kib));
            lines.add(String.join(
                            " | ",
                            "| " + size(kib),
                            plain.text(),
                            rate(kib, plain),
                            pickled.text(),
                            rate(kib, pickled),
                            TableFigure.number(
                                    peerResults.ratio(PeerKind.NUMPY, plain(kib), PeerKind.PANDO, plain(kib))),
                            TableFigure.of(peerResults, PeerKind.PANDO, shared(kib))
                                    .text(),
                            TableFigure.of(peerResults, PeerKind.NUMPY, shared(kib))
                                    .text())
                    + " |");
        }
        return lines;
    }

    static String size(int kib) {
        return kib < 1024 ? kib + " KiB" : kib / 1024 + " MiB";
    }

    private static String rate(int kib, TableFigure micros) {
        return Double.isNaN(micros.headline()) ? "–" : String.format(Locale.ROOT, "%.2f", rate(kib, micros.headline()));
    }

    /** Returns gigabytes a second, both directions counted. */
    static double rate(int kib, double micros) {
        return 2 * kib * 1024.0 / micros / 1e3;
    }
}
