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
                System.getProperty("java.class.path")));
        List<String> all = List.of(arguments);
        all.stream().filter(argument -> argument.startsWith("-D")).forEach(command::add);
        command.add("dev.pando.lab.LabMain");
        all.stream().filter(argument -> !argument.startsWith("-D")).forEach(command::add);
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
    void koreanIsWrittenWhereItIsAskedForAndElseWhereTheLocaleIsKorean() throws Exception {
        assertThat(pando("C", "100", "", "lab", "--lang", "ko", "--list"))
                .contains("큰 수 여섯 개 가운데 무엇이 소수일까요?", "하나를 실행하려면")
                .doesNotContain("??");
        assertThat(pando("C", "60", "", "lab", "--lang=ko", "fetch"))
                .contains("기대  물은 순서와", "끝난 순서대로", "속도와 관계없는 사실 3가지: 모두 맞습니다")
                .doesNotContain("??", "expected", "measured", "checked");
        assertThat(pando("ko_KR.UTF-8", "100", "", "lab", "--list")) // also where that locale is not installed
                .contains("큰 수 여섯 개 가운데 무엇이 소수일까요?");
        assertThat(pando("C.UTF-8", "100", "", "lab", "--list")).contains("Which of six large numbers are prime?");
        assertThat(pando("C.UTF-8", "100", "", "-Duser.language=ko", "lab", "--list"))
                .contains("큰 수 여섯 개 가운데 무엇이 소수일까요?");
    }

    @Test
    void withUtf8TheyAreBars() throws Exception {
        assertThat(pando("C.UTF-8", "100", "", "lab", "blocking")).contains("blocking  ───", "████");
    }
}
