package dev.pando.junit;

import static dev.pando.junit.SampleRuns.failure;
import static dev.pando.junit.SampleRuns.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import dev.pando.TaskTimeoutException;
import dev.pando.WorkerLostException;
import dev.pando.junit.sample.BrokenSamples;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** What goes wrong in the settings of a class, or around its tests, is told of the class or of its tests. */
@Tag("processes")
@Timeout(300) // each death costs the start of a JVM
class BrokenClassTest {
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
}
