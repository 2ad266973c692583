package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each clause of {@code SECURITY.md} has a test that exists, and says which attack it stood. */
class SecurityPageTest {
    private static final Path PAGE = Path.of("..", "SECURITY.md");
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)`");

    private static Set<String> sources() throws IOException {
        try (Stream<Path> core = Files.walk(Path.of("..", "core", "src", "test"));
                Stream<Path> testkit = Files.walk(Path.of("src", "test"))) {
            return Stream.concat(core, testkit)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void everyTestThatItNamesExists() throws IOException {
        List<String> named = TEST.matcher(Files.readString(PAGE))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(named).hasSizeGreaterThan(30);
        assertThat(sources()).containsAll(named);
    }

    @Test
    void everyClauseHasATestAndAnAttack() throws IOException {
        List<String> clauses = Files.readAllLines(PAGE).stream()
                .dropWhile(line -> !line.startsWith("| Clause |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();
        assertThat(clauses).hasSizeGreaterThan(20).allSatisfy(line -> {
            List<String> cells = List.of(line.split("\\|", -1));
            assertThat(cells).as(line).hasSize(5);
            assertThat(cells.get(2)).containsPattern(TEST);
            assertThat(cells.get(3)).isNotBlank();
        });
    }
}
