package dev.pando.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.lab.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@ExtendWith(NoProcessLeft.class)
class AdviseCommandTest {
    @TempDir
    Path folder;

    Path program = Path.of("");
    Path lines = Path.of("");
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    @BeforeEach
    void aProgram() throws IOException {
        lines = Files.writeString(folder.resolve("lines.txt"), "2\n3\n");
        program = Files.writeString(folder.resolve("Naps.java"), """
            class Naps {
                static String nap(String line) throws Exception { Thread.sleep(4); return line; }
                static long odd(long number) { if (number % 2 == 1) throw new IllegalStateException("odd"); return number; }
            }
            """);
    }

    int advise(String... more) {
        String[] all = new String[more.length + 4];
        System.arraycopy(new String[] {"--file", program.toString(), "--budget", "2s"}, 0, all, 0, 4);
        System.arraycopy(more, 0, all, 4, more.length);
        return new CommandLine(new AdviseCommand(Terminal.NONE, new PrintWriter(out, true), new PrintWriter(err, true)))
                .setErr(new PrintWriter(err, true))
                .execute(all);
    }

    @Test
    void itPrintsALineToPasteTheCurveAndTheConfidence() {
        assertThat(advise("--method", "nap", "--inputs", lines.toString())).isZero();
        assertThat(out.toString())
                .contains(
                        "One call, alone",
                        "What was tried",
                        "Caller.inline()",
                        "Threads.of(",
                        "Virtual.unlimited()",
                        "Processes.of(",
                        "can go to another process",
                        "Confidence ",
                        "Pool pool = Pool.open(",
                        "pool.map(Naps::nap, inputs)");
    }

    @Test
    void aMethodThatFailsIsNamed() {
        assertThat(advise("--method", "odd", "--inputs", lines.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("Naps::odd failed", "IllegalStateException: odd");
    }

    @Test
    void withoutInputsThereIsNothingToTry() throws IOException {
        assertThat(advise(
                        "--method",
                        "nap",
                        "--inputs",
                        folder.resolve("none.txt").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("there is no file");
        assertThat(advise(
                        "--method",
                        "nap",
                        "--inputs",
                        Files.createFile(folder.resolve("empty.txt")).toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("is empty");
    }
}
