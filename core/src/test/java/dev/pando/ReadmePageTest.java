package dev.pando;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer copies from the README works: its first program, the lines to swap, the coordinates. */
@Timeout(600) // the compiler takes seconds, and minutes where others have the processors
class ReadmePageTest {
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern SWAP = Pattern.compile("(Pool\\.open\\(.+?\\)\\)) +// (dev\\.pando\\.[\\w.]+):");
    private static final Pattern IMPORT = Pattern.compile("`(import [\\w.]+;)`");

    private static String page = "";

    @BeforeAll
    @Timeout(600)
    static void read() throws Exception {
        page = Files.readString(Path.of("../README.md"));
    }

    private static List<String> complaints(Map<String, String> sources, Path classes) {
        return SnippetCompiler.complaints(sources, classes, "-cp", System.getProperty("java.class.path"))
                .values()
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> blocks() {
        return JAVA.matcher(page).results().map(block -> block.group(1)).toList();
    }

    @Test
    void theFirstProgramCompilesAsItStandsAndInAClass(@TempDir Path classes) {
        String program = blocks().getFirst();
        int body = program.indexOf("void main()");
        List<String> imports =
                IMPORT.matcher(page).results().map(more -> more.group(1)).toList();
        assertThat(imports).isNotEmpty();
        Map<String, String> sources = new LinkedHashMap<>();
        sources.put("Alone", program);
        sources.put(
                "InAClass",
                String.join("\n", imports) + program.substring(0, body) + "class InAClass {\n" + program.substring(body)
                        + "}\n");
        assertThat(complaints(sources, classes)).isEmpty();
    }

    @Test
    void everyOtherWordCompilesWithTheImportBesideIt(@TempDir Path classes) {
        Map<String, String> sources = new LinkedHashMap<>();
        for (MatchResult swap : SWAP.matcher(blocks().get(1)).results().toList()) {
            String name = "Swap" + sources.size();
            sources.put(
                    name,
                    "import dev.pando.Pool;\nimport %s;\nclass %s { Pool pool = %s; }\n"
                            .formatted(swap.group(2), name, swap.group(1)));
        }
        assertThat(sources).hasSize(4);
        assertThat(complaints(sources, classes)).isEmpty();
    }

    @Test
    void theCoordinatesAreThoseOfThisBuild() throws Exception {
        String pom = Files.readString(Path.of("pom.xml"));
        String artifact = pom.replaceAll("(?s).*?</parent>.*?<artifactId>(.*?)</artifactId>.*", "$1");
        String version = pom.replaceAll("(?s).*?<version>(.*?)</version>.*", "$1");
        assertThat(page)
                .contains("<artifactId>" + artifact + "</artifactId>\n  <version>" + version + "</version>")
                .contains("\"dev.pando:" + artifact + ":" + version + "\"")
                .contains("core/target/" + artifact + "-" + version + ".jar");
    }
}
