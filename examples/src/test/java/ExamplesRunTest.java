import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
        Path out = temporary.resolve("out");
        Path err = temporary.resolve("err");
        Process program = run(example, out, err);
        // A loop is also held for long where others have the processor. A call that blocks holds it each time.
        for (int again = 1; again < ATTEMPTS && Files.readString(err).contains(" has held "); again++) {
            program = run(example, out, err);
        }
        assertThat(Files.readString(err)).as("stderr").isEmpty();
        assertThat(program.exitValue()).as("exit code").isZero();
        List<String> printed = Files.readAllLines(out);
        for (String fact : Files.readAllLines(Path.of("src/test/expected", example.replace(".java", ".txt")))) {
            assertThat(printed)
                    .as("stdout")
                    .filteredOn(line -> line.startsWith(fact))
                    .as(fact)
                    .hasSize(1);
        }
    }

    private static Process run(String example, Path out, Path err) throws Exception {
        Process program = new ProcessBuilder(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        // The program ends too soon to earn back what the big compiler and collector cost.
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        String.join(
                                File.pathSeparator,
                                place("dev.pando.Pool"),
                                place("dev.pando.cluster.Cluster"),
                                place("org.jgroups.JChannel")),
                        example)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(program.waitFor(50, TimeUnit.SECONDS)).as("ends in time").isTrue();
        } finally {
            program.destroyForcibly();
        }
        return program;
    }

    /** Returns the jar or the folder of this class. */
    private static String place(String type) throws Exception {
        return Path.of(Class.forName(type)
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
    }

    @Test
    void theProgramInTheReadmeIsHello() throws IOException {
        String readme = Files.readString(Path.of("../README.md"));
        int begin = readme.indexOf("```java\n") + "```java\n".length();
        String shown = readme.substring(begin, readme.indexOf("```", begin));
        assertThat(Files.readString(Path.of("Hello.java"))).endsWith(shown);
    }
}
