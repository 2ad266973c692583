package dev.pando.lab.look;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pando.lab.LabRun;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code top} on a terminal, which the program {@code script} of Linux makes. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a read of a pipe hears no interrupt
@EnabledOnOs(OS.LINUX)
class TopTerminalTest {
    private static final String ENTERED = "\033[?1049h";
    private static final String LEFT = "\033[?25h\033[?1049l";

    private static Process program;

    @TempDir
    Path folder;

    private Process terminal;

    @BeforeAll
    static void start() throws IOException {
        assumeThat(Path.of("/usr/bin/script")).exists();
        program = LookTest.start(false);
    }

    @AfterAll
    static void end() throws InterruptedException {
        if (program != null) {
            program.destroyForcibly().waitFor();
        }
    }

    @AfterEach
    void hangUp() {
        terminal.destroyForcibly();
    }

    /** Starts top, and the terminal's settings are noted before and after it. */
    private Process top(String width) throws IOException {
        String command =
                LabRun.command("top", String.valueOf(program.pid()), "--every", "200ms", "--lang", "en").stream()
                        .map(word -> "'" + word + "'")
                        .collect(Collectors.joining(" "));
        String all = "stty -g >before; trap : INT; " + command + "; code=$?; stty -g >after; exit $code";
        List<String> script = new ArrayList<>(LabRun.hearingCtrlC());
        script.addAll(List.of("script", "-qec", all, "/dev/null"));
        ProcessBuilder builder = new ProcessBuilder(script).redirectErrorStream(true);
        builder.environment().put("TERM", "xterm");
        builder.environment().put("COLUMNS", width);
        builder.environment().put("SHELL", "/bin/sh");
        terminal = builder.directory(folder.toFile()).start();
        return terminal;
    }

    private static String readUntil(Reader said, String text) throws IOException {
        StringBuilder all = new StringBuilder();
        while (all.indexOf(text) < 0) {
            int letter = said.read();
            if (letter < 0) {
                throw new AssertionError("it ended without saying " + text + ": " + all);
            }
            all.append((char) letter);
        }
        return all.toString();
    }

    private static void press(Process top, String keys) throws IOException {
        top.outputWriter().write(keys);
        top.outputWriter().flush();
    }

    private void theTerminalIsAsBefore() throws IOException {
        assertThat(Files.readString(folder.resolve("after")))
                .isEqualTo(Files.readString(folder.resolve("before")))
                .isNotBlank();
    }

    @Test
    void aStackIsOneKeyAwayAndQuitGivesTheTerminalBack() throws Exception {
        Process top = top("60");
        Reader said = top.inputReader();
        String first = readUntil(said, "wait  "); // on the line of the pools
        assertThat(first).contains(ENTERED);
        String tasks = readUntil(said, "Tab workers"); // on the last line
        assertThat(tasks).contains("> first-1", "evil?[2J?]0;title??back-3").doesNotContain("\007", "\u202E");
        press(top, "\r");
        readUntil(said, "HangingProgram.deadlock(");
        press(top, "\033");
        readUntil(said, "> first-1");
        press(top, "q");
        readUntil(said, LEFT);
        assertThat(top.waitFor()).isZero();
        theTerminalIsAsBefore();
    }

    @Test
    void ctrlCGivesTheTerminalBack() throws Exception {
        Process top = top("100");
        Reader said = top.inputReader();
        readUntil(said, "> first-1");
        press(top, "\003");
        readUntil(said, LEFT);
        assertThat(top.waitFor()).isEqualTo(130);
        theTerminalIsAsBefore();
    }
}
