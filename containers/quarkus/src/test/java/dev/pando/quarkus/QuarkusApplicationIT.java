package dev.pando.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.process.Processes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The application that Quarkus's own build has augmented and packed, started as its users start it. */
@Timeout(120)
class QuarkusApplicationIT {
    private static final Path PACKED = Path.of("target", "quarkus-app");

    @Test
    void aBeanOfThePackedApplicationHasWorkers(@TempDir Path folder) throws Exception {
        Path said = folder.resolve("said");
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-jar",
                        PACKED.resolve("quarkus-run.jar").toAbsolutePath().toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        boolean ended = program.waitFor(100, TimeUnit.SECONDS);
        program.destroyForcibly();

        assertThat(ended).as(Files.readString(said)).isTrue();
        assertThat(said).hasContent("""
            Page[number=7, text=seven]
            [2, 4, 6]
            another process: true
            """);
        assertThat(program.exitValue()).isZero();
    }

    /** So that the test above shows what happens to a class that is not as javac has made it. */
    @Test
    void quarkusHasRewrittenTheClassOfTheBean() throws Exception {
        String name = PageRenderer.class.getName().replace('.', '/') + ".class";
        byte[] rewritten;
        try (JarFile jar =
                new JarFile(PACKED.resolve("quarkus/transformed-bytecode.jar").toFile())) {
            rewritten = jar.getInputStream(jar.getEntry(name)).readAllBytes();
        }
        assertThat(rewritten).isNotEqualTo(Files.readAllBytes(Path.of("target", "classes", name)));
    }

    @Test
    void aTestOfFailsafeHasWorkersToo() {
        try (Pool pool = Pool.open(Processes.of(1))) {
            assertThat(pool.submit(() -> ProcessHandle.current().pid()).result())
                    .isNotEqualTo(ProcessHandle.current().pid());
        }
    }
}
