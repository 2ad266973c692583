package dev.pando.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.containers.app.PoolProgram;
import io.quarkus.bootstrap.runner.QuarkusEntryPoint;
import io.quarkus.bootstrap.runner.SerializedApplication;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The layout in which Quarkus packs an application by default, with Quarkus's own launcher and class loader. The
 * application is a plain program: Quarkus itself would only come before its main class.
 */
@Tag("full") // a download
@Timeout(120)
class FastJarTest {
    @TempDir
    Path folder;

    @Test
    void theProgramOfAFastJarHasWorkers() throws Exception {
        PackedProgram packed = new PackedProgram(folder);
        List<Path> boot = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Path library : PackedProgram.libraries("quarkus-", "jboss-log", "smallrye-", "crac")) {
            Path copy = folder.resolve("lib/boot").resolve(library.getFileName());
            Files.createDirectories(copy.getParent());
            boot.add(Files.copy(library, copy));
            names.add("lib/boot/" + copy.getFileName());
        }
        Path program = packed.program("app/program.jar");
        Path pando = packed.pando("lib/main/pando.jar");
        Path index = Files.createDirectories(folder.resolve("quarkus")).resolve("quarkus-application.dat");
        try (OutputStream out = Files.newOutputStream(index)) {
            SerializedApplication.write(out, PoolProgram.class.getName(), folder, List.of(program, pando), boot);
        }
        Path run = packed.empty(
                "quarkus-run.jar",
                "Main-Class: " + QuarkusEntryPoint.class.getName(),
                "Class-Path: " + String.join(" ", names));
        assertThat(packed.java("-jar", run.toString())).isEqualTo(PackedProgram.PRINTED);
    }
}
