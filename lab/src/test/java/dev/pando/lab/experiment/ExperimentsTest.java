package dev.pando.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.cluster.Cluster;
import dev.pando.lab.NoProcessLeft;
import dev.pando.lab.language.MessageBook;
import dev.pando.lab.result.ChartData;
import dev.pando.lab.result.CheckedFact;
import dev.pando.lab.result.ExperimentResult;
import dev.pando.lab.result.TimeSpan;
import dev.pando.lab.terminal.ResultText;
import dev.pando.lab.terminal.Terminal;
import dev.pando.local.Threads;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every experiment, small: what must be true on every machine, however slow. */
@ExtendWith(NoProcessLeft.class)
class ExperimentsTest {

    static List<String> names() {
        return ExperimentCatalog.all().stream().map(Experiment::name).toList();
    }

    /** Each experiment is run once, and all tests look at that. */
    private static final Map<String, ExperimentResult> RESULTS = new HashMap<>();

    static ExperimentResult run(String name) throws Exception {
        ExperimentResult experimentResult = RESULTS.get(name);
        if (experimentResult == null) {
            Experiment experiment = ExperimentCatalog.all().stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            experimentResult = experiment.run(new ExperimentContext(ExperimentSize.SMALL, ExperimentProgress.NONE));
            RESULTS.put(name, experimentResult);
        }
        return experimentResult;
    }

