package dev.pando.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher builds once for all commands, however many terminals call it; with a JDK and a Maven of paper. */
@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(60)
class LauncherTest {
    private static final String BUILDS = "builds";
    private static final String GATE = "gate";

    @TempDir
    private Path home;

    @BeforeEach
    void makeHome() throws IOException {
        Files.copy(Path.of("..", "pando"), home.resolve("pando"));
        for (String module : List.of("core", "cluster", "lab")) {
            Files.createDirectories(home.resolve(module + "/src/main"));
            Files.createFile(home.resolve(module + "/pom.xml"));
        }
        Files.createFile(home.resolve("pom.xml"));
        Files.createDirectories(home.resolve("jdk/bin"));
        Files.writeString(home.resolve("jdk/release"), "JAVA_VERSION=\"25\"\n");
        script("jdk/bin/javac", "");
        script("jdk/bin/java", "echo ran \"$@\"");
        script("mvn", """
            echo "$@" >>builds
            [ -p gate ] && read -r _ <gate
            touch cluster/target/pando-cluster.jar lab/target/pando-lab.jar
            """);
    }

    private void script(String name, String body) throws IOException {
        Path file = home.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + body);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Process pando(String... arguments) throws IOException {
        ProcessBuilder call = new ProcessBuilder("sh", home.resolve("pando").toString());
        call.command().addAll(List.of(arguments));
        Map<String, String> environment = call.environment();
        environment.put("JAVA_HOME", home.resolve("jdk").toString());
        environment.put("PATH", home + ":" + environment.get("PATH"));
        return call.redirectErrorStream(true).start();
    }

    private static String said(Process call) throws Exception {
        try (BufferedReader out = call.inputReader()) {
            String all = out.lines().collect(Collectors.joining("\n"));
            assertThat(call.waitFor()).as(all).isZero();
            return all;
        }
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(home.resolve(BUILDS));
    }

    @Test
    void aNodeAndAnExampleAfterItBuildOnce() throws Exception {
        assertThat(said(pando("node", "--name", "alpha")))
                .contains("building, once")
                .contains("ClusterMain node --name alpha");
        assertThat(said(pando("example", "anywhere")))
                .doesNotContain("building")
                .contains("LabMain example anywhere");
        assertThat(builds()).singleElement().asString().contains("cluster", "lab", "package");
    }

    @Test
    void aSecondTerminalWaitsForTheBuildOfTheFirst() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", home.resolve(GATE).toString())
                        .start()
                        .waitFor())
                .isZero();
        Process first = pando("node", "--name", "alpha");
        Process second;
        try (BufferedReader told = first.inputReader()) {
            assertThat(told.readLine()).contains("building, once");
            second = pando("node", "--name", "beta");
            try (BufferedReader waits = second.inputReader()) {
                assertThat(waits.readLine()).contains("another ./pando is building");
                Files.writeString(home.resolve(GATE), "\n");
                assertThat(told.lines()).last().asString().contains("--name alpha");
                assertThat(waits.lines()).last().asString().contains("--name beta");
            }
        }
        assertThat(first.waitFor()).isZero();
        assertThat(second.waitFor()).isZero();
        assertThat(builds()).hasSize(1);
        assertThat(home.resolve("target/launcher-building")).doesNotExist();
    }

    @Test
    void aBuildThatWasKilledHoldsUpNoOther() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Files.createDirectories(home.resolve("target/launcher-building"));
        Files.writeString(home.resolve("target/launcher-building/pid"), String.valueOf(ended.pid()));

        assertThat(said(pando("nodes"))).contains("building, once").contains("ClusterMain nodes");
    }

    @Test
    void aBuildThatFailsSaysWhyAndLeavesTheNextCallToTryAgain() throws Exception {
        script("mvn", "echo 'there is no space left'; exit 1");
        Process failing = pando("nodes");
        try (BufferedReader out = failing.inputReader()) {
            assertThat(out.lines()).anyMatch(line -> line.contains("there is no space left"));
        }
        assertThat(failing.waitFor()).isEqualTo(1);
        assertThat(home.resolve("target/launcher-building")).doesNotExist();
    }
}
