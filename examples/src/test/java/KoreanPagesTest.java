import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Korean pages have the programs of the English ones, with Korean texts, and they print what the pages say. */
class KoreanPagesTest {
    private static final Path ENGLISH = Path.of("../docs/start.md");
    private static final Path KOREAN = Path.of("../docs/ko/start.md");

    @TempDir
    Path temporary;

    static Stream<PagePrograms.Block> programs() throws Exception {
        return PagePrograms.read(KOREAN).programs().stream();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void eachStepPrintsWhatThePageSays(PagePrograms.Block program) throws Exception {
        new ProgramRunner(temporary).assertPrints(program);
    }

    @Test
    void theStepsAreThoseOfTheEnglishPage() throws Exception {
        assertThat(skeletons(KOREAN)).isEqualTo(skeletons(ENGLISH));
    }

    @Test
    void theProjectIsThatOfTheEnglishPage() throws Exception {
        for (String fence : List.of("```xml\n", "```kotlin\n")) {
            assertThat(block(Files.readString(KOREAN), fence)).isEqualTo(block(Files.readString(ENGLISH), fence));
        }
        for (String fence : List.of("```xml\n", "```kotlin\n", "```java\n")) {
            assertThat(withoutComments(block(Files.readString(Path.of("../README.ko.md")), fence)))
                    .isEqualTo(withoutComments(block(Files.readString(Path.of("../README.md")), fence)));
        }
    }

    /** Returns the programs of a page without what is said in them: no comments, no contents of texts. */
    private static List<String> skeletons(Path page) throws Exception {
        return PagePrograms.read(page).programs().stream()
                .map(program -> withoutComments(program.source()).replaceAll("\"[^\"]*\"", "\"\""))
                .toList();
    }

    private static String withoutComments(String source) {
        return source.replaceAll(" *// .*", "");
    }

    private static String block(String page, String fence) {
        int begin = page.indexOf(fence) + fence.length();
        return page.substring(begin, page.indexOf("```", begin));
    }
}
