package dev.pando.bench;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Compares what tasks in worker processes share with CPython's multiprocessing, in rounds. Each round runs each of the
 * two once, in turn, in a separate program ({@link SharingFork} and {@code sharing_peer.py}, which do the same things),
 * with two workers. This class collects what the programs print, and prints the table of README.md.
 *
 * <p>Arguments: the number of rounds (5), or {@code quick} for one short one.
 */
public final class SharingRounds {
    private static final String PYTHON = "multiprocessing";
    private static final List<String> ALL = List.of("pando", PYTHON);

    /** How often each thing is done. */
    static final int FULL = 20_000;

    private static final int QUICK = 4_000;

    /**
     * A line of the table.
     *
     * @param isRate whether more is better: items a second; or else microseconds
     * @param promised what the ratio must reach, ours to theirs
     */
    private record Measure(String key, String title, boolean isRate, double promised) {
        String wanted() {
            return String.format(Locale.ROOT, "%s %.1f ×", isRate ? "≥" : "≤", promised);
        }

        boolean isKept(double ratio) {
            return isRate ? ratio >= promised : ratio <= promised;
        }
    }

    private static final List<Measure> MEASURES = List.of(
            new Measure("queue", "queue, one item a call: items a second, of `Queue`", true, 10),
            new Measure("queueYoung", "the same, where few items were sent before", true, 10),
            new Measure("queueMany", "queue, 500 items a call, of `Queue` with one a call: items a second", true, 10),
            new Measure("pipe", "pipe, there and back between two workers: µs, of `Pipe`", false, 1),
            new Measure("lock", "lock and unlock, from a worker: µs, of `Manager().Lock`", false, 0.1),
            new Measure("counter", "counter, add from a worker: µs, of `Value` under its lock", false, 1),
            new Measure("put", "map, put from a worker: µs, of `Manager().dict`", false, 0.5),
            new Measure("get", "map, get from a worker: µs, of `Manager().dict`", false, 0.5));

    private final PrintedSamples samples =
            new PrintedSamples(MEASURES.stream().map(Measure::key).toList());

    private SharingRounds() {}

    public static void main(String[] args) throws IOException {
        boolean quick = args.length > 0 && args[0].equals("quick");
        int rounds = quick ? 1 : args.length > 0 ? Integer.parseInt(args[0]) : 5;
        run(rounds, quick ? QUICK : FULL).forEach(System.out::println);
    }

    /** Returns the lines of the table. */
    static List<String> run(int rounds, int size) throws IOException {
        return PrintedSamples.withScript("sharing_peer.py", script -> run(rounds, size, script));
    }

    private static List<String> run(int rounds, int size, Path script) {
        SharingRounds run = new SharingRounds();
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        for (int round = 0; round < rounds; round++) {
            for (String who : ALL) {
                run.fork(who, size, script);
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add(run.samples.conditions(rounds, load));
        lines.add("");
        lines.add("| median (lowest – highest) | pando | multiprocessing | ratio | promised | kept? |");
        lines.add("|---|---:|---:|---:|---:|---|");
        for (Measure measure : MEASURES) {
            run.row(measure, lines);
        }
        return lines;
    }

    private void fork(String who, int size, Path script) {
        List<String> command = who.equals(PYTHON)
                ? List.of("python3", script.toString(), "" + size)
                : List.of(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SharingFork.class.getName(),
                        "" + size);
        samples.run(who, command);
    }

    private List<Double> of(Measure measure, String who) {
        return samples.of(measure.key, who);
    }

    private void row(Measure measure, List<String> lines) {
        double ratio = RoundSamples.ratio(of(measure, "pando"), of(measure, PYTHON));
        lines.add(String.format(
                Locale.ROOT,
                "| %s | %s | %s | %.2f | %s | %s |",
                measure.title,
                PrintedSamples.spread(of(measure, "pando"), 1, measure.isRate ? 0 : 2),
                PrintedSamples.spread(of(measure, PYTHON), 1, measure.isRate ? 0 : 2),
                ratio,
                measure.wanted(),
                measure.isKept(ratio) ? "yes" : "**no**"));
    }
}
