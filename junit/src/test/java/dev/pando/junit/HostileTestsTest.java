package dev.pando.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedSuccessfully;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import dev.pando.TaskTimeoutException;
import dev.pando.WorkerLostException;
import dev.pando.junit.sample.BrokenSamples;
import dev.pando.junit.sample.HostileSample;
import dev.pando.junit.sample.MethodSample;
import dev.pando.junit.sample.ParallelSamples;
import dev.pando.junit.sample.ReuseSample;
import dev.pando.junit.sample.TemplateSample;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** Tests that take their worker down cost themselves, and nothing else. */
@Tag("processes")
@Timeout(300) // each death costs the start of a JVM
class HostileTestsTest {
    private static final Map<Class<?>, EngineExecutionResults> RUNS = new HashMap<>();

    @Test
    void eachWayToDieFailsOneTestAndTheOthersRun() {
        Events tests = run(HostileSample.class).testEvents();

        tests.assertStatistics(counts -> counts.started(6).succeeded(2).failed(4));
        assertThat(failure(tests, "bHangs()"))
                .isInstanceOf(TaskTimeoutException.class)
                .hasMessage("bHangs() took longer than 1 s, and was stopped where the stack says");
        assertThat(failure(tests, "bHangs()").getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("hang"));
        assertThat(failure(tests, "cExits()"))
                .isInstanceOf(WorkerLostException.class)
                .hasMessageContaining("System.exit")
                .hasMessageContaining("3");
        assertThat(failure(tests, "dCrashes()"))
                .isInstanceOf(WorkerLostException.class)
                .hasMessageContaining("SIGKILL")
                .hasMessageContaining("about to crash");
        assertThat(failure(tests, "eTakesAllMemory()")).isInstanceOf(OutOfMemoryError.class);
        tests.assertThatEvents()
                .haveExactly(1, event(test("aCalm()"), finishedSuccessfully()))
                .haveExactly(1, event(test("fCalm()"), finishedSuccessfully()));
    }

    @Test
    void theClassIsReportedOnceHoweverManyWorkersItTakes() {
        run(HostileSample.class)
                .containerEvents()
                .assertStatistics(
                        counts -> counts.started(2).succeeded(2).failed(0).skipped(0));
    }

    @Test
    void staticFieldsAreThoseOfAFreshJvmForEachUnit() {
        Events tests = run(MethodSample.class).testEvents();

        tests.assertThatEvents()
                .haveExactly(1, event(test("aLeaks()"), finishedSuccessfully()))
                .haveExactly(1, event(test("bIsNotReached()"), finishedSuccessfully()))
                .doNotHave(event(test("dOrdinary()")));
    }

    @Test
    void ofTheInvocationsOfATestTheOneThatDiesFails() {
        Events tests = run(MethodSample.class).testEvents();

        List<Event> failed = tests.failed().list();
        assertThat(failed).hasSize(1);
        assertThat(failed.getFirst().getTestDescriptor().getDisplayName()).contains("2");
        tests.assertStatistics(
                counts -> counts.started(6).succeeded(5).failed(1).skipped(0));
    }

    @Test
    void unitsThatAllowItShareAWorker() {
        run(ReuseSample.class)
                .testEvents()
                .assertStatistics(counts -> counts.started(2).succeeded(2).failed(0));
    }

    @Test
    void aDeathBeforeAllTestsFailsTheClass() {
        EngineExecutionResults results = run(BrokenSamples.DiesBeforeAll.class);

        results.testEvents().assertStatistics(counts -> counts.started(0));
        results.containerEvents()
                .assertThatEvents()
                .haveExactly(1, event(finishedWithFailure(instanceOf(WorkerLostException.class))));
    }

    @Test
    void aDeathAfterAllTestsFailsTheClassAndNoTest() {
        EngineExecutionResults results = run(BrokenSamples.DiesAfterAll.class);

        results.testEvents().assertStatistics(counts -> counts.started(1).succeeded(1));
        results.containerEvents()
                .assertThatEvents()
                .haveExactly(1, event(finishedWithFailure(instanceOf(WorkerLostException.class))));
    }

    @Test
    void aStepBeforeAllTestsHasALimitToo() {
        EngineExecutionResults results = run(BrokenSamples.HangsBeforeAll.class);

        Throwable thrown = failure(results.containerEvents(), "HangsBeforeAll");
        assertThat(thrown).isInstanceOf(TaskTimeoutException.class);
        assertThat(thrown.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("hang"));
    }

