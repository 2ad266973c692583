package dev.pando.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.lab.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    @TempDir
    Path home;

    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    @BeforeEach
    void twoExamples() throws IOException {
        Path examples = Files.createDirectory(home.resolve("examples"));
        Files.writeString(examples.resolve("Fetch.java"), """
            import java.util.List;

            /**
             * Loads {@code five} addresses, and
             * prints them. Then it says more.
             */
            public class Fetch {
                public static void main(String[] args) throws Exception {
                    Class.forName("dev.pando.Pool");
                    Class.forName("dev.pando.cluster.Cluster");
                    Class.forName("org.jgroups.JChannel");
                    System.exit(args.length == 2 && args[1].equals("--last") ? 7 : 1);
                }
            }
            """);
        Files.writeString(examples.resolve("AsCompleted.java"), """
            // Whoever is ready first comes first.
            // And so on.
            void main() {}
            """);
    }

    int pando(String... args) {
        return LabMain.run(home, Terminal.NONE, new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    @Test
    void versionSaysWhatABugReportNeeds() {
        assertThat(pando("version")).isZero();
        assertThat(out.toString())
                .contains("pando  0.", "java   25", "cpus", "os")
                .doesNotContain("${");
    }

    @Test
    void helpShowsExamplesAndExitCodes() {
        assertThat(pando("--help")).isZero();
        assertThat(out.toString()).contains("./pando example fetch", "./pando node --help", "Exit codes:");
    }

    @Test
    void withoutACommandItSaysWhatThereIs() {
        assertThat(pando()).isZero();
        assertThat(out.toString()).contains("Usage: pando", "./pando example fetch");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void anUnknownCommandIsToldTheCommands() {
        assertThat(pando("nonsense")).isEqualTo(2);
        assertThat(err.toString().strip())
                .isEqualTo("pando: there is no command 'nonsense'. The commands are lab, advise, map, run, example,"
                        + " top, dump, completion, version; ./pando --help says more.");
    }

    @Test
    void theNameOfAnExampleIsNoCommandButLeadsToIt() {
        assertThat(pando("fetch")).isEqualTo(2);
        assertThat(err.toString().strip()).endsWith("There is an example of that name: ./pando example fetch");
    }

    @Test
    void anUnknownOptionIsToldWhereHelpIs() {
        assertThat(pando("version", "--nonsense")).isEqualTo(2);
        assertThat(err.toString().strip()).contains("--nonsense").endsWith("`./pando version --help` says more.");
    }

    @Test
    void exampleAloneListsThemWithTheirFirstSentence() {
        assertThat(pando("example")).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "  as-completed   Whoever is ready first comes first.",
                        "  fetch          Loads five addresses, and prints them.",
                        "",
                        "Run one: ./pando example as-completed");
    }

    @Test
    void anExampleGetsItsArgumentsAndGivesItsExitCode() {
        assertThat(pando("example", "fetch", "one", "--last")).isEqualTo(7);
    }

    @Test
    void aNameIsTakenAsPeopleTypeIt() {
        assertThat(pando("example", "AsCompleted.java")).isZero();
    }

    @Test
    void anUnknownNameSuggestsTheNearOne() {
        assertThat(pando("example", "fecth")).isEqualTo(2);
        assertThat(err.toString()).contains("no example 'fecth'", "'fetch'");
    }

    @Test
    void aHomeWithoutExamplesSaysWhereItLooked() throws IOException {
        Files.delete(home.resolve("examples/Fetch.java"));
        Files.delete(home.resolve("examples/AsCompleted.java"));
        assertThat(pando("example")).isEqualTo(1);
        assertThat(err.toString()).contains("no examples in " + home);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lab", "advise", "map", "run", "example", "completion", "version"})
    void everyCommandHasHelp(String command) {
        assertThat(pando(command, "--help")).isZero();
        assertThat(out.toString()).contains("Usage: pando " + command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lab", "advise", "map", "run", "example", "completion", "version"})
    void helpHasExamplesToType(String command) {
        assertThat(pando(command, "--help")).isZero();
        assertThat(out.toString()).contains("Examples:", "pando");
    }

    @Test
    void aNearCommandIsSuggested() {
        assertThat(pando("lba")).isEqualTo(2);
        assertThat(err.toString().strip()).endsWith("Did you mean 'lab'?");
    }

    @Test
    void theNameOfAnExperimentIsNoCommandButLeadsToIt() {
        assertThat(pando("race")).isEqualTo(2);
        assertThat(err.toString().strip()).endsWith("There is an experiment of that name: ./pando lab race");
    }

    @Test
    void labListsItsExperiments() {
        assertThat(pando("lab", "--lang", "en", "--list")).isZero();
        assertThat(out.toString()).contains("  pool-size   How many threads?", "Run one: ./pando lab sum");
    }

    @Test
    void theLabTakesAClusterWhereAnExperimentCan() {
        assertThat(pando("lab", "--pool", "threads:2", "sum")).isEqualTo(2);
        assertThat(err.toString()).contains("--pool takes cluster:host:port, for sum, primes");
        assertThat(pando("lab", "--pool", "cluster:localhost:7400", "wait")).isEqualTo(2);
    }

    @Test
    void aWrongExperimentSuggestsTheNearOneAndRunsNothing() {
        assertThat(pando("lab", "wait", "rcae")).isEqualTo(2);
        assertThat(err.toString()).contains("no experiment 'rcae'", "'race'");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void labRunsWhatIsNamedAndWritesItDown() throws IOException {
        Path page = home.resolve("out/lab.html");
        assertThat(pando(
                        "lab",
                        "--lang",
                        "en",
                        "wait",
                        "--report",
                        page.toString(),
                        "--trace",
                        home.resolve("t.json").toString(),
                        "--json",
                        home.resolve("n.json").toString(),
                        "--figures",
                        home.resolve("figures").toString()))
                .isZero();
        assertThat(out.toString())
                .contains("CPU", "wait  ──", "expected", "measured", "why", "all right", "The report is in " + page);
        assertThat(err.toString()).isEmpty();
        assertThat(Files.readString(page)).contains("<h2>wait</h2>");
        assertThat(home.resolve("t.json")).isNotEmptyFile();
        assertThat(home.resolve("n.json")).isNotEmptyFile();
        assertThat(home.resolve("figures/wait-timeline.svg")).isNotEmptyFile();
    }

    @Test
    void labSpeaksKoreanIfAskedTo() throws IOException {
        Path page = home.resolve("out/lab.html");
        assertThat(pando("lab", "--lang", "ko", "wait", "--report", page.toString()))
                .isZero();
        assertThat(out.toString())
                .contains("CPU", "wait  ──", "기대", "측정", "이유", "모두 맞습니다", "보고서는 " + page + "에 있습니다.")
                .doesNotContain("expected", "measured", "all right");
        assertThat(Files.readString(page)).contains("<html lang=\"ko\">", "<h2>wait</h2>");
    }

    @Test
    void labSpeaksNoOtherLanguage() {
        assertThat(pando("lab", "--lang", "fr", "wait")).isEqualTo(2);
        assertThat(err.toString()).contains("the lab speaks en and ko, and not 'fr'");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void runHandsOnArgumentsAndExitCode() {
        assertThat(pando("run", home.resolve("examples/Fetch.java").toString(), "one", "--last"))
                .isEqualTo(7);
    }

    @Test
    void runWritesATraceOfEveryPoolOfTheProgram() throws IOException {
        Path trace = home.resolve("trace.json");
        Path program = Files.writeString(home.resolve("Two.java"), """
            import dev.pando.Pool;
            import dev.pando.local.Threads;
            import dev.pando.local.Virtual;

            void main() {
                try (Pool one = Pool.with(Threads.of(1)).named("one").open();
                        Pool two = Pool.with(Virtual.unlimited()).named("two").open()) {
                    one.named("first").submit(() -> 1).result();
                    two.named("second").submit(() -> 2).result();
                }
            }
            """);
        assertThat(pando("run", "--trace", trace.toString(), program.toString()))
                .isZero();
        assertThat(Files.readString(trace))
                .contains("{\"name\":\"one, Threads.of(1)\"}", "{\"name\":\"two, Virtual.unlimited()\"}")
                .contains("\"ph\":\"X\",\"name\":\"first-1\",\"pid\":1", "\"ph\":\"X\",\"name\":\"second-1\",\"pid\":2")
                .endsWith("}\n]\n");
    }

    @Test
    void runWithoutAFileSaysSo() {
        assertThat(pando("run", home.resolve("Nowhere.java").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("there is no file");
    }

    @Test
    void completionKnowsTheCommands() {
        assertThat(pando("completion")).isZero();
        assertThat(out.toString()).contains("complete -F", "lab", "--report", "pool-size");
    }
}