    @Test
    void theyAreUnderTheNamesOfTheIssues() {
        assertThat(names())
                .containsExactly(
                        "sum",
                        "futures",
                        "wait",
                        "primes",
                        "fetch",
                        "session",
                        "storage",
                        "race",
                        "gil",
                        "refcount",
                        "parallel",
                        "turns",
                        "kernel",
                        "pool-size",
                        "requests",
                        "queue",
                        "blocking",
                        "loop",
                        "memory",
                        "talk",
                        "fault",
                        "crash");
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyFactHoldsAndEverythingIsSaid(String name) throws Exception {
        ExperimentResult experimentResult = run(name);
        assertThat(experimentResult.facts())
                .isNotEmpty()
                .allSatisfy(checkedFact ->
                        assertThat(checkedFact.holds()).as(checkedFact.claim()).isTrue());
        assertThat(List.of(experimentResult.expected(), experimentResult.measured(), experimentResult.why()))
                .allSatisfy(text -> assertThat(text).isNotBlank().doesNotContain("%s", "NaN", "null"));
        assertThat(experimentResult.tables()).isNotEmpty();
        assertThat(experimentResult.charts())
                .allSatisfy(chartData -> assertThat(chartData.series())
                        .extracting(ChartData.Series::values)
                        .allSatisfy(values -> assertThat(values).hasSameSizeAs(chartData.labels())));
        assertThat(String.join("\n", new ResultText(Terminal.NONE).lines(experimentResult)))
                .contains(name, experimentResult.question().substring(0, 30));
    }

    @ParameterizedTest
    @MethodSource("withTimeline")
    void theTimelineSaysWhoDidWhat(String name) throws Exception {
        assertThat(run(name).timeline().spans()).isNotEmpty().allSatisfy(timeSpan -> {
            assertThat(timeSpan.lane()).isNotBlank();
            assertThat(timeSpan.task()).isNotBlank();
            assertThat(timeSpan.end()).isGreaterThanOrEqualTo(timeSpan.start());
        });
    }

    static List<String> withTimeline() {
        return names().stream()
                .filter(name -> !List.of("loop", "kernel").contains(name))
                .toList();
    }

    @Test
    void sumHasTheFourValuesAndFourWays() throws Exception {
        ExperimentResult sum = run("sum");
        assertThat(sum.tables().getFirst().rows())
                .extracting(row -> row.get(1))
                .containsExactly("5000050000", "500000500000", "50000005000000", "5000000050000000");
        assertThat(sum.tables().getLast().rows())
                .extracting(List::getFirst)
                .containsExactly("sequential", "threads", "virtual", "processes", "the four alone, added up");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sum", "primes"})
    void onAClusterThereIsAFurtherWay(String name) throws Exception {
        Experiment experiment = ExperimentCatalog.all().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        ExperimentResult result = experiment.run(new ExperimentContext(
                ExperimentSize.SMALL, ExperimentProgress.NONE, MessageBook.ENGLISH, Cluster.local(Threads.of(2))));
        assertThat(experiment.takesCluster()).isTrue();
        assertThat(result.tables().getLast().rows()).extracting(List::getFirst).contains("cluster");
        assertThat(result.facts()).allSatisfy(fact -> assertThat(fact.holds()).isTrue());
    }

    @Test
    void waitKnowsTheTwoSets() throws Exception {
        while (sets("wait").stream().noneMatch("done"::equals)) {
            RESULTS.remove("wait"); // the machine stood still for the whole wait
        }
        assertThat(sets("wait")).contains("not done").contains("done");
    }

    private static List<Object> sets(String name) throws Exception {
        return run(name).tables().getFirst().rows().stream()
                .map(row -> row.get(3))
                .toList();
    }

    @Test
    void primesAnswersInOrder() throws Exception {
        assertThat(run("primes").tables().getFirst().rows())
                .extracting(List::getLast)
                .containsExactly("prime", "prime", "prime", "prime", "prime", "not prime");
    }

    @Test
    void fetchNamesEachFailure() throws Exception {
        assertThat(run("fetch").tables().getFirst().rows())
                .hasSize(5)
                .anySatisfy(row -> assertThat(row).contains("diary", "IOException: 403 Forbidden"))
                .anySatisfy(row -> assertThat(row).contains("no-such-host.invalid"));
    }

    @Test
    void crashLosesThreeTasksEachWithItsReason() throws Exception {
        assertThat(run("crash").tables().getFirst().rows())
                .extracting(row -> row.get(1))
                .containsExactly("WorkerLostException", "TaskTimeoutException", "WorkerLostException", "done");
    }

    @Test
    void crashMarksTheDeaths() throws Exception {
        assertThat(run("crash").timeline().spans())
                .filteredOn(timeSpan -> timeSpan.kind() == TimeSpan.Kind.DEATH)
                .hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void blockingHasATimelineForEachCell() throws Exception {
        assertThat(run("blocking").timeline().groups().keySet())
                .containsExactlyInAnyOrder(
                        "synchronous, blocking",
                        "synchronous, non-blocking",
                        "asynchronous, blocking",
                        "asynchronous, non-blocking");
    }

    @Test
    void gilShowsWhoHeldTheLock() throws Exception {
        assertThat(run("gil").timeline().spans())
                .extracting(TimeSpan::task)
                .containsOnly("computes", "waits"); // one colour each, whatever the interpreter
        assertThat(run("gil").timeline().spans())
                .filteredOn(timeSpan -> timeSpan.group().startsWith("computing, locked"))
                .isNotEmpty();
    }

    @Test
    void aWrongFactMakesAResultWrong() {
        var findingCollector = new FindingCollector(
                ExperimentCatalog.all().getFirst(),
                new ExperimentContext(ExperimentSize.SMALL, ExperimentProgress.NONE));
        findingCollector.fact("sum.fact.four-sums-are-right", true, "two and two");
        findingCollector.fact("sum.fact.four-sums-are-right", false, "two and three");
        ExperimentResult experimentResult = findingCollector.experimentResult();
        assertThat(experimentResult.isRight()).isFalse();
        assertThat(new ResultText(Terminal.NONE).lines(experimentResult))
                .anyMatch(line -> line.contains("WRONG") && line.contains("the four sums are right, two and three"));
        assertThat(experimentResult.facts()).extracting(CheckedFact::holds).containsExactly(true, false);
    }
}
