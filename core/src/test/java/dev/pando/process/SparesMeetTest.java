package dev.pando.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A spare has loaded what it will be given, and has run nothing of it. */
class SparesMeetTest {
    private static final Duration BOUND = Duration.ofSeconds(30);

    /** Its initializer leaves a line in a file that is named by a property. */
    static final class Careful {
        static {
            try {
                Files.writeString(Path.of(System.getProperty("careful")), "initialized\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        private Careful() {}

        static Task<Integer> task(int number) {
            return () -> number;
        }
    }

    @Test
    void itsClassesAreLoadedAndNotInitialized(@TempDir Path folder) throws Exception {
        System.setProperty("careful", folder.resolve("here").toString());
        Path initialized = folder.resolve("there");
        Processes workers = Processes.of(1).spares(1)
                .jvmArgs("-Dcareful=" + initialized, "-Xlog:class+load=info:file=" + folder + "/classes-%p");
        try (Pool pool = Pool.open(workers)) {
            for (int i = 0; i < 3; i++) assertThat(pool.submit(Careful.task(i)).result()).isEqualTo(i);
            long end = System.nanoTime() + BOUND.toNanos();
            while (loaded(folder) < 2 && System.nanoTime() - end < 0) LockSupport.parkNanos(10_000_000);
            assertThat(loaded(folder)).as("who ran it, and the spare").isEqualTo(2);
        } finally {
            System.clearProperty("careful");
        }
        assertThat(Files.readAllLines(initialized)).as("only where it ran").hasSize(1);
    }

    /** How many workers have loaded it. */
    private static long loaded(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("classes-")).filter(SparesMeetTest::hasLoaded).count();
        }
    }

    private static boolean hasLoaded(Path log) {
        try {
            return Files.readString(log).contains(Careful.class.getName() + " source");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
