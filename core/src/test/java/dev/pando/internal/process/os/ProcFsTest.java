package dev.pando.internal.process.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcFsTest {
    private static final String AFTER_NAME = " S 1 77 88 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 4711 99 100 101\n";

    @ParameterizedTest
    @ValueSource(strings = {"sleep", "a ) (b", ") R 1 2 3 4", "", "()", "two\nlines"})
    void aNameMayHoldAnything(String name) {
        assertThat(ProcFs.parse("42 (" + name + ")" + AFTER_NAME)).isEqualTo(new ProcFs.Stat(42, 'S', 1, 77, 88, 4711));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "42",
                "42 (sleep",
                "42 (sleep)",
                "42 (sleep) S 1 2",
                "x (sleep) S 1 77 88 0 -1 4 1 2 3 4 5 6 7 8 20 0 1 0 x 9",
                ")(",
                "(sleep) S"
            })
    void whatIsNotAStatIsNone(String line) {
        assertThat(ProcFs.parse(line)).isNull();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void thisProcess() {
        long pid = ProcessHandle.current().pid();
        assertThat(ProcFs.self()).isNotNull();
        assertThat(ProcFs.self().pid()).isEqualTo(pid);
        assertThat(ProcFs.self().dead()).isFalse();
        assertThat(ProcFs.stat(pid).start()).isEqualTo(ProcFs.self().start());
        assertThat(ProcFs.pids()).contains(pid, 1).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        assertThat(ProcFs.environment(pid)).contains("\0PATH=" + System.getenv("PATH") + "\0");
    }

    @ParameterizedTest
    @CsvSource({"S, 0, true", "S, 140723, false", "Z, 0, false"})
    void aProcessThatHasNoPlaceForAnEnvironmentBecomesAnotherProgram(char state, String end, boolean becomes) {
        String fields = IntStream.range(5, 51).mapToObj(String::valueOf).collect(Collectors.joining(" "));
        assertThat(ProcFs.isBecoming("42 (a (b) c) " + state + " 1 " + fields + " " + end + " 0\n"))
                .isEqualTo(becomes);
        assertThat(ProcFs.isBecoming("42 (a (b) c) " + state + " 1 " + fields + "\n"))
                .as("not told")
                .isFalse();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aProcessWithoutVariablesIsWhatItIs() throws Exception {
        ProcessBuilder builder = new ProcessBuilder("cat");
        builder.environment().clear();
        Process process = builder.start();
        try (var out = process.getOutputStream()) {
            out.write('a');
            out.flush();
            assertThat(process.getInputStream().read()).as("it has become cat").isEqualTo('a');
            assertThat(ProcFs.environment(process.pid())).isEmpty();
            assertThat(ProcFs.isBecoming(process.pid())).isFalse();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void numbers() {
        assertThat(ProcFs.number("\nVmRSS:\t  12 kB\n", "\nVmRSS:")).hasValue(12);
        assertThat(ProcFs.number("\nVmRSS:\t  kB\n", "\nVmRSS:")).isEmpty();
        assertThat(ProcFs.number("\nVmRSS:", "\nVmRSS:")).isEmpty();
        assertThat(ProcFs.number("a 99999999999999999999", "a ")).isEmpty();
        assertThat(ProcFs.number(null, "a")).isEmpty();
    }
}
