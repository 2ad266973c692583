package dev.pando.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.cluster.internal.fabric.FabricOptions;
import dev.pando.cluster.internal.node.ClusterNode;
import dev.pando.cluster.internal.node.NodeLog;
import dev.pando.lab.terminal.Terminal;
import dev.pando.local.Threads;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@ExtendWith(NoProcessLeft.class)
class MapCommandTest {
    @TempDir
    Path folder;

    Path program = Path.of("");
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final StringWriter err = new StringWriter();

    @BeforeEach
    void aProgram() throws IOException {
        program = Files.writeString(folder.resolve("Lines.java"), """
            public class Lines {
                static String shout(String line) { return line.toUpperCase(java.util.Locale.ROOT); }
                static long square(long number) { return number * number; }
                static String korean(String line) { return "\\uC548"; }
                int length(String line) { return line.length(); }
                static String hang(String line) throws Exception { if (line.equals("2")) Thread.sleep(60_000); return line; }
                static String exit(String line) { if (line.equals("2")) System.exit(7); return line; }
                static String throwing(String line) { if (line.equals("2")) throw new IllegalStateException("two"); return line; }
                private static String two(String a, String b) { return a + b; }
            }
            """);
    }

    int map(String input, String... arguments) {
        return pando(
                input,
                Stream.concat(Stream.of("--file", program.toString()), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    int pando(String input, String... arguments) {
        return pando(input.getBytes(StandardCharsets.UTF_8), arguments);
    }

    int pando(byte[] input, String... arguments) {
        var command = new MapCommand(Terminal.NONE, new ByteArrayInputStream(input), out, new PrintWriter(err, true));
        return new CommandLine(command).setErr(new PrintWriter(err, true)).execute(arguments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"threads:3", "virtual", "virtual:2", "processes:2", "loop", "caller"})
    void everyPoolGivesResultsInOrderAndATrace(String pool) throws IOException {
        Path trace = folder.resolve("trace.json");
        String numbers = IntStream.rangeClosed(1, 100).mapToObj(String::valueOf).collect(Collectors.joining("\n"));
        assertThat(map(numbers, "--pool", pool, "--method", "square", "--trace", trace.toString()))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .hasSize(100)
                .startsWith("1", "4", "9")
                .endsWith("10000");
        assertThat(err.toString()).isEmpty();
        assertTrace(trace, pool.replaceFirst(":.*", ""));
    }

    private static void assertTrace(Path trace, String pool) throws IOException {
        assertThat(Files.readString(trace))
                .startsWith("[\n{")
                .endsWith("}\n]\n")
                .contains("\"name\":\"process_name\",\"pid\":1,\"tid\":0,\"args\":{\"name\":\"" + pool + ", ")
                .containsPattern(
                        "\"ph\":\"X\",\"name\":\"[^\"]+-[0-9]+\",\"pid\":1,\"tid\":[1-9].*\"outcome\":\"SUCCESS\"");
    }

    @Test
    void aTraceThatCannotBeWrittenIsRefusedBeforeAnythingRuns() {
        Path nowhere = folder.resolve("none").resolve("trace.json");
        assertThat(map("1\n", "--method", "square", "--trace", nowhere.toString()))
                .isNotZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    /** The class of the file, which no node has, travels there. */
    @Test
    void nodesOfAClusterGiveResultsInOrder() throws Exception {
        InetSocketAddress seed;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            seed = new InetSocketAddress(InetAddress.getLoopbackAddress(), free.getLocalPort());
        }
        FabricOptions options = new FabricOptions(
                "alpha",
                new FabricOptions.Seeds(List.of(seed)),
                null,
                seed.getPort(),
                null,
                FabricOptions.JOIN_TIMEOUT,
                FabricOptions.SILENCE);
        try (ClusterNode _ = ClusterNode.join(options, Threads.of(2), 0, NodeLog.none())) {
            Path trace = folder.resolve("trace.json");
            String nodes = "cluster:127.0.0.1:" + seed.getPort();
            assertThat(map("1\n2\n3", "--pool", nodes, "--method", "square", "--trace", trace.toString()))
                    .as(err.toString())
                    .isZero();
            assertTrace(trace, "cluster");
            assertThat(Files.readString(trace)).contains("\"args\":{\"name\":\"alpha/1\"}");
        }
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).containsExactly("1", "4", "9");
    }

    @Test
    void aMethodOfAnObjectIsCalledOnANewOne() {
        assertThat(map("one\nthree\n", "--method", "length")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).containsExactly("3", "5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"threads:2", "processes:2"})
    void aClassIsFoundInAFolder(String pool) {
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", folder.toString(), program.toString()))
                .isZero();
        assertThat(pando(
                        "3\n4\n",
                        "--pool",
                        pool,
                        "--class-path",
                        folder.toString(),
                        "--class",
                        "Lines",
                        "--method",
                        "square"))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).containsExactly("9", "16");
    }

    @Test
    void aClassThatIsNowhereIsToldSo() {
        assertThat(pando("", "--class-path", folder.toString(), "--class", "com.acme.Lines", "--method", "square"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("there is no class com.acme.Lines in " + folder);
        assertThat(pando("", "--method", "square")).isEqualTo(2);
        assertThat(err.toString()).contains("say which class");
    }

    @Test
    void noLinesNoResults() {
        assertThat(map("", "--method", "shout")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void theFirstFailureStopsAndNamesItsLine() {
        assertThat(map("1\n2\n3\n", "--method", "throwing")).isEqualTo(1);
        assertThat(err.toString()).contains("line 2 failed: java.lang.IllegalStateException: two", "--keep-going");
    }

    @Test
    void keepGoingLeavesAnEmptyLine() {
        assertThat(map("1\n2\n3\n", "--method", "throwing", "--keep-going")).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).containsExactly("1", "", "3");
    }

    @Test
    void aLineThatKillsItsWorkerCostsThatLine() {
        assertThat(map("1\n2\n3\n", "--pool", "processes:1", "--method", "exit", "--keep-going", "--retries", "1"))
                .isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).containsExactly("1", "", "3");
        assertThat(err.toString()).contains("line 2 failed", "System.exit", "after 2 attempts");
    }

    @Test
    void aLineThatHangsIsStopped() {
        assertThat(map("1\n2\n3\n", "--pool", "threads:2", "--method", "hang", "--keep-going", "--timeout", "3s"))
                .isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).containsExactly("1", "", "3");
        assertThat(err.toString()).contains("line 2 failed", "TaskTimeoutException");
    }

    @Test
    void aWrongMethodIsToldWhichThereAre() {
        assertThat(map("", "--method", "shuot")).isEqualTo(2);
        assertThat(err.toString())
                .contains("Lines has no method shuot", "shout", "square")
                .doesNotContain("two,");
    }

    @Test
    void aFileThatDoesNotCompileShowsWhy() throws IOException {
        Files.writeString(program, "public class Lines { oops }");
        assertThat(map("", "--method", "shout")).isEqualTo(2);
        assertThat(err.toString()).contains("does not compile", "oops");
    }

    @Test
    void aLineThatIsNotOfTheCharsetIsRefusedByItsNumber() {
        int code = pando(
                new byte[] {'o', 'n', 'e', '\n', (byte) 0xC3, '(', '\n', 'x', '\n'},
                "--file",
                program.toString(),
                "--method",
                "shout");
        assertThat(code).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).containsExactly("ONE");
        assertThat(err.toString()).contains("line 2 is not UTF-8", "--encoding");
    }

    @Test
    void anotherCharsetGoesInAndOut() {
        assertThat(pando(
                        new byte[] {(byte) 0xE4, '\n'},
                        "--file",
                        program.toString(),
                        "--method",
                        "shout",
                        "--encoding",
                        "ISO-8859-1"))
                .isZero();
        assertThat(out.toByteArray()).startsWith(0xC4);
    }

    @Test
    void aResultThatTheCharsetHasNotIsAFailureAndNoQuestionMark() {
        assertThat(map("1\n", "--method", "korean", "--encoding", "ISO-8859-1")).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(err.toString()).contains("line 1 failed", "letters that ISO-8859-1 has not");
    }

    @Test
    void aCharsetThatIsNoneIsToldSo() {
        assertThat(map("", "--method", "shout", "--encoding", "UTF-9")).isEqualTo(2);
        assertThat(err.toString()).contains("'UTF-9' is no charset");
    }

    @Test
    void aWrongPoolIsToldTheForms() {
        assertThat(map("", "--method", "shout", "--pool", "fibres:3")).isEqualTo(2);
        assertThat(err.toString()).contains("'fibres:3' is no pool", "processes:4");
    }

    @Test
    void aWrongTimeIsToldTheForms() {
        assertThat(map("", "--method", "shout", "--timeout", "soon")).isEqualTo(2);
        assertThat(err.toString()).contains("'soon' is no time", "500ms");
    }
}
