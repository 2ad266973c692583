package dev.pando.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command as a program of its own, in a locale without UTF-8 as bare containers have, and in one with it. */
@ExtendWith(NoProcessLeft.class)
class LocaleTest {
    @TempDir
    Path folder;

    String pando(String locale, String columns, String input, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.pando.lab.LabMain"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", locale);
        builder.environment().put("COLUMNS", columns);
        builder.redirectInput(
                Files.writeString(folder.resolve("input.txt"), input).toFile());
        Process run = builder.start();
        String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(run.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(run.exitValue()).as(said).isZero();
        return said;
    }

    @ParameterizedTest
    @CsvSource({"C", "C.UTF-8"})
    void mapIsUtf8InEveryLocale(String locale) throws Exception {
        Path program = Files.writeString(folder.resolve("Same.java"), """
            class Same { static String same(String line) { return line + line.length(); } }
            """);
        assertThat(pando(locale, "80", "안녕하세요\n", "map", "--file", program.toString(), "--method", "same"))
                .isEqualTo("안녕하세요5\n");
    }

    @ParameterizedTest
    @CsvSource({"60", "100", "160"})
    void withoutUtf8DrawingsAreOfPlainLettersAndFit(int width) throws Exception {
        assertThat(pando("C", String.valueOf(width), "", "lab", "blocking", "fetch"))
                .contains("blocking  ---", width < 100 ? "blocking" : "####")
                .doesNotContain("?????", "\uFFFD")
                .matches(said -> said.lines().allMatch(line -> line.length() <= width));
    }

    @Test
    void withUtf8TheyAreBars() throws Exception {
        assertThat(pando("C.UTF-8", "100", "", "lab", "blocking")).contains("blocking  ───", "████");
    }
}
