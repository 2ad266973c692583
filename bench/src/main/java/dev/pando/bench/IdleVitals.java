package dev.pando.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Reads from {@code /proc}, for an idle program and its workers: a worker's memory, and the processor time of all. */
final class IdleVitals {
    private final MeasuringEffort measuringEffort;
    private final PeerResults peerResults;
    private final PeerKind peerKind;

    IdleVitals(PeerKind peerKind, MeasuringEffort measuringEffort, PeerResults peerResults) {
        this.peerKind = peerKind;
        this.measuringEffort = measuringEffort;
        this.peerResults = peerResults;
    }

    /** Waits until the program has settled, and compares two readings. */
    void take(Process program, String words) throws InterruptedException {
        List<Long> workers = Stream.of(words.split(" "))
                .filter(word -> !word.isBlank())
                .map(Long::valueOf)
                .toList();
        List<Long> all = Stream.concat(Stream.of(program.pid()), workers.stream())
                .distinct()
                .toList();
        Thread.sleep(measuringEffort.of("settle"));
        if (!workers.isEmpty()) {
            peerResults.add(peerKind, ResultLine.RESIDENT.key, mean(workers, IdleVitals::resident));
            peerResults.add(peerKind, ResultLine.PROPORTIONAL.key, mean(workers, pid -> mebibytes(pid, "Pss:")));
        }
        long begin = System.nanoTime();
        Map<Path, Double> before = spent(all);
        Thread.sleep(measuringEffort.of("idle"));
        double burnt = 0;
        for (var thread : spent(all).entrySet()) {
            burnt += thread.getValue() - before.getOrDefault(thread.getKey(), 0.0);
        }
        peerResults.add(peerKind, ResultLine.BURNT.key, burnt / ((System.nanoTime() - begin) / 1e9));
    }

    private static double mean(List<Long> processes, ToDoubleFunction<Long> what) {
        return processes.stream().mapToDouble(what).average().orElse(Double.NaN);
    }

    /** Returns the mebibytes that a process holds. NaN where the system does not tell. */
    static double resident(long pid) {
        return mebibytes(pid, "Rss:");
    }

    static double mebibytes(long pid, String which) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
            return lines.filter(line -> line.startsWith(which))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException | UncheckedIOException notTold) {
            return Double.NaN;
        }
    }

    /**
     * Returns milliseconds for each thread, so that a thread that ends meanwhile subtracts nothing. Reads
     * {@code schedstat}, because {@code stat} only counts hundredths of a second.
     */
    private static Map<Path, Double> spent(List<Long> processes) {
        Map<Path, Double> spent = new HashMap<>();
        for (long pid : processes) {
            try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
                for (Path thread : threads.toList()) {
                    spent.put(
                            thread,
                            Double.parseDouble(Files.readString(thread.resolve("schedstat"))
                                            .split(" ")[0])
                                    / 1e6);
                }
            } catch (IOException ended) {
                // an ended thread uses no time
            }
        }
        return spent;
    }
}
