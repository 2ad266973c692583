package dev.pando.testkit;

import static dev.pando.testkit.SourceTexts.program;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a worker inherits from the JVM that started it, and what not. */
@Timeout(120)
class InheritedWorldTest {
    /** Prints facts about a worker, one a line. */
    private static final String LOOK = """
        System.out.println(pool.submit(() -> String.join(" ", java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments())).result());
        System.out.println(pool.submit(() -> { boolean on = false; assert on = true; return "assertions " + on; }).result());
        System.out.println(pool.submit(() -> "opened " + String.class.getDeclaredField("value").trySetAccessible()).result());
        System.out.println(pool.submit(() -> "k " + System.getProperty("k")).result());
        System.out.println(pool.submit(() -> "heap " + (Runtime.getRuntime().maxMemory() >> 20)).result());
        System.out.println(pool.submit(() -> { System.out.println("printed"); return "over"; }).result());
        """;

    private ProgramWorkshop shop;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        shop = new ProgramWorkshop(folder);
    }

    private List<String> look(String backend, String... options) throws Exception {
        Path classes = shop.compile("classes", List.of(), shop.write("Main.java", program("Main", backend, LOOK)));
        List<Object> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of("-cp", classes + File.pathSeparator + ProgramWorkshop.pando(), "Main"));
        return shop.java(arguments.toArray()).succeeded().lines();
    }

    @Test
    void propertiesAssertionsAndOpenedPackagesAreInherited() throws Exception {
        assertThat(look("Processes.of(1)", "-ea", "-Dk=v", "--add-opens", "java.base/java.lang=ALL-UNNAMED"))
                .contains("assertions true", "opened true", "k v");
        assertThat(look(
                        "Processes.of(1)",
                        "-enableassertions:Main",
                        "-Djdk.tls.client.protocols=x",
                        "-Dsun.net.inetaddr.ttl=3"))
                .contains("assertions true", "opened false", "k null")
                .first()
                .asString()
                .contains("-Djdk.tls.client.protocols=x", "-Dsun.net.inetaddr.ttl=3");
    }

    @Test
    void whatTheWorkersAreToldComesAfterWhatIsInherited() throws Exception {
        assertThat(look("Processes.of(1).jvmArgs(\"-da\", \"-Dk=w\")", "-ea", "-Dk=v"))
                .contains("assertions false", "k w");
    }

    @Test
    void previewFeaturesAreInherited() throws Exception {
        shop.write("Script.java", program("Script", "Processes.of(1)", """
            System.out.println(pool.submit(() -> java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments()
                    .contains("--enable-preview")).result());
            """));
        var ran = shop.java("--enable-preview", "--source", "25", "-cp", ProgramWorkshop.pando(), "Script.java")
                .succeeded();
        assertThat(ran.lines()).containsExactly("true");
    }

    @Test
    void debuggerAgentsCollectorAndHeapAreNot() throws Exception {
        Path agent = shop.jar(
                "agent.jar",
                "Premain-Class: Agent\nLauncher-Agent-Class: Agent\n",
                shop.compile(
                        "agent",
                        List.of(),
                        shop.write(
                                "Agent.java",
                                "public class Agent { public static void premain(String arguments) {"
                                        + " System.out.println(\"agent\"); } }")));
        List<String> lines = look(
                "Processes.of(1).heap(\"48m\")",
                "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,quiet=y,address=127.0.0.1:0",
                "-javaagent:" + agent,
                "-XX:+UseParallelGC",
                "-Xmx200m",
                "-Dcom.sun.management.jmxremote.port=0",
                "-Dcom.sun.management.jmxremote.ssl=false",
                "-Dcom.sun.management.jmxremote.authenticate=false",
                "-Dcom.sun.management.jmxremote.host=127.0.0.1");
        assertThat(lines).first().isEqualTo("agent");
        assertThat(lines.get(1))
                .contains("-XX:+UseSerialGC")
                .doesNotContain("jdwp", "javaagent", "UseParallelGC", "-Xmx200m", "jmxremote");
        assertThat(lines.subList(1, lines.size())).noneMatch(line -> line.contains("agent"));
    }

    /** With another layout of objects than its workers, and with the same. */
    @Test
    void aProgramMayHaveAnotherCollectorAndCompactHeaders() throws Exception {
        for (String backend : List.of(
                "Processes.of(1)", "Processes.of(1).jvmArgs(\"-XX:+UseCompactObjectHeaders\", \"-XX:+UseZGC\")")) {
            List<String> lines = look(backend, "-XX:+UseZGC", "-XX:+UseCompactObjectHeaders", "-Dk=v");
            assertThat(lines).contains("assertions false", "k v", "over").hasSize(7);
            assertThat(lines.getFirst().contains("UseCompactObjectHeaders")).isEqualTo(backend.contains("Compact"));
        }
    }

    /** Workers get these options as arguments, because a JVM that picks up a variable says so, amid the output. */
    @Test
    void optionsFromVariablesHoldInWorkersWithoutAWord() throws Exception {
        shop.environment.put("JAVA_TOOL_OPTIONS", "-Dk=tool -Xmx200m");
        shop.environment.put("JDK_JAVA_OPTIONS", "--add-opens java.base/java.lang=ALL-UNNAMED");
        shop.environment.put("_JAVA_OPTIONS", "-ea");
        List<String> lines = look(
                "Processes.of(1).heap(\"48m\").output(Output.to(line -> System.out.println(\"said \" + line.text())))");
        assertThat(lines).contains("k tool", "opened true", "assertions true", "said printed");
        assertThat(lines).filteredOn(line -> line.startsWith("said")).containsExactly("said printed");
        assertThat(lines).anyMatch(line -> line.matches("heap 4\\d"));
    }

    @Test
    void outputArrivesInItsOwnLettersWhateverEncodingTheProgramPrintsIn() throws Exception {
        shop.environment.put("LC_ALL", "POSIX");
        Path classes = shop.compile(
                "classes",
                List.of(),
                shop.write(
                        "Main.java",
                        program(
                                "Main",
                                "Processes.of(1).output(Output.to(line ->"
                                        + " System.out.println(line.text().equals(\"gr\\u00fcn \\u2603\"))))",
                                "pool.submit(() -> System.out.println(\"gr\\u00fcn \\u2603\")).result();")));
        var ran = shop.java(
                        "-Dstdout.encoding=ISO-8859-1",
                        "-Dstderr.encoding=ISO-8859-1",
                        "-cp",
                        classes + File.pathSeparator + ProgramWorkshop.pando(),
                        "Main")
                .succeeded();
        assertThat(ran.lines()).containsExactly("true");
    }

    /** The JDK itself would pass question marks. */
    @Test
    void lettersThatTheSystemsEncodingLacksAreRefusedAndNotSpoilt() throws Exception {
        shop.environment.put("LC_ALL", "POSIX");
        Path classes =
                shop.compile("classes", List.of(), shop.write("Main.java", program("Main", "Processes.of(1)", """
                    for (Action action : List.<Action>of(
                            () -> Processes.of(1).properties(Map.of("k", "gr\\u00fcn")),
                            () -> Processes.of(1).environment(Map.of("K", "gr\\u00fcn")))) {
                        try {
                            action.perform();
                            System.out.println("nothing said");
                        } catch (IllegalArgumentException e) {
                            System.out.println(e.getMessage().contains("LC_ALL=C.UTF-8"));
                        }
                    }
                    """)));
        var ran = shop.java("-cp", classes + File.pathSeparator + ProgramWorkshop.pando(), "Main")
                .succeeded();
        assertThat(ran.lines()).containsExactly("true", "true");
    }

    /** The filter is for untrusted bytes. A worker trusts its pool, and the pool itself still obeys the filter. */
    @Test
    void aDeserialisationFilterOfTheProgramDoesNotKeepTasksOut() throws Exception {
        Path classes =
                shop.compile("classes", List.of(), shop.write("Main.java", program("Main", "Processes.of(1)", """
                    int captured = 20;
                    System.out.println(pool.submit(() -> captured + new Doc("a", 1).pages()).result());
                    System.out.println(pool.submit(doc -> doc.pages(), new Doc("a", 3)).result());
                    try {
                        pool.submit(() -> new Doc("a", 1)).result();
                    } catch (NotSendableException e) {
                        System.out.println(e.getMessage());
                    }
                    System.out.println(pool.submit(() -> java.io.ObjectInputFilter.Config.getSerialFilter() != null).result());
                    """)));
        var ran = shop.java(
                "-Djdk.serialFilter=java.base/*;dev.pando.**;!*",
                "-cp",
                classes + File.pathSeparator + ProgramWorkshop.pando(),
                "Main");
        assertThat(ran.succeeded().lines())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("21"),
                        line -> assertThat(line).isEqualTo("3"),
                        line -> assertThat(line).contains("the filter of this JVM (jdk.serialFilter) refuses"),
                        line -> assertThat(line).isEqualTo("true"));
    }
}
