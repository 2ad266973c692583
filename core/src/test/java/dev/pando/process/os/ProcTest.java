package dev.pando.process.os;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcTest {
    private static final String AFTER_NAME = " S 1 77 88 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 4711 99 100 101\n";

    @ParameterizedTest
    @ValueSource(strings = {"sleep", "a ) (b", ") R 1 2 3 4", "", "()", "two\nlines"})
    void aNameMayHoldAnything(String name) {
        assertThat(Proc.parse("42 (" + name + ")" + AFTER_NAME)).isEqualTo(new Proc.Stat(42, 'S', 77, 88, 4711));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "42", "42 (sleep", "42 (sleep)", "42 (sleep) S 1 2",
            "x (sleep) S 1 77 88 0 -1 4 1 2 3 4 5 6 7 8 20 0 1 0 x 9",
            ")(", "(sleep) S"})
    void whatIsNotAStatIsNone(String line) {
        assertThat(Proc.parse(line)).isNull();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void thisProcess() {
        long pid = ProcessHandle.current().pid();
        assertThat(Proc.self()).isNotNull();
        assertThat(Proc.self().pid()).isEqualTo(pid);
        assertThat(Proc.self().dead()).isFalse();
        assertThat(Proc.stat(pid).start()).isEqualTo(Proc.self().start());
        assertThat(Proc.pids()).contains(pid, 1).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        assertThat(Proc.environment(pid)).contains("\0PATH=" + System.getenv("PATH") + "\0");
    }

    @Test
    void numbers() {
        assertThat(Proc.number("\nVmRSS:\t  12 kB\n", "\nVmRSS:")).hasValue(12);
        assertThat(Proc.number("\nVmRSS:\t  kB\n", "\nVmRSS:")).isEmpty();
        assertThat(Proc.number("\nVmRSS:", "\nVmRSS:")).isEmpty();
        assertThat(Proc.number("a 99999999999999999999", "a ")).isEmpty();
        assertThat(Proc.number(null, "a")).isEmpty();
    }
}
