package dev.pando.lab.advise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How long a thread was ready to run and had no processor, which looks like waiting from outside and is the load of the
 * machine. Linux counts it for each thread; other systems do not tell.
 */
final class SchedulerDelay {
    /** Collections are carried out by this thread of the JVM; the thread that allocates waits for it to be woken. */
    private static final Optional<Path> COLLECTING_THREAD = named("VM Thread");

    private SchedulerDelay() {}

    /** Returns nanoseconds of the current thread since it began, or -1 where the system does not tell. */
    static long ofThisThread() {
        return read(Path.of("/proc/thread-self/schedstat"));
    }

    /** Returns nanoseconds of the thread that carries out collections, or 0 where the system does not tell. */
    static long ofTheCollector() {
        return COLLECTING_THREAD
                .map(SchedulerDelay::read)
                .filter(nanos -> nanos >= 0)
                .orElse(0L);
    }

    /** The file has the time on a processor, the time without one, and the number of turns. */
    private static long read(Path schedstat) {
        try {
            return Long.parseLong(Files.readString(schedstat).split(" ", -1)[1]);
        } catch (IOException | RuntimeException unknown) {
            return -1;
        }
    }

    private static Optional<Path> named(String name) {
        try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
            for (Path thread : threads.toList()) {
                if (Files.readString(thread.resolve("comm")).strip().equals(name)) {
                    return Optional.of(thread.resolve("schedstat"));
                }
            }
            return Optional.empty();
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }
}
