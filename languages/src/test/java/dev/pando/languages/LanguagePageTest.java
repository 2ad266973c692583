package dev.pando.languages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.languages.LanguagePage.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The programs of the page compile in their languages, and print what it says; and so do the rows of its tables. */
@Tag("full") // the compilers are a large download
@Timeout(120)
class LanguagePageTest {
    @TempDir
    Path folder;

    static List<Program> programs() throws IOException {
        return LanguagePage.programs(Path.of("..", "docs", "languages.md"));
    }

    @Test
    void thePageHasProgramsInEachLanguage() throws IOException {
        assertThat(programs())
                .extracting(Program::language)
                .containsExactly("kotlin", "kotlin", "scala", "groovy", "clojure");
    }

    @ParameterizedTest
    @MethodSource("programs")
    void eachPrintsWhatThePageSays(Program program) throws Exception {
        LanguageTools tools = new LanguageTools(folder);
        Path classes = tools.compile(program.language(), program.source());

        String printed = tools.run(program.language(), classes, program.mainClass());

        assertThat(printed.lines()).containsExactlyElementsOf(program.printed());
    }

    @Test
    void whatTravelsInKotlinAndWhatIsRefused() throws Exception {
        Map<String, String> rows = rows("kotlin", "Rows.kt", "ProgramKt");

        assertThat(rows)
                .containsEntry("pair", "(1, (1, 2, 3))")
                .containsEntry("copied", "[1]")
                .containsEntry("map", "{1=2}")
                .containsEntry("block", "library")
                .containsEntry("there", "1")
                .containsEntry("here", "0")
                .containsEntry("accepted holder", "Holder(pair=(1, 2))")
                .containsEntry("accepted list", "[1]")
                .containsEntry("accepted map", "{1=2}")
                .containsEntry("local dispatcher", "1");
        assertThat(rows.get("plain")).contains("Plain is not serializable");
        assertThat(rows.get("holder")).contains("accept(\"kotlin.*\")");
        assertThat(rows.get("built")).contains("accept(\"kotlin.collections.builders.*\")");
        assertThat(rows.get("range")).contains("kotlin.ranges.IntRange is not serializable");
        assertThat(rows.get("function")).contains("It is a lambda typed as a plain interface: write it as a Task");
        assertThat(rows.get("object")).contains("Library is not serializable");
        assertThat(rows.get("dispatcher")).contains("NotSendableException", "is not serializable");
    }

    @Test
    void whatTravelsInScalaAndWhatIsRefused() throws Exception {
        Map<String, String> rows = rows("scala", "Rows.scala", "rows");

        assertThat(rows)
                .containsEntry("enum", "Red")
                .containsEntry("either", "Right(1)")
                .containsEntry("map", "Map(1 -> Vector(2))")
                .containsEntry("function", "5")
                .containsEntry("captured", "1")
                .containsEntry("accepted holder", "Holder(List(1))");
        assertThat(rows.get("holder")).contains("accept(\"scala.collection.generic.*\")");
    }

    @Test
    void whatTravelsInGroovyAndWhatIsRefused() throws Exception {
        Map<String, String> rows = rows("groovy", "Rows.groovy", "Program");

        assertThat(rows)
                .containsEntry("list", "[1, 2]")
                .containsEntry("map", "[a:1, b:[2]]")
                .containsEntry("range", "[1, 2, 3]")
                .containsEntry("text", "page oak")
                .containsEntry("page", "oak")
                .containsEntry("captured", "4")
                .containsEntry("dehydrated", "5");
        assertThat(rows.get("closure")).contains("Program is not serializable");
    }

    @Test
    void whatTravelsInClojureAndWhatIsUnbound() throws Exception {
        Map<String, String> rows = rows("clojure", "rows.clj", "program");

        assertThat(rows)
                .containsEntry("vector", "[1 2]")
                .containsEntry("map", "{:a 1, :b #{2}}")
                .containsEntry("lazy", "(2 3)")
                .containsEntry("captured", "3")
                .containsEntry("required", "3")
                .containsEntry("initialized", "3")
                .containsEntry("record", "#program.Page{:name \"oak\", :words 3}");
        assertThat(rows.get("unbound")).contains("Attempting to call unbound fn");
    }

    private Map<String, String> rows(String language, String file, String mainClass) throws Exception {
        String source;
        try (var in = LanguagePageTest.class.getResourceAsStream("/" + file)) {
            source = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        LanguageTools tools = new LanguageTools(folder);
        return tools.run(language, tools.compile(language, source), mainClass)
                .lines()
                .filter(line -> line.contains(" = "))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf(" = ")),
                        line -> line.substring(line.indexOf(" = ") + 3)));
    }
}
