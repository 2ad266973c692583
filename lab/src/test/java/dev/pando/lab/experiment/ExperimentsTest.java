package dev.pando.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.lab.NoProcessLeft;
import dev.pando.lab.result.Chart;
import dev.pando.lab.result.Fact;
import dev.pando.lab.result.Result;
import dev.pando.lab.terminal.ResultText;
import dev.pando.lab.terminal.Terminal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every experiment, small: what must be true on every machine, however slow. */
@ExtendWith(NoProcessLeft.class)
class ExperimentsTest {

    static List<String> names() {
        return Experiments.all().stream().map(Experiment::name).toList();
    }

    /** Each experiment is run once, and all tests look at that. */
    private static final Map<String, Result> RESULTS = new HashMap<>();

    static Result run(String name) throws Exception {
        Result result = RESULTS.get(name);
        if (result == null) {
            Experiment experiment = Experiments.all().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
            result = experiment.run(new Bench(Size.SMALL, Progress.NONE));
            RESULTS.put(name, result);
        }
        return result;
    }

    @Test
    void thereAreThirteenUnderTheNamesOfTheIssue() {
        assertThat(names()).containsExactly("sum", "wait", "primes", "fetch", "session", "race", "gil", "pool-size", "queue", "blocking",
                "loop", "memory", "crash");
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyFactHoldsAndEverythingIsSaid(String name) throws Exception {
        Result result = run(name);
        assertThat(result.facts()).isNotEmpty().allSatisfy(fact -> assertThat(fact.holds()).as(fact.claim()).isTrue());
        assertThat(List.of(result.expected(), result.measured(), result.why())).allSatisfy(text -> assertThat(text).isNotBlank().doesNotContain("%s", "NaN", "null"));
        assertThat(result.tables()).isNotEmpty();
        assertThat(result.charts()).allSatisfy(chart -> assertThat(chart.series()).extracting(Chart.Series::values)
                .allSatisfy(values -> assertThat(values).hasSameSizeAs(chart.labels())));
        assertThat(String.join("\n", new ResultText(Terminal.NONE).lines(result))).contains(name, result.question().substring(0, 30));
    }

    @ParameterizedTest
    @MethodSource("withTimeline")
    void theTimelineSaysWhoDidWhat(String name) throws Exception {
        assertThat(run(name).timeline().spans()).isNotEmpty().allSatisfy(span -> {
            assertThat(span.lane()).isNotBlank();
            assertThat(span.task()).isNotBlank();
            assertThat(span.end()).isGreaterThanOrEqualTo(span.start());
        });
    }

    static List<String> withTimeline() {
        return names().stream().filter(name -> !name.equals("loop")).toList();
    }

    @Test
    void sumHasTheFourValuesAndFourWays() throws Exception {
        Result sum = run("sum");
        assertThat(sum.tables().getFirst().rows()).extracting(row -> row.get(1))
                .containsExactly("5000050000", "500000500000", "50000005000000", "5000000050000000");
        assertThat(sum.tables().getLast().rows()).extracting(List::getFirst).containsExactly("sequential", "threads", "virtual", "processes");
    }

    @Test
    void waitKnowsTheTwoSets() throws Exception {
        assertThat(run("wait").tables().getFirst().rows()).extracting(row -> row.get(3)).contains("not done").contains("done");
    }

    @Test
    void primesAnswersInOrder() throws Exception {
        assertThat(run("primes").tables().getFirst().rows()).extracting(List::getLast)
                .containsExactly("prime", "prime", "prime", "prime", "prime", "not prime");
    }

    @Test
    void fetchNamesEachFailure() throws Exception {
        assertThat(run("fetch").tables().getFirst().rows()).hasSize(5)
                .anySatisfy(row -> assertThat(row).contains("diary", "IOException: 403 Forbidden"))
                .anySatisfy(row -> assertThat(row).contains("no-such-host.invalid"));
    }

    @Test
    void crashLosesThreeTasksEachWithItsReason() throws Exception {
        assertThat(run("crash").tables().getFirst().rows()).extracting(row -> row.get(1))
                .containsExactly("WorkerLostException", "TaskTimeoutException", "WorkerLostException", "done");
    }

    @Test
    void blockingHasATimelineForEachCell() throws Exception {
        assertThat(run("blocking").timeline().groups().keySet()).containsExactlyInAnyOrder("synchronous, blocking", "synchronous, non-blocking",
                "asynchronous, blocking", "asynchronous, non-blocking");
    }

    @Test
    void gilShowsWhoHeldTheLock() throws Exception {
        assertThat(run("gil").timeline().spans()).anySatisfy(span -> assertThat(span.task()).isEqualTo("holds the lock"));
    }

    @Test
    void aWrongFactMakesAResultWrong() {
        var findings = new Findings(Experiments.all().getFirst(), new Bench(Size.SMALL, Progress.NONE));
        findings.fact("two and two are four", true);
        findings.fact("two and two are five", false);
        Result result = findings.result();
        assertThat(result.isRight()).isFalse();
        assertThat(new ResultText(Terminal.NONE).lines(result)).anyMatch(line -> line.contains("WRONG") && line.contains("two and two are five"));
        assertThat(result.facts()).extracting(Fact::holds).containsExactly(true, false);
    }
}
