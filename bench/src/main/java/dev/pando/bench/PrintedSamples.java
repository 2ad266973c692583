package dev.pando.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What programs printed in the rounds of a comparison: a number for each measure and round, and their versions. */
final class PrintedSamples {
    private final List<String> keys;
    private final Map<String, List<Double>> numbers = new TreeMap<>();
    private final Map<String, String> versions = new TreeMap<>();

    /** What runs with the file of a resource. */
    @FunctionalInterface
    interface ScriptUse<T> {
        T with(Path script) throws IOException;
    }

    /** @param keys the first words of the lines that have numbers */
    PrintedSamples(List<String> keys) {
        this.keys = keys;
    }

    /** Runs this with a Python program of this package as a file. */
    static <T> T withScript(String resource, ScriptUse<T> use) throws IOException {
        Path script = Files.createTempFile("pando-bench", ".py");
        try (InputStream in = PrintedSamples.class.getResourceAsStream(resource)) {
            Files.write(script, in.readAllBytes());
            return use.with(script);
        } finally {
            Files.delete(script);
        }
    }

    /** Runs a program for one round. What it prints nothing of has no number there, so that rounds stay aligned. */
    void run(String who, List<String> command) {
        for (String key : keys) {
            of(key, who).add(Double.NaN);
        }
        try {
            var _ = RunningProgram.run(
                    command, ProcessBuilder.Redirect.DISCARD, (program, name, rest) -> take(who, name, rest));
        } catch (IOException e) {
            System.err.println(who + " could not be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(String who, String name, String rest) {
        if (name.equals("version")) {
            versions.put(who, rest);
        } else if (keys.contains(name)) {
            List<Double> values = of(name, who);
            values.set(values.size() - 1, Double.valueOf(rest));
        }
    }

    /** Returns the numbers of a program for a measure, one of each round. */
    List<Double> of(String key, String who) {
        return numbers.computeIfAbsent(who + " " + key, _ -> new ArrayList<>());
    }

    /** Returns the first line of a report. */
    String conditions(int rounds, double load) {
        return String.format(
                Locale.ROOT,
                "%d processors, load %.1f before. %d round(s). %s.",
                Runtime.getRuntime().availableProcessors(),
                load,
                rounds,
                String.join("; ", versions.values()));
    }

    /** Returns the median, the lowest and the highest, in this unit, with so many places; a dash if there is none. */
    static String spread(List<Double> values, double unit, int places) {
        List<Double> there =
                values.stream().filter(value -> !Double.isNaN(value)).sorted().toList();
        if (there.isEmpty()) {
            return "–";
        }
        String number = "%,." + places + "f";
        return String.format(
                Locale.ROOT,
                number + " (" + number + " – " + number + ")",
                RoundSamples.median(there) / unit,
                there.getFirst() / unit,
                there.getLast() / unit);
    }
}
