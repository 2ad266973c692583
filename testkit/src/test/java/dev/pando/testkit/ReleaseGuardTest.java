package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.testkit.ReleaseSources.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What must stop a release does: a change of the API that breaks users, a licence that is not allowed, a comment of the
 * API that is wrong. What the build as it is would do is asked by {@link ReleaseTest}.
 */
@Tag("full")
@Timeout(600)
class ReleaseGuardTest {
    private static final String SETTING = "core/src/main/java/dev/pando/process/Processes.java";

    @TempDir
    Path folder;

    private Path local;

    /** A local repository with all that Maven has, and no Pando: what this test puts there is in no other's way. */
    @BeforeEach
    void makeRepository() throws IOException {
        local = folder.resolve("local");
        Path given = Path.of(System.getProperty("user.home"), ".m2", "repository");
        link(given, local, "dev");
        link(given.resolve("dev"), local.resolve("dev"), "pando");
    }

    /** Or else JUnit would warn of each link as it deletes the folder. */
    @AfterEach
    void removeLinks() throws IOException {
        for (Path folder : List.of(local, local.resolve("dev"))) {
            try (Stream<Path> all = Files.list(folder)) {
                for (Path link : all.filter(Files::isSymbolicLink).toList()) {
                    Files.delete(link);
                }
            }
        }
    }

    private static void link(Path from, Path to, String without) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> all = Files.list(from)) {
            for (Path each : (Iterable<Path>) all::iterator) {
                if (!each.getFileName().toString().equals(without)) {
                    Files.createSymbolicLink(to.resolve(each.getFileName()), each);
                }
            }
        }
    }

    /** This very Pando, as if it had been released. */
    private void releaseBefore(String version) throws IOException {
        String name = "dev/pando/pando/" + version + "/pando-" + version;
        new ProgramWorkshop(local).pandoJar(name + ".jar");
        Files.writeString(local.resolve(name + ".pom"), """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>dev.pando</groupId><artifactId>pando</artifactId><version>%s</version>
            </project>
            """.formatted(version));
    }

    private Ran core(ReleaseSources sources, String... goals) throws Exception {
        String[] all = Stream.concat(
                        Stream.of(
                                "-Prelease",
                                "-Dmaven.repo.local=" + local,
                                "-Dmaven.test.skip=true",
                                "-Dapi.skip=false",
                                "-Dapi.last=0.1.0",
                                "-pl",
                                "core"),
                        Stream.of(goals))
                .toArray(String[]::new);
        return sources.maven(Map.of(), all);
    }

    @Test
    void aMethodThatIsGoneStopsAReleaseUnlessThatIsMeant() throws Exception {
        releaseBefore("0.1.0");
        ReleaseSources sources = new ReleaseSources(folder.resolve("sources"), "0.1.1");
        sources.change(SETTING, "public Processes debug(", "public Processes debugAt(");
        assertThat(core(sources, "-Djavadoc.skip=true", "verify").failed().text())
                .contains("japicmp", "METHOD_REMOVED", "debug(int)");

        core(sources, "-Djavadoc.skip=true", "-Dapi.kept=false", "verify").succeeded();
    }

    @Test
    void aMethodThatIsNewBreaksNoProgram() throws Exception {
        releaseBefore("0.1.0");
        ReleaseSources sources = new ReleaseSources(folder.resolve("sources"), "0.1.1");
        sources.change(
                SETTING,
                "    /** The {@code java} that workers run on",
                "    /** Nothing. */\n    public void nothing() {}\n\n    /** The {@code java} that workers run on");
        // and what is gone inside is missed by no program
        sources.change("core/src/main/java/dev/pando/internal/process/os/ByteSize.java", " bytes(", " number(");
        sources.change(SETTING, "ByteSize.bytes(", "ByteSize.number(");
        core(sources, "-Djavadoc.skip=true", "verify").succeeded();
    }

    @Test
    void aLicenceThatIsNotAllowedStopsARelease() throws Exception {
        ReleaseSources sources = new ReleaseSources(folder.resolve("sources"), "0.1.0");
        String check = "org.codehaus.mojo:license-maven-plugin:add-third-party@licences";
        core(sources, check).succeeded();
        sources.change("core/pom.xml", "  <dependencies>\n", """
              <dependencies>
                <dependency>
                  <groupId>org.openjdk.jmh</groupId>
                  <artifactId>jmh-core</artifactId>
                </dependency>
            """);
        assertThat(core(sources, check).failed().text()).contains("forbidden", "GPL-2.0-CE", "jmh-core");
    }

    @Test
    void allModulesHaveOneSiteWithADrawing() throws Exception {
        ReleaseSources sources = new ReleaseSources(folder.resolve("sources"), "0.1.0");
        Ran ran = sources.maven(Map.of(), "-q", "-Psite", "-pl", "site", "package")
                .succeeded();
        assertThat(ran.text()).doesNotContain("warning");

        Path site = sources.at("site/target/site");
        assertThat(Files.readString(site.resolve("index.html"))).contains("src=\"pando.svg\"", "Pando 0.1.0");
        assertThat(site.resolve("pando.svg")).isNotEmptyFile();
        assertThat(Files.readAllLines(site.resolve("element-list")))
                .contains(
                        "module:dev.pando",
                        "module:dev.pando.cluster",
                        "module:dev.pando.dashboard",
                        "module:dev.pando.junit",
                        "module:dev.pando.micrometer",
                        "module:dev.pando.spring",
                        "module:dev.pando.testkit")
                .noneMatch(line -> line.contains("internal"));

        sources.change(SETTING, "{@code java} that workers run on", "{@link NoSuchClass} that workers run on");
        assertThat(sources.maven(Map.of(), "-q", "-Psite", "-pl", "site", "package")
                        .failed()
                        .text())
                .contains("NoSuchClass");
    }
}
