package dev.pando.lab.look;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.lab.language.LabLanguage;
import dev.pando.lab.language.MessageBook;
import dev.pando.lab.terminal.KeyPress;
import dev.pando.lab.terminal.KeyPress.Kind;
import dev.pando.lab.terminal.TextStyle;
import dev.pando.lab.terminal.TextWidth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The screen of {@code top}, without a terminal and without a program. */
class TopScreenTest {
    private static final long NOW = 1_000_000;

    private final TopScreen screen = new TopScreen(MessageBook.ENGLISH, new TextStyle(false));

    private static SeenRecord record(String kind, Object... fields) {
        Map<String, Object> map = new HashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            map.put((String) fields[i], fields[i + 1]);
        }
        return new SeenRecord(kind, map);
    }

    private static SeenRecord running(long id, String name, long forMillis, String worker) {
        return record(
                "task",
                "pool",
                1L,
                "id",
                id,
                "name",
                name,
                "queued",
                NOW - forMillis - 5,
                "started",
                NOW - forMillis,
                "worker",
                worker);
    }

    private static SeenProgram program(long succeeded, SeenRecord... tasks) {
        List<SeenRecord> records = new ArrayList<>(List.of(
                record(
                        "program",
                        "pid",
                        4711L,
                        "main",
                        "com.acme.Shop",
                        "now",
                        NOW + 1000 * succeeded,
                        "heapMax",
                        9L << 20),
                record(
                        "pool",
                        "pool",
                        1L,
                        "name",
                        "mail",
                        "backend",
                        "Threads.of(2)",
                        "state",
                        "open",
                        "running",
                        2L,
                        "width",
                        2L,
                        "waiting",
                        1L,
                        "bound",
                        (long) Integer.MAX_VALUE,
                        "succeeded",
                        100 * succeeded),
                record("worker", "pool", 1L, "name", "mail-1", "does", "running", "memory", 5L << 20),
                record("worker", "pool", 1L, "name", "mail-2", "does", "idle", "memory", 7L << 20)));
        records.addAll(List.of(tasks));
        return SeenProgram.of(List.of(records));
    }

    private static SeenProgram three() {
        return program(
                1,
                running(1, "alpha", 2_000, "mail-1"),
                running(2, "beta", 61_000, "mail-2"),
                record("task", "pool", 1L, "id", 3L, "name", "gamma", "queued", NOW - 500_000));
    }

    private List<String> tasks() {
        return screen.lines(100, 30).stream()
                .filter(line -> line.contains("runs ") || line.contains("waits "))
                .toList();
    }

    private void press(String letters) {
        for (char letter : letters.toCharArray()) {
            assertThat(screen.press(KeyPress.of(letter))).isTrue();
        }
    }

    private void press(Kind kind) {
        assertThat(screen.press(KeyPress.of(kind))).isTrue();
    }

    @Test
    void whatRunsLongestComesFirstAndOrdersCanBeChosen() {
        screen.update(three());
        assertThat(tasks()).hasSize(3).element(0).asString().startsWith("> beta");
        assertThat(tasks().getLast()).contains("gamma");
        press("o");
        assertThat(tasks().getFirst()).contains("alpha");
        press("r");
        assertThat(tasks().getFirst()).contains("gamma");
        assertThat(screen.lines(100, 30)).anyMatch(line -> line.contains("Tasks: 3, by name"));
    }

    @Test
    void ofTasksThatStartedInOneMillisecondTheFirstSubmittedComesFirst() {
        screen.update(program(1, running(7, "later", 1_000, "mail-1"), running(6, "earlier", 1_000, "mail-2")));
        assertThat(tasks().getFirst()).contains("earlier");
    }

    @Test
    void aFilterLeavesLinesThatHaveItsText() {
        screen.update(three());
        press("/MAIL-2");
        assertThat(tasks()).singleElement().asString().contains("beta");
        press(Kind.BACKSPACE);
        assertThat(tasks()).hasSize(2);
        press("q");
        assertThat(tasks()).as("a q of the filter is a letter").isEmpty();
        press(Kind.ESCAPE);
        assertThat(tasks()).hasSize(3);
        assertThat(screen.press(KeyPress.of('q'))).isFalse();
    }

    @Test
    void theChosenTaskStaysChosenWhenOthersComeAboveIt() {
        screen.update(three());
        press(Kind.DOWN);
        assertThat(tasks().get(1)).startsWith("> alpha");
        screen.update(program(
                2,
                running(1, "alpha", 3_000, "mail-1"),
                running(2, "beta", 62_000, "mail-2"),
                running(4, "delta", 70_000, "mail-3")));
        assertThat(tasks().get(2)).startsWith("> alpha");
        assertThat(screen.lines(100, 30)).anyMatch(line -> line.startsWith("mail") && line.endsWith(" 100"));
    }

    @Test
    void aTaskOpensItsStackAndEscapeClosesIt() {
        screen.update(three());
        press(Kind.ENTER);
        assertThat(screen.opened()).isNotNull();
        screen.stackIs(new SeenStack(List.of("Inner.one(Inner.java:1)", "Outer.two(Outer.java:2)"), ""));
        assertThat(screen.lines(100, 30)).contains("beta, mail, mail-2", "  Inner.one(Inner.java:1)");
        Map.of(
                        "NOT_RUNNING", "does not run at this moment",
                        "NO_ANSWER", "has not answered in two seconds",
                        "NOT_SEEN", "cannot be asked",
                        "", "does not run at this moment")
                .forEach((missing, said) -> {
                    screen.stackIs(SeenStack.of(List.of(new SeenRecord("nothing", Map.of("missing", missing)))));
                    assertThat(String.join(" ", screen.lines(100, 30)))
                            .contains("There is no stack", said)
                            .doesNotContain("Inner");
                });
        press(Kind.ESCAPE);
        assertThat(screen.opened()).isNull();
        assertThat(tasks()).hasSize(3);
    }

    @Test
    void whatTasksShareIsBehindTheWorkersTheFullestFirst() {
        SeenProgram seen = program(0);
        seen.pools()
                .getFirst()
                .shared()
                .addAll(List.of(
                        record("shared", "pool", 1L, "kind", "lock", "name", "lock-1", "callers", 3L),
                        record("shared", "kind", "queue", "name", "queue-2", "size", 7L, "bound", 9L, "callers", 0L)));
        screen.update(seen);
        press(Kind.TAB);
        press(Kind.TAB);
        String shown = String.join("\n", screen.lines(100, 24));
        assertThat(shown).contains("Shared by tasks, and actors: 2, by what they hold");
        assertThat(shown).containsPattern("> queue-2 +7/9 +0 +mail *\n +lock-1 +3 +mail");
        press(Kind.ENTER);
        assertThat(screen.opened()).as("it has no stack").isNull();
        press(Kind.TAB);
        assertThat(String.join("\n", screen.lines(100, 24))).contains("Nodes: 0, by name");
        press(Kind.TAB);
        assertThat(String.join("\n", screen.lines(100, 24))).contains("Tasks: ");
    }

    @Test
    void nodesOfAClusterAreSeenAsLinesAsTextAndAsJson() {
        List<SeenRecord> records = new ArrayList<>(List.of(
                record("program", "pid", 1L, "now", NOW),
                record("pool", "pool", 1L, "name", "far", "backend", "Cluster.at(a:1)", "state", "open"),
                node("beta", "leaving", 3L),
                node("alpha", "open", 5L)));
        SeenProgram seen = SeenProgram.of(List.of(records));
        screen.update(seen);
        press(Kind.TAB);
        press(Kind.TAB);
        press(Kind.TAB);
        String shown = String.join("\n", screen.lines(120, 24));
        assertThat(shown).contains("Nodes: 2, by name");
        assertThat(shown)
                .containsPattern("> alpha +open +Threads.of\\(8\\) +1/8 +5 +2 +far +0.1 on Java 25 +2 min 0 s *\n"
                        + " +beta +leaving +Threads.of\\(8\\) +1/8 +3 +2 ");
        assertThat(String.join("\n", screen.all(120))).contains("Nodes: 2, by name", "alpha");
        assertThat(DumpText.of(seen))
                .contains("    beta is leaving, Threads.of(8), slots 8, tasks of this pool 1, running 3, waiting 2,"
                        + " Pando 0.1 on Java 25, age 2 min 0 s");
        assertThat(ProgramMap.of(seen).toString()).contains("nodeList=[{", "name=alpha");
    }

    private static SeenRecord node(String name, String state, long running) {
        return record(
                "node",
                "pool",
                1L,
                "name",
                name,
                "state",
                state,
                "backend",
                "Threads.of(8)",
                "slots",
                8L,
                "tasks",
                1L,
                "running",
                running,
                "waiting",
                2L,
                "version",
                "0.1 on Java 25",
                "age",
                120_000L);
    }

    @Test
    void workersAreOrderedByMemory() {
        screen.update(three());
        press(Kind.TAB);
        press("o");
        List<String> lines = screen.lines(100, 30);
        assertThat(lines.stream().filter(line -> line.contains(" MB")).skip(1))
                .satisfiesExactly(
                        line -> assertThat(line).contains("mail-2", "7 MB"),
                        line -> assertThat(line).contains("mail-1", "5 MB"));
    }

    @ParameterizedTest
    @EnumSource(LabLanguage.class)
    void everySizeIsKept(LabLanguage language) {
        TopScreen other = new TopScreen(new MessageBook(language), new TextStyle(false));
        List<SeenRecord> many = new ArrayList<>();
        for (long i = 0; i < 300; i++) {
            many.add(running(i, "한글-이름-that-is-very-long-" + i, i, "worker-" + i));
        }
        other.update(program(1, many.toArray(new SeenRecord[0])));
        for (int width = 20; width < 130; width += 7) {
            for (int height = 1; height < 60; height += 6) {
                assertThat(other.lines(width, height)).hasSizeLessThanOrEqualTo(height);
                for (String line : other.lines(width, height)) {
                    assertThat(TextWidth.of(line)).as(line).isLessThanOrEqualTo(width);
                }
            }
        }
        for (int i = 0; i < 40; i++) {
            other.press(KeyPress.of(Kind.PAGE_DOWN));
        }
        assertThat(other.lines(80, 24)).anyMatch(line -> line.startsWith("> "));
    }

    @Test
    void whatAProgramSaysCannotSteerTheTerminal() {
        assertThat(CleanText.of("a\033[2Jb\007\u009b1m\u202e\u2028\u200bé한😀\ud800"))
                .isEqualTo("a?[2Jb??1m???é한😀?");
    }

    @Test
    void aProgramThatDoesNotAnswerIsGivenUp() {
        CountDownLatch never = new CountDownLatch(1);
        Assertions.assertThatThrownBy(() -> PatientCall.of("process 1", Duration.ofMillis(1), () -> {
                    never.await();
                    return 0;
                }))
                .isInstanceOf(LookFailure.class)
                .hasMessageContaining("process 1 did not answer");
        never.countDown();
    }
}
