package dev.pando.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.junit.sample.CostSample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Prints what an empty isolated test costs; docs/junit.md has the figures of a quiet machine. */
@Tag("processes")
@Tag("alone")
@Timeout(300) // starts JVMs, beside other tests
class IsolationCostTest {

    @Test
    void anEmptyTestIsMeasured() {
        print("a plain test", "junit-jupiter", 200, CostSample.Plain.class);
        print("a test of an isolated class", "pando-junit", 200, CostSample.OneWorker.class);
        print(
                "an isolated method, worker reused",
                "pando-junit",
                120,
                CostSample.Reused1.class,
                CostSample.Reused2.class,
                CostSample.Reused3.class,
                CostSample.Reused4.class,
                CostSample.Reused5.class,
                CostSample.Reused6.class);
        print("an isolated method, fresh worker", "pando-junit", 4, CostSample.Fresh.class);
    }

    /** The time from the end of one test to the end of the next; the first also has the start of the workers. */
    private static void print(String what, String engine, int tests, Class<?>... types) {
        Instant began = Instant.now();
        List<Instant> ends = EngineTestKit.engine(engine)
                .selectors(Stream.of(types).map(DiscoverySelectors::selectClass).toArray(DiscoverySelector[]::new))
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
        double late = median(steps.subList(steps.size() * 2 / 3, steps.size()));
        System.out.printf(
                Locale.ROOT,
                "%s: median %.2f ms, of the last third %.2f, best %.2f; first after %d ms%n",
                what,
                median(steps),
                late,
                Collections.min(steps),
                Duration.between(began, ends.getFirst()).toMillis());
    }

    private static double median(List<Double> steps) {
        return steps.stream().sorted().toList().get(steps.size() / 2);
    }
}
