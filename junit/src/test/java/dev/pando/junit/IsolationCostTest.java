package dev.pando.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.pando.junit.sample.CostSample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Prints what an empty isolated test costs; docs/junit.md has the figures of a quiet machine. */
@Tag("processes")
@Tag("alone")
@Timeout(300) // starts JVMs, beside other tests
class IsolationCostTest {

    @Test
    void anEmptyTestIsMeasured() {
        print("a test of an isolated class", CostSample.OneWorker.class, 200);
        print("an isolated method, worker reused", CostSample.Reused.class, 6);
        print("an isolated method, fresh worker", CostSample.Fresh.class, 4);
    }

    /** The time from the end of one test to the end of the next; the first also has the start of the workers. */
    private static void print(String what, Class<?> type, int tests) {
        Instant began = Instant.now();
        List<Instant> ends =
                EngineTestKit.engine("pando-junit")
                        .selectors(selectClass(type))
                        .execute()
                        .testEvents()
                        .succeeded()
                        .stream()
                        .map(Event::getTimestamp)
                        .toList();
        assertThat(ends).hasSize(tests);
        List<Double> steps = new ArrayList<>();
        for (int next = 1; next < ends.size(); next++) {
            steps.add(Duration.between(ends.get(next - 1), ends.get(next)).toNanos() / 1e6);
        }
        steps.sort(null);
        System.out.printf(
                Locale.ROOT,
                "%s: median %.2f ms, best %.2f, worst %.2f; first after %d ms%n",
                what,
                steps.get(steps.size() / 2),
                steps.getFirst(),
                steps.getLast(),
                Duration.between(began, ends.getFirst()).toMillis());
    }
}
