package dev.pando.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

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

    private final Map<String, List<Double>> samples = new TreeMap<>();
    private final Map<String, String> versions = new TreeMap<>();

    private LoopRounds() {}

    public static void main(String[] args) throws IOException {
        boolean quick = args.length > 0 && args[0].equals("quick");
        int rounds = quick ? 1 : args.length > 0 ? Integer.parseInt(args[0]) : 5;
        run(rounds, quick ? Size.QUICK : Size.FULL).forEach(System.out::println);
    }

    /** Returns the lines of the tables. */
    static List<String> run(int rounds, Size size) throws IOException {
        Path script = Files.createTempFile("pando-bench", ".py");
        try (InputStream in = LoopRounds.class.getResourceAsStream("asyncio_peer.py")) {
            Files.write(script, in.readAllBytes());
            LoopRounds run = new LoopRounds();
            double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
            for (int round = 0; round < rounds; round++) {
                for (String who : ALL) {
                    run.fork(who, size, script);
                }
            }
            List<String> lines = new ArrayList<>();
            lines.add(String.format(
                    Locale.ROOT,
                    "%d processors, load %.1f before. %d round(s). %s.",
                    Runtime.getRuntime().availableProcessors(),
                    load,
                    rounds,
                    String.join("; ", run.versions.values())));
            lines.addAll(List.of("", "| promised, of asyncio | measured | met? |", "|---|---:|---|"));
            for (Measure measure : MEASURES) {
                run.promise(measure, lines);
            }
            lines.addAll(List.of(
                    "",
                    "| median (lowest – highest) | pando | asyncio | plain virtual threads |",
                    "|---|---:|---:|---:|"));
            for (Measure measure : MEASURES) {
                run.row(measure, lines);
            }
            return lines;
        } finally {
            Files.delete(script);
        }
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
        for (Measure measure : MEASURES) {
            of(measure, who).add(Double.NaN); // NaN unless printed: rounds stay aligned
        }
        try {
            Process program = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader out =
                    new BufferedReader(new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                    take(who, line);
                }
            }
        } catch (IOException e) {
            System.err.println(who + " could not be run: " + e.getMessage());
        }
    }

    private void take(String who, String line) {
        String[] parts = line.split(" ", 2);
        if (parts[0].equals("version")) {
            versions.put(who, parts[1]);
            return;
        }
        for (Measure measure : MEASURES) {
            if (!measure.key.equals(parts[0])) {
                continue;
            }
            List<Double> values = of(measure, who);
            values.set(values.size() - 1, Double.valueOf(parts[1]));
        }
    }

    private List<Double> of(Measure measure, String who) {
        return samples.computeIfAbsent(who + " " + measure.key, key -> new ArrayList<>());
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
            line.append(" | ").append(spread(of(measure, who), measure.isMemory() ? 1 : 1_000));
        }
        lines.add(line + " |");
    }

    private static String spread(List<Double> values, double unit) {
        List<Double> there =
                values.stream().filter(value -> !Double.isNaN(value)).sorted().toList();
        if (there.isEmpty()) {
            return "–";
        }
        return String.format(
                Locale.ROOT,
                "%,.0f (%,.0f – %,.0f)",
                RoundSamples.median(there) / unit,
                there.getFirst() / unit,
                there.getLast() / unit);
    }
}
