package dev.pando.junit;

import static dev.pando.junit.SampleRuns.failure;
import static dev.pando.junit.SampleRuns.run;
import static dev.pando.junit.SampleRuns.runSideBySide;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedSuccessfully;
import static org.junit.platform.testkit.engine.EventConditions.test;

import dev.pando.TaskTimeoutException;
import dev.pando.WorkerLostException;
import dev.pando.junit.sample.BrokenSamples;
import dev.pando.junit.sample.HostileSample;
import dev.pando.junit.sample.MethodSample;
import dev.pando.junit.sample.ParallelSamples;
import dev.pando.junit.sample.ReuseSample;
import dev.pando.junit.sample.TemplateSample;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** Tests that take their worker down cost themselves, and nothing else. */
@Tag("processes")
@Timeout(300) // each death costs the start of a JVM
class HostileTestsTest {
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
}
