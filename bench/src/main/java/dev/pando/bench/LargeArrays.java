package dev.pando.bench;

import dev.pando.Pool;
import dev.pando.process.Processes;
import dev.pando.process.SharedArray;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A {@code double[]} there and back, and a {@link SharedArray} of which a task reads one element, beside CPython with numpy
 * if there is a {@code python3} that has it. One worker. Prints the table of README.md.
 *
 * <p>Arguments: sizes in KiB; or nothing, for 64 KiB to 64 MiB.
 */
public final class LargeArrays {
    private static final List<Integer> SIZES = List.of(64, 128, 256, 1024, 8 * 1024, 64 * 1024);
    private static final int LARGE_KIB = 4096;

    private LargeArrays() {}

    public static void main(String[] args) throws IOException {
        List<Integer> sizes = args.length == 0 ? SIZES : Arrays.stream(args).map(Integer::parseInt).toList();
        run(sizes).forEach(System.out::println);
    }

    /** The table, line by line. */
    static List<String> run(List<Integer> sizes) throws IOException {
        Map<String, Double> python = new HashMap<>();
        List<String> lines = new ArrayList<>();
        lines.add("Java " + Runtime.version() + "; " + python(sizes, python) + ".");
        lines.add("");
        lines.add("| `double[]` of | plain, there and back: µs | GB/s | numpy by pickle: µs | GB/s | times as fast | shared, read by a task: µs | numpy in shared_memory: µs |");
        lines.add("|---|---:|---:|---:|---:|---:|---:|---:|");
        try (Pool pool = Pool.open(Processes.of(1))) {
            for (int kib : sizes) lines.add(line(pool, kib, python));
        }
        return lines;
    }

    private static String line(Pool pool, int kib, Map<String, Double> python) {
        double[] array = new double[kib * 128];
        double plain = median(kib > LARGE_KIB ? 20 : 200, () -> pool.submit(there -> there, array).result());
        double shared;
        try (var memory = SharedArray.copyOf(array)) {
            shared = median(2000, () -> pool.submit(there -> there.get(0), memory).result());
        }
        Double pickled = python.get("plain " + kib);
        return String.format(Locale.ROOT, "| %s | %,.0f | %.2f | %s | %s | %s | %.0f | %s |",
                kib < 1024 ? kib + " KiB" : kib / 1024 + " MiB", plain, rate(kib, plain),
                pickled == null ? "–" : String.format(Locale.ROOT, "%,.0f", pickled),
                pickled == null ? "–" : String.format(Locale.ROOT, "%.2f", rate(kib, pickled)),
                pickled == null ? "–" : String.format(Locale.ROOT, "%.1f", pickled / plain),
                shared, python.containsKey("shared " + kib) ? String.format(Locale.ROOT, "%.0f", python.get("shared " + kib)) : "–");
    }

    /** Both ways count. */
    private static double rate(int kib, double micros) {
        return 2 * kib * 1024.0 / micros / 1e3;
    }

    private static double median(int count, Runnable work) {
        for (int i = 0; i < 2 * count; i++) work.run();
        double[] times = new double[count];
        for (int i = 0; i < count; i++) {
            long begin = System.nanoTime();
            work.run();
            times[i] = (System.nanoTime() - begin) / 1e3;
        }
        Arrays.sort(times);
        return times[count / 2];
    }

    private static String python(List<Integer> sizes, Map<String, Double> numbers) throws IOException {
        String version = "no python3 with numpy";
        Path script = Files.createTempFile("pando-bench", ".py");
        try (InputStream in = LargeArrays.class.getResourceAsStream("large_arrays.py")) {
            Files.write(script, in.readAllBytes());
            List<String> command = new ArrayList<>(List.of("python3", script.toString()));
            for (int kib : sizes) command.add("" + kib);
            Process program = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            try (BufferedReader out = program.inputReader()) {
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                    int last = line.lastIndexOf(' ');
                    if (line.startsWith("version ")) version = line.substring("version ".length());
                    else numbers.put(line.substring(0, last), Double.parseDouble(line.substring(last + 1)));
                }
            }
        } catch (IOException noPython) {
            // then ours alone
        } finally {
            Files.delete(script);
        }
        return version;
    }
}
