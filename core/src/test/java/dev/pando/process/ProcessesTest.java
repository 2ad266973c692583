package dev.pando.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.Action;
import dev.pando.internal.process.ProcessSettings;
import dev.pando.internal.process.schedule.SchedulerRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The value {@link Processes}: what it accepts, what it refuses, and its text. */
class ProcessesTest {
    private static final Processes TWO = Processes.of(2);

    private static void refused(String name, ThrowingCallable call) {
        assertThatThrownBy(call)
                .as(name)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }

    private static void missing(String name, ThrowingCallable call) {
        assertThatThrownBy(call)
                .as(name)
                .isInstanceOf(NullPointerException.class)
                .hasMessage(name + " must not be null");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void aNumberThatCannotBeIsRefusedByName(int number) {
        refused("count", () -> Processes.of(number));
        refused("count", () -> TWO.processors(number));
        refused("tasks", () -> TWO.recycleAfter(number));
        if (number < 0) {
            refused("count", () -> TWO.spares(number));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0m", "-1m", "12x", "m", "1.5g", "9999999999g"})
    void anAmountOfMemoryThatIsNoneIsRefused(String size) {
        for (Consumer<String> wither : List.<Consumer<String>>of(TWO::heap, TWO::memory, TWO::recycleAbove)) {
            assertThatThrownBy(() -> wither.accept(size))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("not an amount of memory");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S"})
    void aDurationThatCannotBeIsRefused(String text) {
        Duration duration = Duration.parse(text);
        refused("duration", () -> TWO.idleTimeout(duration));
        refused("duration", () -> TWO.startTimeout(duration));
        if (duration.isNegative()) {
            refused("duration", () -> TWO.grace(duration));
        } else {
            assertThat(TWO.grace(duration)).as("at once").hasToString("Processes.of(2).grace(PT0S)");
        }
    }

    @Test
    void aDurationOfAgesIsJustLong() {
        Duration ages = Duration.ofSeconds(Long.MAX_VALUE);
        assertThat(TWO.idleTimeout(ages).grace(ages).startTimeout(ages).toString())
                .contains("idleTimeout", "grace", "startTimeout");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "**", "com.acme.", ".com", "com acme", "!com.acme.*"})
    void aPatternThatIsNoneIsRefusedAtTheCall(String pattern) {
        assertThatThrownBy(() -> TWO.accept("com.acme.*", pattern)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsMissingIsRefusedByName() {
        missing("size", () -> TWO.heap(null));
        missing("size", () -> TWO.memory(null));
        missing("size", () -> TWO.recycleAbove(null));
        missing("arguments", () -> TWO.jvmArgs((String[]) null));
        missing("an argument", () -> TWO.jvmArgs("-Xss1m", null));
        missing("variables", () -> TWO.environment(null));
        missing("properties", () -> TWO.properties(null));
        missing("locale", () -> TWO.locale(null));
        missing("zone", () -> TWO.timeZone(null));
        missing("directory", () -> TWO.directory(null));
        missing("executable", () -> TWO.java(null));
        missing("initializer", () -> TWO.initializer(null));
        missing("duration", () -> TWO.idleTimeout(null));
        missing("duration", () -> TWO.grace(null));
        missing("duration", () -> TWO.startTimeout(null));
        missing("output", () -> TWO.output(null));
        missing("patterns", () -> TWO.accept((String[]) null));
        missing("a pattern", () -> TWO.accept("com.acme.*", null));
        assertThatThrownBy(() -> TWO.environment(java.util.Collections.singletonMap("A", null)))
                .isInstanceOf(NullPointerException.class);
    }

    @Test
    void itReadsAsItWasTyped() {
        assertThat(TWO).hasToString("Processes.of(2)");
        assertThat(Processes.auto())
                .hasToString("Processes.of(" + Runtime.getRuntime().availableProcessors() + ")");
        assertThat(TWO.heap("512m").memory("1g").eager().spares(1))
                .hasToString("Processes.of(2).heap(\"512m\").memory(\"1g\").eager().spares(1)");
        assertThat(TWO.recycleAfter(5).recycleAbove("800m").idleTimeout(Duration.ofMinutes(2)))
                .hasToString("Processes.of(2).recycleAfter(5).recycleAbove(\"800m\").idleTimeout(PT2M)");
        assertThat(TWO.jvmArgs("-Xss1m", "-ea").accept("com.acme.*").output(Output.discard()))
                .hasToString(
                        "Processes.of(2).jvmArgs(\"-Xss1m\", \"-ea\").accept(\"com.acme.*\").output(Output.discard())");
        assertThat(TWO.initializer(() -> {}).processors(3))
                .hasToString("Processes.of(2).initializer(...).processors(3)");
    }

    @Test
    void itDoesNotTellTheValuesOfVariablesAndProperties() {
        assertThat(TWO.environment(Map.of("B", "open", "A", "sesame")).properties(Map.of("p", "swordfish")))
                .hasToString("Processes.of(2).environment({A=..., B=...}).properties({p=...})");
    }

    /** Each method returns another value, and later changes of a given map or array do not show in it. */
    @Test
    void itNeverChanges() {
        Map<String, String> variables = new HashMap<>(Map.of("A", "1"));
        String[] arguments = {"-Xss1m"};
        Action nothing = () -> {};
        List<Processes> all = new ArrayList<>(List.of(TWO));
        all.add(all.getLast().environment(variables));
        all.add(all.getLast().jvmArgs(arguments));
        all.add(all.getLast().accept("a.B"));
        all.add(all.getLast().initializer(nothing));
        all.add(all.getLast().locale(Locale.GERMANY).timeZone(TimeZone.getTimeZone("UTC")));
        all.add(all.getLast().directory(Path.of("x")).java(Path.of("y")));
        List<String> before = all.stream().map(Processes::toString).toList();
        variables.put("C", "3");
        arguments[0] = "-Xss2m";
        for (Processes one : all) {
            assertThat(one.environment(Map.of("D", "4"))
                            .jvmArgs("-ea")
                            .accept("c.D")
                            .eager()
                            .heap("1g"))
                    .isNotSameAs(one);
        }
        assertThat(all.stream().map(Processes::toString))
                .containsExactlyElementsOf(before)
                .doesNotHaveDuplicates();
    }

    @Test
    void nothingIsStartedOrReadUntilAPoolOpens() {
        assertThat(TWO.directory(Path.of("/no/such/place"))
                        .java(Path.of("/no/such/java"))
                        .toString())
                .contains("/no/such/place", "/no/such/java");
        assertThat(ProcessHandle.current().children()).isEmpty();
    }

    @Test
    void theDefaultsAreThoseOfTheManual() {
        ProcessSettings settings = new ProcessSettings(3, "", OutputSinks.of(Output.discard()));
        SchedulerRules rules = settings.rules();
        assertThat(rules)
                .isEqualTo(
                        new SchedulerRules(3, 0, 0, 60_000_000_000L, 1_000_000_000L, 1_000_000_000L, 60_000_000_000L));
        assertThat(settings.heap + settings.memory + settings.recycleAbove + settings.processors)
                .isZero();
    }

    @Test
    void noGraceForTasksIsStillTimeToGoHome() {
        ProcessSettings settings = new ProcessSettings(1, "", OutputSinks.of(Output.discard()));
        settings.graceNanos = 0;
        assertThat(settings.rules().graceNanos()).isZero();
        assertThat(settings.rules().leaveNanos()).isEqualTo(1_000_000_000L);
    }
}