    @Test
    void whatFailsAroundAMethodFailsTheMethod() {
        run(BrokenSamples.ThrowsBeforeAll.class)
                .testEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(
                                test("neverRuns()"),
                                finishedWithFailure(
                                        instanceOf(IllegalStateException.class), message("cannot prepare"))));
    }

    @Test
    void aMethodOfADisabledClassIsSkipped() {
        run(BrokenSamples.DisabledClass.class)
                .testEvents()
                .assertStatistics(counts -> counts.started(0).skipped(1));
    }

    @Test
    void aSettingThatIsNoneFailsTheClassByItsName() {
        assertThat(failure(run(BrokenSamples.BadHeap.class).containerEvents(), "BadHeap"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("much");
        assertThat(failure(run(BrokenSamples.BadTimeout.class).containerEvents(), "BadTimeout"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("timeout = \"soon\"");
        assertThat(failure(run(BrokenSamples.InnerHeap.class).containerEvents(), "InnerHeap"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("may say only a timeout");
    }

    @Test
    void theNearestTimeoutCounts() {
        assertThat(failure(run(BrokenSamples.InnerTimeout.class).testEvents(), "hangs()"))
                .isInstanceOf(TaskTimeoutException.class)
                .hasMessageContaining("1 s");
    }

    @Test
    void aParameterLimitsTestsWhoseAnnotationsDoNot() {
        Events tests = EngineTestKit.engine("pando-junit")
                .selectors(selectClass(BrokenSamples.Unlimited.class))
                .configurationParameter("pando.junit.timeout", "1s")
                .execute()
                .testEvents();

        assertThat(failure(tests, "hangs()")).isInstanceOf(TaskTimeoutException.class);
    }

    @Test
    void partsOfATestAndOfAClassDieAlone() {
        Events tests = run(BrokenSamples.DyingParts.class).testEvents();

        tests.assertStatistics(counts -> counts.started(5).succeeded(3).failed(2));
        assertThat(failure(tests, "part 2")).isInstanceOf(WorkerLostException.class);
        assertThat(failure(tests, "dies()")).isInstanceOf(WorkerLostException.class);
    }

    @Test
    void aRunThatIsCancelledSkipsItsUnits() {
        CancellationToken token = CancellationToken.create();
        token.cancel();

        EngineTestKit.engine("pando-junit")
                .selectors(selectClass(ReuseSample.class))
                .cancellationToken(token)
                .execute()
                .allEvents()
                .assertStatistics(counts -> counts.started(1).skipped(1)); // the engine, and the class
    }

    @Test
    void aClassThatRunsForEachParameterDiesForOneOfThem() {
        Events tests = run(TemplateSample.class).testEvents();

        tests.assertStatistics(counts -> counts.started(6).succeeded(5).failed(1));
        assertThat(failure(tests, "dies()")).isInstanceOf(WorkerLostException.class);
    }

    @Test
    void aDeathFailsAllTestsThatRanSideBySide() {
        Events tests = runSideBySide(ParallelSamples.Dying.class);

        assertThat(failure(tests, "dies()")).isInstanceOf(WorkerLostException.class);
        assertThat(failure(tests, "waits()")).isInstanceOf(WorkerLostException.class);
    }

    @Test
    void aTimeoutFailsTheTestThatIsLateAndTheOneBesideItRunsAgain(@TempDir Path folder) {
        System.setProperty("sample.marker", folder.resolve("marker").toString());

        Events tests = runSideBySide(ParallelSamples.Hanging.class);

        tests.assertStatistics(counts -> counts.started(2).succeeded(1).failed(1));
        assertThat(failure(tests, "hangs()")).isInstanceOf(TaskTimeoutException.class);
    }

    private static Events runSideBySide(Class<?> type) {
        return EngineTestKit.engine("pando-junit")
                .selectors(selectClass(type))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "2")
                .execute()
                .testEvents();
    }

    /** Each class once, because each death costs the start of a JVM. */
    private static EngineExecutionResults run(Class<?> type) {
        return RUNS.computeIfAbsent(
                type,
                sample -> EngineTestKit.engine("pando-junit")
                        .selectors(selectClass(sample))
                        .execute());
    }

    /** What the test threw whose name, as shown, ends so. */
    static Throwable failure(Events events, String name) {
        return events.failed().stream()
                .filter(event -> event.getTestDescriptor().getDisplayName().endsWith(name))
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow())
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " has not failed: " + events.list()));
    }
}
