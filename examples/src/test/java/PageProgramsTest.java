import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/** The programs and snippets of the pages for newcomers run, and print what the page says. */
class PageProgramsTest {
    private static final Path PAGES = Path.of("../docs");

    @TempDir
    Path temporary;

    static Stream<PagePrograms.Block> programs() throws Exception {
        return PagePrograms.read(PAGES.resolve("start.md")).programs().stream();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void eachStepPrintsWhatThePageSays(PagePrograms.Block program) throws Exception {
        new ProgramRunner(temporary).assertPrints(program);
    }

    @Test
    void thereAreAsManyStepsAsThePageNumbers() throws Exception {
        assertThat(programs()).hasSize(9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"from-java.md", "production.md", "faq.md"})
    void eachSnippetPrintsWhatThePageSays(String page) throws Exception {
        PagePrograms found = PagePrograms.read(PAGES.resolve(page));
        assertThat(found.programs()).isEmpty();
        assertThat(found.snippets()).isNotEmpty();
        boolean preview = found.together().contains("StructuredTaskScope");
        Path file = Files.writeString(temporary.resolve("Snippets.java"), found.together());
        ProgramRunner runner = new ProgramRunner(temporary);
        ProgramRunner.Run run = preview ? runner.run(file, "--enable-preview", "--source", "25") : runner.run(file);
        assertThat(run.err().lines().filter(line -> !line.startsWith("Note: "))).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(outputs(run.out())).hasSameSizeAs(found.snippets());
        for (int i = 0; i < found.snippets().size(); i++) {
            PagePrograms.Block snippet = found.snippets().get(i);
            if (snippet.printed() != null) {
                assertThat(outputs(run.out()).get(i)).as(snippet.source()).isEqualTo(snippet.printed());
            }
        }
    }

    private static List<List<String>> outputs(List<String> lines) {
        List<List<String>> all = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("== ")) {
                all.add(new ArrayList<>());
            } else {
                all.getLast().add(line);
            }
        }
        return all;
    }

    @Test
    void theProjectOfTheFirstStepsHasTheCoordinatesOfThisBuild() throws Exception {
        String page = Files.readString(PAGES.resolve("start.md"));
        String project = page.replaceAll("(?s).*```xml\n(.*?)```.*", "$1");
        var pom = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(project.getBytes()));
        String version = Files.readString(Path.of("pom.xml")).replaceAll("(?s).*?<version>(.*?)</version>.*", "$1");
        var dependency = (Element) pom.getElementsByTagName("dependency").item(0);
        assertThat(dependency.getElementsByTagName("artifactId").item(0).getTextContent())
                .isEqualTo("pando");
        assertThat(dependency.getElementsByTagName("version").item(0).getTextContent())
                .isEqualTo(version);
        assertThat(page)
                .contains("\"dev.pando:pando:" + version + "\"")
                .contains("core/target/pando-" + version + ".jar");
    }
}
