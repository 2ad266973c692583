package dev.pando.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    @TempDir
    Path home;

    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    @BeforeEach
    void two_examples() throws IOException {
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
        return Main.run(home, new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    @Test
    void version_says_what_a_bug_report_needs() {
        assertThat(pando("version")).isZero();
        assertThat(out.toString()).contains("pando  0.", "java   25", "cpus", "os").doesNotContain("${");
    }

    @Test
    void help_shows_examples_and_exit_codes() {
        assertThat(pando("--help")).isZero();
        assertThat(out.toString()).contains("pando example fetch", "Exit codes:");
    }

    @Test
    void no_command_is_a_usage_error() {
        assertThat(pando()).isEqualTo(2);
        assertThat(err.toString()).contains("Missing required subcommand", "Usage: pando");
    }

    @Test
    void example_alone_lists_them_with_their_first_sentence() {
        assertThat(pando("example")).isZero();
        assertThat(out.toString().lines()).containsExactly(
                "  as-completed   Whoever is ready first comes first.",
                "  fetch          Loads five addresses, and prints them.");
    }

    @Test
    void an_example_gets_its_arguments_and_gives_its_exit_code() {
        assertThat(pando("example", "fetch", "one", "--last")).isEqualTo(7);
    }

    @Test
    void a_name_is_taken_as_people_type_it() {
        assertThat(pando("example", "AsCompleted.java")).isZero();
    }

    @Test
    void an_unknown_name_suggests_the_near_one() {
        assertThat(pando("example", "fecth")).isEqualTo(2);
        assertThat(err.toString()).contains("no example 'fecth'", "'fetch'");
    }

    @Test
    void a_home_without_examples_says_where_it_looked() throws IOException {
        Files.delete(home.resolve("examples/Fetch.java"));
        Files.delete(home.resolve("examples/AsCompleted.java"));
        assertThat(pando("example")).isEqualTo(1);
        assertThat(err.toString()).contains("no examples in " + home);
    }
}
