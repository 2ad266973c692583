import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs each example as its reader would: {@code java -cp pando.jar:... Name.java}. Fails if there is none. An example
 * must print the lines of {@code src/test/expected/Name.txt}, in any order; the program's line may continue after the
 * expected text.
 */
class ExamplesRunTest {
    private static final int ATTEMPTS = 3;

    @TempDir
    Path temporary;

    static List<String> examples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(""))) {
            return files.map(Path::toString)
                    .filter(name -> name.endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    static List<String> allButHello() throws IOException {
        return examples().stream().filter(name -> !name.equals("Hello.java")).toList();
    }

    @Tag("quick")
    @Test
    void helloPrintsItsFactsAndComplainsAboutNothing() throws Exception {
        assertPrintsItsFacts("Hello.java");
    }

    @ParameterizedTest
    @MethodSource("allButHello")
    void printsItsFactsAndComplainsAboutNothing(String example) throws Exception {
        assertPrintsItsFacts(example);
    }

    private void assertPrintsItsFacts(String example) throws Exception {
        ProgramRunner runner = new ProgramRunner(temporary);
        ProgramRunner.Run run = runner.run(Path.of(example));
        // A loop is also held for long where others have the processor. A call that blocks holds it each time.
        for (int again = 1; again < ATTEMPTS && run.err().contains(" has held "); again++) {
            run = runner.run(Path.of(example));
        }
        assertThat(run.err()).as("stderr").isEmpty();
        assertThat(run.exitCode()).as("exit code").isZero();
        for (String fact : Files.readAllLines(Path.of("src/test/expected", example.replace(".java", ".txt")))) {
            assertThat(run.out())
                    .as("stdout")
                    .filteredOn(line -> line.startsWith(fact))
                    .as(fact)
                    .hasSize(1);
        }
    }

    /** Without an argument, as it runs above, it takes threads. */
    @ParameterizedTest
    @ValueSource(strings = {"processes", "cluster"})
    void theProgramThatRunsAnywhereRunsOnWhatItsArgumentSays(String where) throws Exception {
        ProgramRunner.Run run = new ProgramRunner(temporary).run(Path.of("Anywhere.java"), List.of(), List.of(where));
        assertThat(run.err()).as("stderr").isEmpty();
        assertThat(run.exitCode()).as("exit code").isZero();
        String fact =
                Files.readString(Path.of("src/test/expected/Anywhere.txt")).strip();
        assertThat(run.out()).containsExactly(fact + " " + where + ".");
    }

    @Test
    void theProgramInTheReadmeIsHello() throws IOException {
        String readme = Files.readString(Path.of("../README.md"));
        int begin = readme.indexOf("```java\n") + "```java\n".length();
        String shown = readme.substring(begin, readme.indexOf("```", begin));
        assertThat(Files.readString(Path.of("Hello.java"))).endsWith(shown);
    }
}
