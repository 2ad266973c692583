package dev.pando.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A worker tries to make shared memory shorter while its parent works on it, in a JVM of its own. */
@EnabledOnOs(OS.LINUX)
@Tag("processes")
@Timeout(180)
class CutMemoryTest {
    private static final String WARNING = "WARNING: A restricted method";

    @TempDir
    private Path folder;

    private record Ran(String out, String err) {}

    /** Runs {@link CutMemoryProgram}, which must end in order. */
    private Ran run(String what, String... flags) throws Exception {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(Arrays.asList(flags));
        command.add("-XX:-CreateCoredumpOnCrash");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(CutMemoryProgram.class.getName());
        command.add(what);
        Process program = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(Redirect.to(err.toFile()))
                .start();
        boolean ended = program.waitFor(150, TimeUnit.SECONDS);
        if (!ended) {
            program.destroyForcibly().waitFor();
        }
        Ran ran = new Ran(Files.readString(out), Files.readString(err));
        assertThat(program.exitValue())
                .as("exit code; out:%n%s%nerr:%n%s", ran.out, ran.err)
                .isZero();
        return ran;
    }

    @Test
    void aParentMayDoAnythingWithMemoryThatIsSealed() throws Exception {
        Ran ran = run("deeds", "--enable-native-access=ALL-UNNAMED");
        assertThat(ran.out.lines())
                .contains("CHANNEL is refused", "OPEN is refused", "FTRUNCATE is refused", "SEALS is refused")
                .contains("PUNCH_HOLE is done") // which leaves zeros, and no hole
                .endsWith("lives, with 7");
        assertThat(ran.err).isEmpty();
    }

    /** The warning is the JVM's: it comes once, whatever else is made. */
    @Test
    void withoutTheGrantTheJvmWarnsOnceAndTheMemoryIsSealed() throws Exception {
        Ran ran = run("deeds");
        assertThat(ran.out.lines()).contains("CHANNEL is refused").endsWith("lives, with 7");
        assertThat(ran.err.lines().filter(line -> line.startsWith(WARNING))).hasSize(1);
    }

    @Test
    void whereItIsDeniedTheRawMemoryIsNotHandedOut() throws Exception {
        Ran ran = run("denied", "--illegal-native-access=deny");
        assertThat(ran.out.lines())
                .containsSubsequence(
                        "refused: --enable-native-access=ALL-UNNAMED",
                        "refused in the worker",
                        "plain: 5 6 7",
                        "cut off: an error",
                        "returned: it has cut off shared memory",
                        "copied: it has cut off shared memory",
                        "lives");
        assertThat(ran.err).doesNotContain("WARNING");
    }

    /** A program that has only plain arrays is not bothered. */
    @Test
    void plainArraysNeedNoNativeAccess() throws Exception {
        Ran ran = run("plain");
        assertThat(ran.out.lines()).endsWith("lives");
        assertThat(ran.err).isEmpty();
    }
}
