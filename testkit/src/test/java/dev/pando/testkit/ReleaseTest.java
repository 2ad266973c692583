package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A release as docs/release.md has it, made twice, in two folders, into a folder in the place of Maven Central: what is
 * there obeys the rules of Maven Central, and both are the same to the bit.
 */
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(1500)
class ReleaseTest {
    private static final String VERSION = "0.1.0";

    /** What is in a jar's folder, beside the POM; of a mere POM nothing is. */
    private static final List<String> OF_A_JAR = List.of(".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json");

    private Path staging;
    private Path again;

    @BeforeAll
    @Timeout(1500)
    void release(@TempDir Path folder) throws Exception {
        Path home = Files.createTempDirectory("gpg"); // the path of a socket must be short
        Map<String, String> keys = Map.of("GNUPGHOME", home.toString());
        try {
            run(folder, keys, "chmod", "700", home.toString());
            run(folder, keys, "gpg --batch --passphrase= --quick-gen-key trial@example.org rsa2048 sign 1d".split(" "));
            staging = release(folder.resolve("one"), keys);
            again = release(folder.resolve("another place"), keys);
            for (Path signature : files(staging, ".asc")) {
                String signed = signature.toString().replaceAll("\\.asc$", "");
                run(folder, keys, "gpg", "--batch", "--verify", signature.toString(), signed);
            }
        } finally {
            run(folder, keys, "gpgconf", "--kill", "gpg-agent");
            run(folder, keys, "rm", "-r", home.toString());
        }
    }

    private static void run(Path folder, Map<String, String> keys, String... command) throws Exception {
        ReleaseSources.run(folder, keys, List.of(command)).succeeded();
    }

    private static Path release(Path folder, Map<String, String> keys) throws Exception {
        Path to = folder.resolve("staging");
        new ReleaseSources(folder, VERSION)
                .maven(
                        keys,
                        "-q",
                        "-Prelease",
                        "-Dgpg.skip=false",
                        "-Dmaven.test.skip=true",
                        "-DaltDeploymentRepository=staging::" + to.toUri(),
                        "-pl",
                        ".,bom,core,testkit,cluster,junit,spring,micrometer,dashboard",
                        "deploy")
                .succeeded();
        return to;
    }

    private static List<Path> files(Path below, String end) throws IOException {
        try (Stream<Path> all = Files.walk(below)) {
            return all.filter(file -> file.toString().endsWith(end)).toList();
        }
    }

    private List<Path> poms() throws IOException {
        return files(staging, "-" + VERSION + ".pom");
    }

    @Test
    void allArtifactsAreThereAndNoOther() throws IOException {
        assertThat(poms())
                .extracting(pom -> pom.getFileName().toString())
                .containsExactlyInAnyOrder(
                        "pando-parent-0.1.0.pom",
                        "pando-bom-0.1.0.pom",
                        "pando-0.1.0.pom",
                        "pando-testkit-0.1.0.pom",
                        "pando-cluster-0.1.0.pom",
                        "pando-junit-0.1.0.pom",
                        "pando-spring-boot-0.1.0.pom",
                        "pando-micrometer-0.1.0.pom",
                        "pando-dashboard-0.1.0.pom");
        assertThat(files(staging, ".asc")).hasSizeGreaterThan(15);
    }

    @Test
    void everyPomSaysWhatMavenCentralAsksFor() throws IOException {
        Path parent = poms().stream()
                .filter(pom -> pom.getFileName().toString().startsWith("pando-parent"))
                .findFirst()
                .orElseThrow();
        for (Path pom : poms()) {
            String text = Files.readString(pom);
            assertThat(text)
                    .as("%s", pom)
                    .contains("<name>", "<description>")
                    .doesNotContain("SNAPSHOT", "<repositories>", "<pluginRepositories>");
            String inherited = text.contains("<parent>") ? Files.readString(parent) : text;
            assertThat(inherited)
                    .as("%s", pom)
                    .contains("<url>", "<licenses>", "<developers>", "<organization>", "<scm", "<connection>");
        }
    }

    @Test
    void everyJarHasItsSourcesItsJavadocAndItsListOfParts() throws IOException {
        for (Path pom : poms()) {
            if (Files.readString(pom).contains("<packaging>pom</packaging>")) {
                continue;
            }
            String name = pom.toString().replaceAll("\\.pom$", "");
            for (String end : OF_A_JAR) {
                assertThat(Path.of(name + end)).isRegularFile();
            }
            try (JarFile jar = new JarFile(name + ".jar")) {
                assertThat(jar.getManifest().getMainAttributes().getValue("Implementation-Version"))
                        .isEqualTo(VERSION);
                boolean named = jar.getEntry("module-info.class") != null
                        || jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name") != null;
                assertThat(named).as("%s is a module", name).isTrue();
            }
        }
    }

    @Test
    void everyFileIsSignedAndHasItsSums() throws IOException {
        List<Path> published = new ArrayList<>();
        for (String end : List.of(".pom", ".jar", ".json")) {
            published.addAll(files(staging, end));
        }
        assertThat(published).isNotEmpty().allSatisfy(file -> {
            assertThat(Path.of(file + ".asc")).isRegularFile();
            assertThat(Path.of(file + ".sha1")).isRegularFile();
            assertThat(Path.of(file + ".md5")).isRegularFile();
        });
    }

    @Test
    void bothReleasesAreTheSameToTheBit() throws Exception {
        assertThat(sums(again)).isEqualTo(sums(staging));
    }

    /** Not of the signatures, which name the second in which they were made, as the metadata does. */
    private static Map<String, String> sums(Path repository) throws Exception {
        Map<String, String> sums = new TreeMap<>();
        for (String end : List.of(".pom", ".jar", ".json")) {
            for (Path file : files(repository, end)) {
                byte[] sum = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                sums.put(repository.relativize(file).toString(), HexFormat.of().formatHex(sum));
            }
        }
        assertThat(sums).hasSizeGreaterThan(10);
        return sums;
    }
}
