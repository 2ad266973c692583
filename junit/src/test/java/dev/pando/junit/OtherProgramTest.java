package dev.pando.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.junit.sample.HostileSample;
import dev.pando.junit.sample.LifeSample;
import dev.pando.junit.sample.MethodSample;
import dev.pando.junit.sample.ReuseSample;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs that run tests: with the other JUnit, as Surefire starts them, and with the agent of JaCoCo. */
@Tag("processes")
@Timeout(300) // starts JVMs, beside other tests
class OtherProgramTest {
    private static final Path TARGET = Path.of("target");

    @Test
    void junit5RunsThemToo() throws Exception {
        List<String> lines = run(List.of(), HostileSample.class, LifeSample.class);

        assertThat(lines)
                .contains(
                        "SUCCESSFUL aCalm()",
                        "FAILED bHangs() TaskTimeoutException",
                        "FAILED cExits() WorkerLostException",
                        "FAILED dCrashes() WorkerLostException",
                        "FAILED eTakesAllMemory() OutOfMemoryError",
                        "SUCCESSFUL fCalm()",
                        "FAILED jupiterAssertion() AssertionFailedError",
                        "ABORTED assumption() TestAbortedException",
                        "SKIPPED disabled()",
                        "SUCCESSFUL nested()");
        assertThat(lines.stream().filter(line -> line.startsWith("FAILED"))).hasSize(8);
    }

    @Test
    void aLauncherThatIsNotOnTheClassPathOfTheTestsIsFound() throws Exception {
        assertThat(run(List.of("-Dsample.hidden=junit-platform-launcher"), MethodSample.class))
                .contains("SUCCESSFUL aLeaks()", "SUCCESSFUL bIsNotReached()", "SUCCESSFUL dOrdinary()");
    }

    @Test
    void coverageOfAWorkerIsWrittenBeforeItIsHalted(@TempDir Path folder) throws Exception {
        Path data = folder.resolve("jacoco.exec"); // of this program and its workers, which take turns at it
        String agent = "-javaagent:" + TARGET.resolve("agent/jacocoagent.jar").toAbsolutePath()
                + "=includes=dev.pando.junit.sample.*,destfile=" + data;

        run(List.of(agent), MethodSample.class);
        String whole = Files.readString(data, StandardCharsets.ISO_8859_1);
        // the program has looked at this class, and only workers have run it
        run(List.of(agent), LifeSample.class, ReuseSample.class);

        assertThat(whole).doesNotContain("LifeSample", "ReuseSample");
        assertThat(Files.readString(data, StandardCharsets.ISO_8859_1))
                .contains("dev/pando/junit/sample/LifeSample", "dev/pando/junit/sample/ReuseSample");
    }

    /** Runs them with the JUnit 5 that the build has put into a folder, so that there is none of ours. */
    private static List<String> run(List<String> options, Class<?>... classes) throws Exception {
        List<String> path = new ArrayList<>();
        try (Stream<Path> jars = Files.list(TARGET.resolve("junit5"))) {
            jars.map(jar -> jar.toAbsolutePath().toString()).forEach(path::add);
        }
        for (Class<?> type : List.of(
                OtherProgramTest.class,
                Isolated.class,
                Pool.class,
                assertThat("").getClass())) {
            path.add(Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString());
        }
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")); // it lives for seconds
        command.addAll(options);
        command.addAll(List.of("-cp", String.join(File.pathSeparator, path), SampleProgram.class.getName()));
        Stream.of(classes).map(Class::getName).forEach(command::add);
        Process program = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            List<String> lines = program.inputReader().lines().toList();
            assertThat(program.waitFor()).as(() -> String.join("\n", lines)).isZero();
            return lines;
        } finally {
            program.destroyForcibly();
        }
    }
}
