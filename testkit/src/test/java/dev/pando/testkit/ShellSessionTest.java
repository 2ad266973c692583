package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A jshell session. Snippets run in a JVM of jshell's, whose class path holds neither them nor Pando. */
@Timeout(120)
class ShellSessionTest {
    private ProgramWorkshop shop;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        shop = new ProgramWorkshop(folder);
    }

    private ProgramWorkshop.Ran type(String snippets) throws Exception {
        String temporary = "-Djava.io.tmpdir=" + shop.at("tmp");
        Files.createDirectories(shop.at("preferences/.java/.userPrefs")); // or it says that it made them
        List<String> command = new ArrayList<>(List.of(
                ProgramWorkshop.tool("jshell").toString(),
                "-J" + temporary,
                "-R" + temporary,
                "-J-Djava.util.prefs.userRoot=" + shop.at("preferences")));
        for (String option : ProgramWorkshop.BRIEF) {
            command.addAll(List.of("-J" + option, "-R" + option));
        }
        command.addAll(List.of("--class-path", ProgramWorkshop.pando().toString(), "-"));
        return shop.run(command, """
            import dev.pando.*
            import dev.pando.process.*
            Pool pool = Pool.open(Processes.of(1))
            """ + snippets + """
            pool.close()
            /exit
            """).succeeded();
    }

    @Test
    void whatWasTypedTravels() throws Exception {
        var ran = type("""
            System.out.println("lambda " + pool.submit(() -> 1 + 1).result())
            int twice(int x) { return 2 * x; }
            System.out.println("method " + pool.submit(() -> twice(21)).result())
            record Doc(String name, int pages) implements java.io.Serializable {}
            System.out.println("record " + pool.submit(() -> new Doc("a", twice(2))).result())
            class Bad extends RuntimeException { int code = 7; Bad(String message) { super(message); } }
            try { pool.submit(() -> { throw new Bad("no"); }).result(); } catch (TaskFailedException e) { System.out.println("exception " + ((Bad) e.getCause()).code); }
            System.out.println("map " + pool.map(x -> twice(x), List.of(1, 2, 3)).toList())
            Task<String> kept = () -> "kept " + twice(4)
            System.out.println(pool.submit(kept).result())
            """);
        assertThat(ran.lines())
                .containsExactly(
                        "lambda 2",
                        "method 42",
                        "record Doc[name=a, pages=4]",
                        "exception 7",
                        "map [2, 4, 6]",
                        "kept 8");
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void aVariableTravelsWithTheValueItHasWhenTheTaskIsHandedIn() throws Exception {
        var ran = type("""
            int n = 5
            int plus(int x) { return x + n; }
            Fn<Integer, Integer> times = x -> x * n
            System.out.println(pool.submit(() -> n).result() + " " + pool.submit(() -> plus(1)).result() + " " + pool.submit(times, 2).result())
            n = 7
            System.out.println(pool.submit(() -> n).result() + " " + pool.submit(() -> plus(1)).result() + " " + pool.submit(times, 2).result())
            String n = "now a text"
            System.out.println(pool.submit(() -> n).result())
            var list = new ArrayList<Integer>(List.of(1, 2))
            System.out.println(pool.submit(() -> { list.add(3); return list; }).result() + " " + list)
            """);
        assertThat(ran.lines()).containsExactly("5 6 10", "7 8 14", "now a text", "[1, 2, 3] [1, 2]");
    }

    @Test
    void aMethodThatIsTypedAnewIsTheNewOne() throws Exception {
        var ran = type("""
            int rate() { return 1; }
            System.out.println(pool.submit(() -> rate()).result())
            int rate() { return 2; }
            System.out.println(pool.submit(() -> rate()).result())
            """);
        assertThat(ran.lines()).containsExactly("1", "2");
    }

    @Test
    void aVariableThatCannotTravelIsRefusedByName() throws Exception {
        var ran = type("""
            Thread here = Thread.currentThread()
            String who() { return here.getName(); }
            try { pool.submit(() -> who()); } catch (NotSendableException e) { System.out.println(e.getMessage()); }
            System.out.println(pool.submit(() -> 1).result())
            """);
        assertThat(ran.lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .contains(
                                        "the jshell variable `here`, a java.lang.Thread, which is not serializable",
                                        "make it inside the task"),
                        line -> assertThat(line).isEqualTo("1"));
    }

    @Test
    void aSessionThatEndsWithoutClosingItsPoolLeavesNoWorker() throws Exception {
        var ran = type("""
            System.out.println(pool.submit(() -> 1).result())
            /exit
            """);
        assertThat(ran.lines()).containsExactly("1");
    }
}
