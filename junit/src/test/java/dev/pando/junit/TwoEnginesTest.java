package dev.pando.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.junit.sample.HostileSample;
import dev.pando.junit.sample.MethodSample;
import dev.pando.junit.sample.ReuseSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Our engine beside Jupiter, in one launcher. */
@Tag("processes")
@Timeout(300) // starts JVMs, beside other tests
class TwoEnginesTest {

    @BeforeAll
    static void nameTheProgram() {
        System.setProperty("sample.parent", "" + ProcessHandle.current().pid());
    }

    @Test
    void eachTestRunsOnceByTheOneEngineOrTheOther() {
        assertThat(run(MethodSample.class))
                .contains("pando-junit aLeaks() SUCCESSFUL", "pando-junit bIsNotReached() SUCCESSFUL")
                .contains("junit-jupiter dOrdinary() SUCCESSFUL")
                .hasSize(7);
    }

    @Test
    void withoutOurEngineAnIsolatedTestFailsInsteadOfRunningUnprotected() {
        assertThat(run(HostileSample.class, EngineFilter.includeEngines("junit-jupiter")))
                .singleElement()
                .asString()
                .contains("HostileSample", "FAILED", "let the test engine \"pando-junit\" take part");
    }

    @Test
    void aDiscoveryWithoutOurEngineKnowsNothingOfOneWithIt() {
        assertThat(run(ReuseSample.class)).hasSize(2).allMatch(line -> line.startsWith("pando-junit"));
        assertThat(run(ReuseSample.class, EngineFilter.includeEngines("junit-jupiter")))
                .hasSize(2)
                .allMatch(line -> line.contains("FAILED"));
    }

    @Test
    void switchedOffAllRunInTheProgram() {
        assertThat(run(ReuseSample.class, Map.of("pando.junit.enabled", "false")))
                .containsExactlyInAnyOrder("junit-jupiter first() SUCCESSFUL", "junit-jupiter second() SUCCESSFUL");
    }

    /** Runs a class; returns its tests and the classes that failed, each with its engine and its end. */
    private static List<String> run(Class<?> type, EngineFilter... filters) {
        return run(type, Map.of(), filters);
    }

    private static List<String> run(Class<?> type, Map<String, String> parameters, EngineFilter... filters) {
        List<String> ends = new ArrayList<>();
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(type))
                .configurationParameters(parameters);
        Arrays.stream(filters).forEach(request::filters);
        LauncherFactory.create().execute(request.build(), new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest() || result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
                    ends.add(test.getUniqueIdObject().getSegments().get(0).getValue() + " " + test.getDisplayName()
                            + " " + result.getStatus()
                            + result.getThrowable()
                                    .map(thrown -> " " + thrown.getMessage())
                                    .orElse(""));
                }
            }
        });
        return ends;
    }
}
