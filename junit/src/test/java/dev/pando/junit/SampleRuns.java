package dev.pando.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.HashMap;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Runs the sample classes by the engine, and finds what their tests threw. */
final class SampleRuns {
    private static final Map<Class<?>, EngineExecutionResults> RUNS = new HashMap<>();

    private SampleRuns() {}

    static Events runSideBySide(Class<?> type) {
        return EngineTestKit.engine("pando-junit")
                .selectors(selectClass(type))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "2")
                .execute()
                .testEvents();
    }

    /** Each class once, because each death costs the start of a JVM. */
    static EngineExecutionResults run(Class<?> type) {
        return RUNS.computeIfAbsent(
                type,
                sample -> EngineTestKit.engine("pando-junit")
                        .selectors(selectClass(sample))
                        .execute());
    }

    /** Returns what the test with this end of its shown name threw. */
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
