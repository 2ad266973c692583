package dev.pando.bench;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Compares the event loop with CPython's asyncio and with plain virtual threads, in rounds. Each round runs each of the
 * three once, in turn, in a separate program ({@link LoopFork} and {@code asyncio_peer.py}, which do the same things).
 * This class collects what the programs print, and prints the tables of README.md.
 *
 * <p>Arguments: the number of rounds (5), or {@code quick} for one short one.
 */
public final class LoopRounds {
    private static final String PYTHON = "asyncio";
    private static final List<String> ALL = List.of("pando", PYTHON, "virtual");

    /** Coroutines that sleep, hand-overs, items of each of 1000 senders; and how often. */
    record Size(int sleepers, int handOvers, int items, int repeats) {
        static final Size FULL = new Size(100_000, 1_000_000, 100, 3);
        static final Size QUICK = new Size(100_000, 200_000, 30, 1);
        /** The least that runs, for tests. */
        static final Size TINY = new Size(100, 100, 1, 1);

        /** Python gets the same numbers but only one repeat, because it is slow. */
        List<String> arguments(String who) {
            return List.of("" + sleepers, "" + handOvers, "" + items, "" + (who.equals(PYTHON) ? 1 : repeats));
        }
    }

    /** A line of the table. */
    private record Measure(String key, String title, double promised) {
        boolean isMemory() {
            return key.equals("memory");
        }
    }

    private static final List<Measure> MEASURES = List.of(
            new Measure("sleep", "100 000 coroutines sleep 10 ms and end: thousands a second", 10),
            new Measure("hand", "1 000 000 hand-overs between two, by channels: thousands a second", 5),
            new Measure("senders", "1000 coroutines send through a channel of 10: thousands of items a second", 5),
            new Measure("memory", "memory of a coroutine that waits: bytes", Double.NaN));

    private final PrintedSamples samples =
            new PrintedSamples(MEASURES.stream().map(Measure::key).toList());

    private LoopRounds() {}

    public static void main(String[] args) throws IOException {
        boolean quick = args.length > 0 && args[0].equals("quick");
        int rounds = quick ? 1 : args.length > 0 ? Integer.parseInt(args[0]) : 5;
        run(rounds, quick ? Size.QUICK : Size.FULL).forEach(System.out::println);
    }

    /** Returns the lines of the tables. */
    static List<String> run(int rounds, Size size) throws IOException {
        return PrintedSamples.withScript("asyncio_peer.py", script -> run(rounds, size, script));
    }

    private static List<String> run(int rounds, Size size, Path script) {
        LoopRounds run = new LoopRounds();
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        for (int round = 0; round < rounds; round++) {
            for (String who : ALL) {
                run.fork(who, size, script);
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add(run.samples.conditions(rounds, load));
        lines.addAll(List.of("", "| promised, of asyncio | measured | met? |", "|---|---:|---|"));
        for (Measure measure : MEASURES) {
            run.promise(measure, lines);
        }
        lines.addAll(List.of(
                "", "| median (lowest – highest) | pando | asyncio | plain virtual threads |", "|---|---:|---:|---:|"));
        for (Measure measure : MEASURES) {
            run.row(measure, lines);
        }
        return lines;
    }

    private void fork(String who, Size size, Path script) {
        List<String> command = new ArrayList<>(
                who.equals(PYTHON)
                        ? List.of("python3", script.toString())
                        : List.of(
                                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                                "-Xms2g",
                                "-Xmx2g",
                                "-XX:+UseParallelGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                LoopFork.class.getName(),
                                who));
        command.addAll(size.arguments(who));
        samples.run(who, command);
    }

    private List<Double> of(Measure measure, String who) {
        return samples.of(measure.key, who);
    }

    private void promise(Measure measure, List<String> lines) {
        if (measure.isMemory()) {
            return;
        }
        double ratio = RoundSamples.ratio(of(measure, "pando"), of(measure, PYTHON));
        lines.add(String.format(
                Locale.ROOT,
                "| %s: ≥ %.0f × | %.1f × | %s |",
                measure.title.replaceFirst(": thousands.*", ""),
                measure.promised,
                ratio,
                ratio >= measure.promised ? "yes" : "**no**"));
    }

    private void row(Measure measure, List<String> lines) {
        StringBuilder line = new StringBuilder("| " + measure.title);
        for (String who : ALL) {
            line.append(" | ").append(PrintedSamples.spread(of(measure, who), measure.isMemory() ? 1 : 1_000, 0));
        }
        lines.add(line + " |");
    }
}
