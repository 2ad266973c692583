package dev.pando.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pando as a bundle of OSGi, and a bundle whose code runs in worker processes, in Felix and in Equinox. */
@Tag("full") // a download
@Timeout(120)
class OsgiBundleTest {
    private static final String FELIX = "org.apache.felix.framework";
    private static final String EQUINOX = "org.eclipse.osgi";

    private static final String[] MANIFEST = {
        "Bundle-ManifestVersion: 2",
        "Bundle-SymbolicName: dev.pando.containers.app",
        "Bundle-Activator: dev.pando.containers.app.PoolActivator",
        "Import-Package: org.osgi.framework,dev.pando,dev.pando.process,dev.pando.spi"
    };

    @TempDir
    Path folder;

    private PackedProgram packed;
    private Path pando;

    @BeforeEach
    void pack() throws Exception {
        packed = new PackedProgram(folder);
        pando = packed.pando("pando.jar");
    }

    private List<String> host(String framework, String... bundles) throws Exception {
        Path host = PackedProgram.placeOf(BundleHost.class);
        List<String> line = new ArrayList<>(List.of(
                "-cp",
                host + File.pathSeparator + PackedProgram.libraries(framework).getFirst(),
                BundleHost.class.getName(),
                folder.resolve("storage").toString()));
        line.addAll(List.of(bundles));
        return packed.java(line.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {FELIX, EQUINOX})
    void theCodeOfABundleRunsInWorkers(String framework) throws Exception {
        Path program = packed.program("program.jar", MANIFEST);
        assertThat(host(framework, pando.toUri().toString(), program.toUri().toString()))
                .isEqualTo(PackedProgram.PRINTED);
    }

    /** Felix then does not say which file it has. */
    @Test
    void aBundleThatCameAsAStreamIsRefusedWithTheWayOut() throws Exception {
        Path program = packed.program("program.jar", MANIFEST);
        assertThat(host(
                        FELIX,
                        BundleHost.STREAMED + pando.toUri(),
                        program.toUri().toString()))
                .singleElement()
                .asString()
                .startsWith("refused: worker processes need Pando as a jar")
                .endsWith("unpack the jar that contains it");
    }

    /** Felix then names the outer jar, in which no JVM would find Pando. */
    @Test
    void aPandoInsideTheBundleOfTheProgramIsRefusedWithTheWayOut() throws Exception {
        List<String> lines = new ArrayList<>(List.of(MANIFEST));
        lines.set(3, "Import-Package: org.osgi.framework");
        lines.add("Bundle-ClassPath: .,pando.jar");
        Path program = packed.program("program.jar", lines.toArray(String[]::new));
        PackedProgram.add(program, pando, "pando.jar");
        assertThat(host(FELIX, program.toUri().toString()))
                .singleElement()
                .asString()
                .startsWith("refused: worker processes need Pando as a jar")
                .contains("program.jar")
                .endsWith("unpack the jar that contains it");
    }

    @Test
    void theBundleExportsWhatTheModuleDoes() throws Exception {
        try (JarFile jar = new JarFile(pando.toFile());
                var in = jar.getInputStream(jar.getEntry("module-info.class"))) {
            List<String> exported = ModuleDescriptor.read(in).exports().stream()
                    .filter(export -> !export.isQualified())
                    .map(ModuleDescriptor.Exports::source)
                    .sorted()
                    .toList();
            String said = jar.getManifest().getMainAttributes().getValue("Export-Package");
            assertThat(Stream.of(said.split(",")).sorted()).isEqualTo(exported);
        }
    }
}
