package dev.pando.bench;

import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.process.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Results that are large or long: from the submission until the program has the object, and the most memory that the
 * program and its worker have taken until then. The smallest comes first, since that memory only grows.
 */
final class LargeResults {
    private static final Task<Long> PROCESS = () -> ProcessHandle.current().pid();

    private LargeResults() {}

    static void measure(MeasuringEffort measuringEffort) throws IOException {
        int links = measuringEffort.of("links");
        measure(
                measuringEffort,
                () -> numbers(new LinkedList<>(), links),
                ResultLine.LINKED,
                ResultLine.LINKED_HERE,
                ResultLine.LINKED_THERE);
        int count = measuringEffort.of("numbers");
        measure(
                measuringEffort,
                () -> numbers(new ArrayList<>(count), count),
                ResultLine.BOXED,
                ResultLine.BOXED_HERE,
                ResultLine.BOXED_THERE);
        int bytes = measuringEffort.of("bytes");
        measure(
                measuringEffort,
                () -> new byte[bytes],
                ResultLine.BYTES,
                ResultLine.BYTES_HERE,
                ResultLine.BYTES_THERE);
    }

    private static List<Integer> numbers(List<Integer> numbers, int count) {
        for (int i = 0; i < count; i++) {
            numbers.add(i);
        }
        return numbers;
    }

    private static void measure(
            MeasuringEffort measuringEffort, Task<Object> task, ResultLine time, ResultLine here, ResultLine there)
            throws IOException {
        try (Pool pool = Pool.open(Processes.of(1))) {
            long worker = pool.submit(PROCESS).result();
            for (int i = 0; i < measuringEffort.of("repeats"); i++) {
                long begin = System.nanoTime();
                pool.submit(task).result();
                PeerFork.print(time.key, (System.nanoTime() - begin) / 1e6);
            }
            PeerFork.print(here.key, most("self"));
            PeerFork.print(there.key, most(String.valueOf(worker)));
        }
    }

    /** Returns the most mebibytes that a process has held. NaN where the system does not tell. */
    private static double most(String process) throws IOException {
        Path status = Path.of("/proc/" + process + "/status");
        if (!Files.exists(status)) {
            return Double.NaN;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(Double.NaN);
        }
    }
}
