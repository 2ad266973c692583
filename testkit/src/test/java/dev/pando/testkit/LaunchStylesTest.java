package dev.pando.testkit;

import static dev.pando.testkit.SourceTexts.IMPORTS;
import static dev.pando.testkit.SourceTexts.MEMBERS;
import static dev.pando.testkit.SourceTexts.SHOW;
import static dev.pando.testkit.SourceTexts.SHOWN;
import static dev.pando.testkit.SourceTexts.program;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Classes travel, however the program was started. */
@Timeout(120)
class LaunchStylesTest {
    private static final String OPEN = """
        System.out.println(pool.submit(() -> {
            java.lang.reflect.Field field = String.class.getDeclaredField("value");
            return field.trySetAccessible() ? "open" : "shut";
        }).result());
        """;

    private ProgramWorkshop shop;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        shop = new ProgramWorkshop(folder);
    }

    @Test
    void aScriptThatTheSourceLauncherRuns() throws Exception {
        shop.write("Script.java", program("Script"));
        var ran = shop.java("-cp", ProgramWorkshop.pando(), "Script.java").succeeded();
        assertThat(ran.lines()).isEqualTo(SHOWN);
        assertThat(ran.err()).isEmpty();
    }

    /** The launcher compiles a file when its class is first requested, here by a worker in the middle of a task. */
    @Test
    void aScriptWhoseOtherFilesAreCompiledWhenATaskNeedsThem() throws Exception {
        shop.write("other/Far.java", "package other; public record Far(int n) implements java.io.Serializable {}");
        shop.write("Script.java", program("Script", "Processes.of(1)", """
            System.out.println(pool.submit(() -> String.valueOf(new other.Far(8))).result());
            System.out.println(pool.submit(() -> new other.Far(9)).result());
            """));
        var ran = shop.java("-cp", ProgramWorkshop.pando(), "Script.java").succeeded();
        assertThat(ran.lines()).containsExactly("Far[n=8]", "Far[n=9]");
    }

    @Test
    void aCompactSourceFileWithTasksThatUseNothingOfTheProgramsOwn() throws Exception {
        shop.write(
                "Compact.java", IMPORTS + MEMBERS + """
                    void main() throws Exception {
                        try (Pool pool = Pool.open(Processes.of(2))) {
                            BODY
                        }
                    }
                    """.replace("BODY", SHOW.replace("CLASS::twice", "x -> twice(x)")));
        assertThat(shop.java("-cp", ProgramWorkshop.pando(), "Compact.java")
                        .succeeded()
                        .lines())
                .isEqualTo(SHOWN);
    }

    @Test
    void aCompactSourceFileWhoseTaskUsesItsFieldIsToldHowToMendIt() throws Exception {
        shop.write("Compact.java", IMPORTS + """
            int field = 5;
            int plus(int x) { return x + field; }

            void main() {
                try (Pool pool = Pool.open(Processes.of(1))) {
                    try {
                        pool.submit(() -> field + 1);
                    } catch (NotSendableException e) {
                        IO.println(e.getMessage());
                    }
                    try {
                        pool.submit(this::plus, 1);
                    } catch (NotSendableException e) {
                        IO.println(e.getMessage());
                    }
                    IO.println(pool.stats().submitted());
                }
            }
            """);
        assertThat(shop.java("-cp", ProgramWorkshop.pando(), "Compact.java")
                        .succeeded()
                        .lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .contains(
                                        "captured Compact: Compact is not serializable",
                                        "make the field or method it uses static"),
                        line -> assertThat(line)
                                .contains(
                                        "captured Compact: Compact is not serializable",
                                        "make the field or method it uses static"),
                        line -> assertThat(line).isEqualTo("0"));
    }

    @Test
    void aJarWhoseManifestHasTheClassPathAndOpensAPackage() throws Exception {
        Path classes = shop.compile(
                "classes", List.of(), shop.write("Main.java", program("Main", "Processes.of(2)", SHOW + OPEN)));
        shop.pandoJar("app/lib/pando.jar");
        shop.jar(
                "app/app.jar",
                "Main-Class: Main\nClass-Path: lib/pando.jar\nAdd-Opens: java.base/java.lang\n",
                classes);
        shop.directory = shop.at("app");
        assertThat(shop.java("-jar", "app.jar", "an argument").succeeded().lines())
                .startsWith(SHOWN.toArray(String[]::new))
                .endsWith("open");
    }

    @Test
    void aJarOnTheClassPathIsGrantedNothingByItsManifest() throws Exception {
        Path classes =
                shop.compile("classes", List.of(), shop.write("Main.java", program("Main", "Processes.of(1)", OPEN)));
        Path jar = shop.jar("app.jar", "Main-Class: Main\nAdd-Opens: java.base/java.lang\n", classes);
        assertThat(shop.java("-cp", jar + File.pathSeparator + ProgramWorkshop.pando(), "Main")
                        .succeeded()
                        .lines())
                .containsExactly("shut");
    }

    @Test
    void anArgumentFile() throws Exception {
        shop.compile(
                "classes", List.of(), shop.write("Main.java", program("Main", "Processes.of(2)", SHOW + OPEN + """
                    System.out.println(pool.submit(() -> System.getProperty("greeting")).result());
                    """)));
        shop.write("arguments", """
            # as long command lines are written
            -Dgreeting="good day"
            --add-opens java.base/java.lang=ALL-UNNAMED
            -cp "classes%s%s"
            Main
            """.formatted(
                        File.pathSeparator, ProgramWorkshop.pando().toString().replace("\\", "\\\\")));
        assertThat(shop.java("@arguments").succeeded().lines())
                .startsWith(SHOWN.toArray(String[]::new))
                .endsWith("open", "good day");
    }

    @Test
    void directoriesAndJarsWithBlanksAndForeignLettersInTheirNames() throws Exception {
        ProgramWorkshop.assumeForeignLetters();
        String place = "Übung eins ☃/p%20q+#'";
        Path classes = shop.compile(place + "/klassen ö", List.of(), shop.write("Main.java", program("Main")));
        Path jar = shop.pandoJar(place + "/pando 1.0 ß.jar");
        assertThat(shop.java("-cp", classes + File.pathSeparator + jar, "Main")
                        .succeeded()
                        .lines())
                .isEqualTo(SHOWN);
        shop.directory = shop.at(place);
        String relative = "klassen ö" + File.pathSeparator + "pando 1.0 ß.jar";
        assertThat(shop.java("-cp", relative, "Main").succeeded().lines()).isEqualTo(SHOWN);
    }

    @Test
    void aRelativeClassPathForWorkersInAnotherDirectory() throws Exception {
        Path elsewhere = Files.createDirectory(shop.at("elsewhere"));
        shop.compile(
                "classes",
                List.of(),
                shop.write(
                        "Main.java",
                        program(
                                "Main",
                                "Processes.of(2).directory(Path.of(\"elsewhere\"))",
                                SHOW
                                        + "System.out.println(pool.submit(() ->"
                                        + " Path.of(\"\").toAbsolutePath().toString()).result());")));
        shop.pandoJar("lib/pando.jar");
        assertThat(shop.java("-cp", "classes" + File.pathSeparator + "lib/*", "Main")
                        .succeeded()
                        .lines())
                .startsWith(SHOWN.toArray(String[]::new))
                .endsWith(elsewhere.toRealPath().toString());
    }

    @Test
    void theCurrentDirectoryAsAnEmptyClassPath() throws Exception {
        shop.compile(".", List.of(), shop.write("src/Main.java", program("Main")));
        assertThat(shop.java("-cp", File.pathSeparator + ProgramWorkshop.pando(), "Main")
                        .succeeded()
                        .lines())
                .isEqualTo(SHOWN);
    }

    @Test
    void classesAppendedToTheBootClassPath() throws Exception {
        Path lib = shop.compile(
                "lib",
                List.of(),
                shop.write(
                        "deep/Deep.java", "package deep; public class Deep { public static int n() { return 6; } }"));
        Path classes = shop.compile(
                "classes",
                List.of("-cp", ProgramWorkshop.pando() + File.pathSeparator + lib),
                shop.write(
                        "Main.java",
                        program(
                                "Main",
                                "Processes.of(1)",
                                "System.out.println(pool.submit(() -> deep.Deep.n()).result());")));
        var ran = shop.java(
                        "-Xbootclasspath/a:lib", "-cp", classes + File.pathSeparator + ProgramWorkshop.pando(), "Main")
                .succeeded();
        assertThat(ran.lines()).containsExactly("6");
    }

    /** Without that module, no API tells the exact arguments of the JVM. */
    @Test
    void aJdkThatHasNoManagementModule() throws Exception {
        Path classes = shop.compile(
                "classes", List.of(), shop.write("Main.java", program("Main", "Processes.of(2)", SHOW + OPEN)));
        var ran = shop.java(
                        "--limit-modules",
                        "java.base",
                        "--add-opens",
                        "java.base/java.lang=ALL-UNNAMED",
                        "-cp",
                        classes + File.pathSeparator + ProgramWorkshop.pando(),
                        "Main",
                        "--add-opens",
                        "-Xmx1m")
                .succeeded();
        assertThat(ran.lines()).startsWith(SHOWN.toArray(String[]::new)).endsWith("open");
    }

    @Test
    void aClassPathTooLongForACommandLineIsSaidToBeTheReason() throws Exception {
        Path classes =
                shop.compile("classes", List.of(), shop.write("Main.java", program("Main", "Processes.of(1)", """
                    try {
                        pool.submit(() -> 1).result();
                    } catch (PoolBrokenException e) {
                        System.out.println(e.getMessage());
                    }
                    """)));
        String filler = IntStream.range(0, 5000)
                .mapToObj(i -> File.pathSeparator + "/a/directory/that/does/not/exist/" + i)
                .collect(Collectors.joining());
        shop.write("arguments", "-cp \"" + classes + File.pathSeparator + ProgramWorkshop.pando() + filler + "\" Main");
        assertThat(shop.java("@arguments").succeeded().out())
                .contains("command line is longer than the system allows", "class path of 1");
    }
}
