package dev.pando.junit;

import static dev.pando.junit.SampleRuns.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;
import static org.junit.platform.testkit.engine.EventConditions.abortedWithReason;
import static org.junit.platform.testkit.engine.EventConditions.displayName;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedSuccessfully;
import static org.junit.platform.testkit.engine.EventConditions.skippedWithReason;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;

import dev.pando.junit.sample.LifeSample;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** What JUnit offers a test, it offers in a worker, and the reports are the same. */
@Tag("processes")
@Timeout(300) // starts JVMs, beside other tests
class TestLifeTest {
    private static EngineExecutionResults results;
    private static Events tests;

    @BeforeAll
    static void runTheSample() {
        System.setProperty("sample.parent", "" + ProcessHandle.current().pid());
        results = run(selectClass(LifeSample.class));
        tests = results.testEvents();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the fields that @BeforeEach set are there",
                "resolved(Pid, TestInfo, TestReporter)",
                "folder(Path)",
                "nested()",
                "repetition 1 of 2",
                "repetition 2 of 2",
                "x",
                "y",
                "leavesItsThreadInterrupted()"
            })
    void fieldsExtensionsParametersFoldersAndNestedClassesAreOnTheSideOfTheTest(String name) {
        tests.assertThatEvents().haveExactly(1, event(displayName(name), finishedSuccessfully()));
    }

    @Test
    void eachTestBeginsOnceAndEndsOnce() {
        tests.assertStatistics(
                counts -> counts.started(16).succeeded(11).failed(4).aborted(1).skipped(1));
        results.containerEvents().assertStatistics(counts -> counts.started(6).succeeded(6));
    }

    @Test
    void invocationsOfAParameterisedTestAreReportedOneByOne() {
        assertThat(tests.finished().stream()
                        .map(Event::getTestDescriptor)
                        .filter(test -> test.getParent()
                                .map(parent -> parent.getDisplayName().equals("parameters(String)"))
                                .orElse(false))
                        .map(TestDescriptor::getLegacyReportingName))
                .containsExactly("parameters(String)[1]", "parameters(String)[2]", "parameters(String)[3]");
    }

    @Test
    void anAssertionArrivesWithWhatItExpectedAndWithItsStack() {
        Throwable thrown = failure(tests, "jupiterAssertion()");

        assertThat(thrown).isInstanceOf(AssertionFailedError.class).hasMessageStartingWith("they differ");
        assertThat(((AssertionFailedError) thrown).getExpected().getValue()).isEqualTo("expected");
        assertThat(((AssertionFailedError) thrown).getActual().getValue()).isEqualTo("found");
        assertThat(thrown.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("jupiterAssertion"));
        assertThat(failure(tests, "assertjAssertion()"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("[1, 3]");
    }

    @Test
    void anExceptionThatCannotTravelHasAStandInWithItsNameMessageStackAndCause() {
        Throwable thrown = failure(tests, "unknownException()");

        assertThat(thrown).hasToString(LifeSample.class.getName() + "$Untransportable: holds a thread");
        assertThat(thrown.getStackTrace()[0].getMethodName()).isEqualTo("unknownException");
        assertThat(thrown.getCause()).isInstanceOf(IllegalStateException.class).hasMessage("the cause");
    }

    @Test
    void anAssumptionThatDoesNotHoldAbortsAndADisabledTestIsSkipped() {
        tests.assertThatEvents()
                .haveExactly(
                        1,
                        event(displayName("assumption()"), abortedWithReason(instanceOf(TestAbortedException.class))))
                .haveExactly(1, event(displayName("disabled()"), skippedWithReason("not today")));
    }

    @Test
    void whatATestPublishesIsPublished() {
        assertThat(tests.reportingEntryPublished().stream()
                        .map(event ->
                                event.getRequiredPayload(ReportEntry.class).getKeyValuePairs()))
                .containsExactly(Map.of("display name", "resolved(Pid, TestInfo, TestReporter)"));
    }

    @Test
    void sourcesAndTagsAreThoseOfTheClass() {
        TestDescriptor test = tests.finished().stream()
                .map(Event::getTestDescriptor)
                .filter(one -> one.getDisplayName().equals("leavesItsThreadInterrupted()"))
                .findFirst()
                .orElseThrow();

        assertThat(test.getSource().orElseThrow()).isInstanceOfSatisfying(MethodSource.class, source -> {
            assertThat(source.getClassName()).isEqualTo(LifeSample.class.getName());
            assertThat(source.getMethodName()).isEqualTo("leavesItsThreadInterrupted");
        });
        assertThat(test.getTags()).containsExactly(TestTag.create("tagged"));
    }

    @Test
    void anInvocationCanBeAskedForByItsUniqueIdAlsoByJupiters() {
        String id = tests.failed().stream()
                .map(event -> event.getTestDescriptor().getUniqueId().toString())
                .filter(text -> text.contains("parameters"))
                .findFirst()
                .orElseThrow();
        for (String asked : Arrays.asList(id, id.replace("pando-junit", "junit-jupiter"))) {
            run(selectUniqueId(asked))
                    .testEvents()
                    .assertStatistics(counts -> counts.started(1).failed(1));
        }
    }

    @Test
    void aNestedClassCanBeAskedForByItself() throws Exception {
        run(selectClass(LifeSample.class.getName() + "$Inside"))
                .testEvents()
                .assertStatistics(counts -> counts.started(1).succeeded(1));
    }

    private static EngineExecutionResults run(DiscoverySelector... selectors) {
        return EngineTestKit.engine("pando-junit").selectors(selectors).execute();
    }
}
