package dev.pando.lab.experiment;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Measures CPython itself beside the lab's model of it, if {@code python3} is on the path. */
final class CPython {
    private static final String PROGRAM = """
        import platform, subprocess, sys, threading, time

        BURN = "x = 1\\nfor i in range(150000): x = x * 1103515245 + 12345 & 0x7fffffff"

        def burn():
            x = 1
            for i in range(150000):
                x = x * 1103515245 + 12345 & 0x7fffffff

        def wait():
            time.sleep(0.01)

        def timed(work, workers, pieces=None):
            start = time.perf_counter()
            def some(number):
                for _ in range(8 // workers):
                    began = time.perf_counter() - start
                    work()
                    if pieces is not None: pieces.append((number, began, time.perf_counter() - start))
            threads = [threading.Thread(target=some, args=(number,)) for number in range(workers)]
            for thread in threads: thread.start()
            for thread in threads: thread.join()
            return time.perf_counter() - start

        def processes():
            start = time.perf_counter()
            program = "for _ in range(2):\\n" + "".join("    " + line + "\\n" for line in BURN.splitlines())
            children = [subprocess.Popen([sys.executable, "-S", "-E", "-c", "def run():\\n" + "".join(
                "    " + line + "\\n" for line in program.splitlines()) + "run()"]) for _ in range(4)]
            for child in children: child.wait()
            return time.perf_counter() - start

        timed(burn, 1)
        print("version", platform.python_implementation() + " " + platform.python_version())
        print("lock", getattr(sys, "_is_gil_enabled", lambda: True)())
        print("cpu-one", min(timed(burn, 1) for _ in range(3)))
        print("cpu-threads", min(timed(burn, 4) for _ in range(3)))
        print("cpu-processes", min(processes() for _ in range(2)))
        print("wait-one", timed(wait, 1))
        print("wait-threads", timed(wait, 4))
        for work in burn, wait:
            pieces = []
            timed(work, 4, pieces)
            for piece in pieces: print("piece-" + work.__name__, *piece)
        """;

    private CPython() {}

    /** Nanoseconds for eight pieces of work each. */
    record Times(
            String version,
            boolean hasLock,
            double cpuOne,
            double cpuThreads,
            double cpuProcesses,
            double waitOne,
            double waitThreads,
            List<Piece> pieces) {}

    /** A piece of work of a thread, in nanoseconds since all began. */
    record Piece(boolean waits, int thread, long start, long end) {}

    /** Returns empty if there is no {@code python3}, or if it cannot run the program. */
    static Optional<Times> measure() throws IOException, InterruptedException {
        if (Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .noneMatch(folder -> Files.isExecutable(Path.of(folder, "python3")))) {
            return Optional.empty();
        }
        Process python = new ProcessBuilder("python3", "-E", "-c", PROGRAM)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var _ = new ProcessLeash(python)) {
            python.getOutputStream().close();
            String answers = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return python.waitFor(30, TimeUnit.SECONDS) && python.exitValue() == 0 ? read(answers) : Optional.empty();
        }
    }

    private static Optional<Times> read(String answers) {
        Map<String, String> said = new HashMap<>();
        answers.lines()
                .map(line -> line.split(" ", 2))
                .filter(pair -> pair.length == 2)
                .forEach(pair -> said.put(pair[0], pair[1]));
        if (said.size() < 7) {
            return Optional.empty();
        }
        return Optional.of(new Times(
                said.getOrDefault("version", "CPython"),
                "True".equals(said.get("lock")),
                nanos(said, "cpu-one"),
                nanos(said, "cpu-threads"),
                nanos(said, "cpu-processes"),
                nanos(said, "wait-one"),
                nanos(said, "wait-threads"),
                answers.lines()
                        .filter(line -> line.startsWith("piece-"))
                        .map(CPython::piece)
                        .toList()));
    }

    private static Piece piece(String line) {
        String[] words = line.split(" ", 4);
        return new Piece(
                words[0].endsWith("wait"),
                Integer.parseInt(words[1]),
                (long) (1e9 * Double.parseDouble(words[2])),
                (long) (1e9 * Double.parseDouble(words[3])));
    }

    private static double nanos(Map<String, String> said, String what) {
        return 1e9 * Double.parseDouble(said.getOrDefault(what, "0"));
    }
}
