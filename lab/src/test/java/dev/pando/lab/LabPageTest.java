package dev.pando.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.lab.experiment.ExperimentCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code docs/lab.md} agrees with the lab. */
class LabPageTest {
    static final Path DOCS = Path.of("..", "docs");
    static String page = "";

    @BeforeAll
    static void read() throws IOException {
        page = Files.readString(DOCS.resolve("lab.md"));
    }

    static List<String> found(String pattern) {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(page)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    @Test
    void everyFigureIsThere() {
        assertThat(found("!\\[[^]]+]\\(([^)]+)\\)"))
                .hasSizeGreaterThan(5)
                .allSatisfy(figure -> assertThat(DOCS.resolve(figure))
                        .content()
                        .startsWith("<svg")
                        .endsWith("</svg>\n"));
    }

    @Test
    void everyExperimentIsListed() {
        assertThat(found("^\\| `([a-z-]+)` \\|"))
                .containsExactlyElementsOf(ExperimentCatalog.all().stream()
                        .map(experiment -> experiment.name())
                        .toList());
    }

    @Test
    void theKoreanNotesNameEveryExperiment() throws IOException {
        String notes = Files.readString(DOCS.resolve("ko/notes.md"));
        assertThat(ExperimentCatalog.all())
                .allSatisfy(experiment -> assertThat(notes).contains("`" + experiment.name() + "`"));
    }

    @Test
    void everyCommandIsOne() {
        assertThat(found("\\./pando ([a-z]+)"))
                .isNotEmpty()
                .allSatisfy(command -> assertThat(
                                List.of("lab", "advise", "map", "run", "completion", "example", "version"))
                        .contains(command));
    }
}
