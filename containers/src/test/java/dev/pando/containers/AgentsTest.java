package dev.pando.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.containers.app.PoolProgram;
import java.io.File;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that an agent of the field watches: one of traces, one of coverage, one that rewrites classes. */
@Tag("full") // downloads
@Timeout(120)
class AgentsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"opentelemetry", "jacoco", "byte-buddy"})
    void aProgramWithAnAgentHasWorkers(String name) throws Exception {
        PackedProgram packed = new PackedProgram(folder);
        Path agent = Path.of("target", "agents", name + ".jar").toAbsolutePath();
        assertThat(agent).isRegularFile();
        String path = packed.program("program.jar") + File.pathSeparator + packed.pando("pando.jar");
        String options = name.equals("jacoco") ? "=destfile=" + folder.resolve("jacoco.exec") : "";
        assertThat(packed.java(
                        "-javaagent:" + agent + options,
                        "-Dotel.traces.exporter=none",
                        "-Dotel.metrics.exporter=none",
                        "-Dotel.logs.exporter=none",
                        "-Dotel.javaagent.logging=none",
                        "-cp",
                        path,
                        PoolProgram.class.getName()))
                .endsWith(PackedProgram.PRINTED.toArray(String[]::new)); // the JVM may warn before
    }
}
