package dev.pando.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.process.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A spare prepares the lambdas of the tasks to come, without running their code. */
@Tag("processes")
class SpareRehearsalTest {
    private static final Duration BOUND = Duration.ofSeconds(30);

    static Object note() {
        try {
            return Files.writeString(
                    Path.of(System.getProperty("careful")),
                    "initialized\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** A class whose static initializer writes a line to a file that a property names. */
    private static class Careful {
        static final Object NOTED = note();

        private static int calls;

        static int next() {
            return calls++;
        }

        static Task<Integer> task(int number) {
            return () -> number;
        }
    }

    /** A class that only inherits a static initializer. */
    private static class Heir extends Careful {
        static Task<Integer> task(int number) {
            return () -> number;
        }
    }

    /** A class without a static initializer. */
    private static final class Still {
        static Task<Integer> task(int number) {
            return () -> number;
        }
    }

    /** Refers to a method of a class that has one. */
    private static final class Pointing {
        static Task<Integer> task(int number) {
            return Careful::next;
        }
    }

    /** An interface that is initialized together with its implementation, because it has a default method. */
    private interface Custom extends Task<Integer> {
        Object NOTED = note();

        default void further() {}
    }

    private static final class Customary {
        static Task<Integer> task(int number) {
            return (Custom) () -> number;
        }
    }

    @Test
    void itsClassesAreLoadedAndNotInitialized(@TempDir Path folder) throws Exception {
        assertThat(initialized(folder, Careful::task, Careful.class.getName() + " source"))
                .as("only where it ran")
                .hasSize(1);
    }

    @Test
    void norWhatTheyInheritFrom(@TempDir Path folder) throws Exception {
        assertThat(initialized(folder, Heir::task, Heir.class.getName() + " source"))
                .as("only where it ran")
                .hasSize(1);
    }

    @Test
    void norWhatALambdaRuns(@TempDir Path folder) throws Exception {
        assertThat(initialized(folder, Pointing::task, Pointing.class.getName() + "$$Lambda"))
                .as("only where it ran")
                .hasSize(1);
    }

    @Test
    void norWhatALambdaIs(@TempDir Path folder) throws Exception {
        assertThat(initialized(folder, Customary::task, Customary.class.getName() + " source"))
                .as("only where it ran")
                .hasSize(1);
    }

    @Test
    void aLambdaIsMadeWhereThereIsNothingToInitialize(@TempDir Path folder) throws Exception {
        assertThat(initialized(folder, Still::task, Still.class.getName() + "$$Lambda"))
                .isEmpty();
    }

    /** Returns the lines of initialized classes, once a worker has run tasks and its spare has loaded this class. */
    private static List<String> initialized(Path folder, IntFunction<Task<Integer>> tasks, String loaded)
            throws Exception {
        System.setProperty("careful", folder.resolve("here").toString());
        Path there = folder.resolve("there");
        Processes workers = Processes.of(1)
                .spares(1)
                .jvmArgs("-Dcareful=" + there, "-Xlog:class+load=info:file=" + folder + "/classes-%p");
        try (Pool pool = Pool.open(workers)) {
            for (int i = 0; i < 3; i++) {
                assertThat(pool.submit(tasks.apply(i)).result()).isEqualTo(i);
            }
            long end = System.nanoTime() + BOUND.toNanos();
            while (loaded(folder, loaded) < 2 && System.nanoTime() - end < 0) {
                LockSupport.parkNanos(10_000_000);
            }
            assertThat(loaded(folder, loaded))
                    .as("worker and spare, which loaded it")
                    .isEqualTo(2);
        } finally {
            System.clearProperty("careful");
        }
        return Files.exists(there) ? Files.readAllLines(there) : List.of();
    }

    /** Returns how many workers have loaded it. */
    private static long loaded(Path folder, String what) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("classes-"))
                    .filter(file -> hasLoaded(file, what))
                    .count();
        }
    }

    private static boolean hasLoaded(Path log, String what) {
        try {
            return Files.readString(log).contains(what);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
