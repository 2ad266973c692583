package dev.pando.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Worker processes beside those of others: {@code Processes}, CPython's {@code ProcessPoolExecutor} and PP4J, in rounds.
 * Each round runs each of them once, one after the other, in a program of its own ({@link ProcessFork} and {@code
 * process_fork.py}, which do the same things); what they print is collected here, and printed as the tables of README.md.
 *
 * <p>Arguments: the number of rounds (5), or {@code quick} for one short one.
 */
public final class ProcessRounds {
    private static final String PYTHON = "python";
    private static final List<String> ALL = List.of("pando", PYTHON, "pp4j");
    private static final long PATIENCE_MINUTES = 10;

    /** How much one program does: so many calls one at a time, tasks at once, elements of a map; and how often. */
    record Size(int calls, int tasks, int elements, int repeats) {
        static final Size FULL = new Size(10_000, 10_000, 100_000, 5);
        static final Size QUICK = new Size(2_000, 10_000, 100_000, 2);
        /** To see that it runs. */
        static final Size TINY = new Size(20, 100, 200, 1);

        List<String> arguments() {
            return List.of("" + calls, "" + tasks, "" + elements, "" + repeats);
        }
    }

    /** One line of the table. */
    private record Measure(String key, String title, boolean lessIsBetter) {}

    private static final List<Measure> MEASURES = List.of(
            new Measure("call.p50", "no-op, one at a time: median, µs", true),
            new Measure("call.p99", "the same: 99th percentile, µs", true),
            new Measure("burst", "10 000 no-ops at once: tasks a ms", false),
            new Measure("map", "map of tiny elements, in chunks: elements a ms", false),
            new Measure("each", "the same, each on its own: elements a ms", false),
            new Measure("start.first", "open, first answer, first time: ms", true),
            new Measure("start.again", "the same, again in the same program: ms", true),
            new Measure("kill", "the only worker is killed, next answer: ms", true),
            new Measure("kill.spare", "the same, with a spare: ms", true));

    private final Size size;
    private final Path script;
    private final Map<String, Samples> samples = new TreeMap<>();
    private final Map<String, String> versions = new TreeMap<>();

    private ProcessRounds(Size size, Path script) {
        this.size = size;
        this.script = script;
    }

    public static void main(String[] args) throws IOException {
        boolean quick = args.length > 0 && args[0].equals("quick");
        int rounds = quick ? 1 : args.length > 0 ? Integer.parseInt(args[0]) : 5;
        run(rounds, quick ? Size.QUICK : Size.FULL).forEach(System.out::println);
    }

    /** The tables, line by line. */
    static List<String> run(int rounds, Size size) throws IOException {
        Path script = Files.createTempFile("pando-bench", ".py");
        try (InputStream in = ProcessRounds.class.getResourceAsStream("process_fork.py")) {
            Files.write(script, in.readAllBytes());
            ProcessRounds run = new ProcessRounds(size, script);
            String before = machine();
            for (int round = 1; round <= rounds; round++) {
                for (String who : ALL) run.fork(who, "round " + round + " of " + rounds);
            }
            List<String> lines = new ArrayList<>();
            lines.add(before + ". " + rounds + " round(s). " + String.join("; ", run.versions.values()) + ".");
            run.promises(lines);
            run.table(lines);
            return lines;
        } finally {
            Files.delete(script);
        }
    }

    private static String machine() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return String.format(Locale.ROOT, "%d processors (%s), %s %s, load %.1f before",
                system.getAvailableProcessors(), processor(), system.getName(), system.getVersion(), system.getSystemLoadAverage());
    }

    private static String processor() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name")).findFirst().map(line -> line.replaceFirst(".*: ", ""))
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException | UncheckedIOException e) {
            return System.getProperty("os.arch");
        }
    }

    private void fork(String who, String round) {
        System.err.println(round + ": " + who);
        Map<String, Double> numbers = new HashMap<>();
        try {
            Process program = new ProcessBuilder(command(who)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            program.onExit().orTimeout(PATIENCE_MINUTES, TimeUnit.MINUTES).exceptionally(late -> program.destroyForcibly());
            try (BufferedReader out = new BufferedReader(new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = out.readLine(); line != null; line = out.readLine()) take(who, line, numbers);
            }
        } catch (IOException e) {
            System.err.println(who + " could not be run: " + e.getMessage());
        }
        for (Measure measure : MEASURES) { // what is missing is missing in this round, too
            samples.computeIfAbsent(who + " " + measure.key, key -> new Samples()).scores().add(numbers.getOrDefault(measure.key, Double.NaN));
        }
    }

    private void take(String who, String line, Map<String, Double> numbers) {
        String[] parts = line.split(" ", 2);
        if (parts.length < 2) return;
        if (parts[0].equals("version")) versions.put(who, parts[1]);
        else numbers.put(parts[0], Double.valueOf(parts[1]));
    }

    private List<String> command(String who) {
        List<String> command = new ArrayList<>(who.equals(PYTHON)
                ? List.of("python3", script.toString())
                : List.of(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        "-cp", System.getProperty("java.class.path"), ProcessFork.class.getName(), who));
        command.addAll(size.arguments());
        return command;
    }

    private void promises(List<String> lines) {
        lines.addAll(List.of("", "| promised: better than both | python | pp4j | met? |", "|---|---:|---:|---|"));
        for (Measure measure : MEASURES.subList(0, 3)) {
            double python = ratio(measure, PYTHON);
            double pp4j = ratio(measure, "pp4j");
            boolean met = !(python < 1) && !(pp4j < 1);
            lines.add("| " + measure.title.replaceFirst(", µs|: tasks a ms", "") + " | " + times(python) + " | " + times(pp4j)
                    + " | " + (met ? "yes" : "**no**") + " |");
        }
    }

    private void table(List<String> lines) {
        lines.addAll(List.of("", "| median (lowest – highest) | pando | python | pp4j |", "|---|---:|---:|---:|"));
        for (Measure measure : MEASURES) {
            StringBuilder line = new StringBuilder("| " + measure.title);
            for (String who : ALL) line.append(" | ").append(spread(of(measure, who)));
            lines.add(line + " |");
        }
    }

    private List<Double> of(Measure measure, String who) {
        return samples.get(who + " " + measure.key).scores();
    }

    /** How many times better ours is. */
    private double ratio(Measure measure, String peer) {
        List<Double> ours = of(measure, "pando");
        List<Double> theirs = of(measure, peer);
        return measure.lessIsBetter ? Samples.ratio(theirs, ours) : Samples.ratio(ours, theirs);
    }

    private static String times(double ratio) {
        return Double.isNaN(ratio) ? "–" : String.format(Locale.ROOT, "%.2f ×", ratio);
    }

    private static String spread(List<Double> values) {
        double[] there = values.stream().mapToDouble(x -> x).filter(x -> !Double.isNaN(x)).sorted().toArray();
        if (there.length == 0) return "–";
        double median = Samples.median(Arrays.stream(there).boxed().toList());
        return there.length == 1 ? number(median) : number(median) + " (" + number(there[0]) + " – " + number(there[there.length - 1]) + ")";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.1f" : "%,.0f", value);
    }
}
