package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.Pool;
import dev.pando.Sink;
import dev.pando.TaskFailedException;
import dev.pando.shared.SharedEvent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Tasks with many results. */
interface StreamContract extends Subject {

    private Pool streaming(int workers) {
        Assumptions.assumeTrue(canShare(), "these workers share nothing");
        return open(workers);
    }

    /** Sends the numbers below this one. */
    static void count(int end, Sink<Integer> out) throws InterruptedException {
        for (int i = 0; i < end; i++) {
            out.send(i);
        }
    }

    @Test
    default void allResultsArriveInOrder() {
        Pool pool = streaming(1);
        try (Stream<Integer> numbers = pool.stream(StreamContract::count, 5_000)) {
            assertThat(numbers)
                    .containsExactlyElementsOf(IntStream.range(0, 5_000).boxed().toList());
        }
        try (Stream<Integer> none = pool.stream(StreamContract::count, 0)) {
            assertThat(none).isEmpty();
        }
    }

    @Test
    default void aResultArrivesWhileTheTaskGoesOn() throws Exception {
        Assumptions.assumeTrue(runsElsewhere(), "the caller runs the task");
        Pool pool = streaming(1);
        SharedEvent go = shared(pool).event();
        try (Stream<String> parts = pool.stream(
                (String name, Sink<String> out) -> {
                    out.send("first of " + name);
                    out.send("second");
                    go.await();
                    out.send("third");
                },
                "three")) {
            Iterator<String> read = parts.iterator();
            assertThat(read.next()).isEqualTo("first of three");
            assertThat(read.next()).isEqualTo("second"); // it waits for no third
            go.set();
            assertThat(read.next()).isEqualTo("third");
            assertThat(read.hasNext()).isFalse();
        }
    }

    @Test
    default void aFailureArrivesAfterTheResultsBeforeIt() {
        Pool pool = streaming(1);
        List<Integer> seen = new ArrayList<>();
        try (Stream<Integer> numbers = pool.stream(
                (Integer end, Sink<Integer> out) -> {
                    count(end, out);
                    throw new IllegalStateException("after " + end);
                },
                300)) {
            assertThatThrownBy(() -> numbers.forEach(seen::add))
                    .isInstanceOf(TaskFailedException.class)
                    .hasRootCauseMessage("after 300");
        }
        assertThat(seen).hasSize(300).last().isEqualTo(299);
    }

    @Test
    default void aStreamThatIsClosedStopsItsTask() {
        Assumptions.assumeTrue(runsElsewhere(), "the caller runs the task");
        Pool pool = streaming(1);
        try (Stream<Integer> endless = pool.stream(
                (Integer from, Sink<Integer> out) -> {
                    for (int i = from; ; i++) {
                        out.send(i);
                    }
                },
                7)) {
            assertThat(endless.limit(1_000).mapToInt(Integer::intValue).max()).hasValue(1_006);
        }
        assertThat(pool.submit(() -> 1).result()).isEqualTo(1); // its only worker is free
    }

    @Test
    default void nothingBeginsBeforeTheStreamIsRead() {
        Pool pool = streaming(1);
        try (Stream<Integer> unread = pool.stream(StreamContract::count, 10)) {
            assertThat(pool.stats().submitted()).isZero();
            assertThat(unread.isParallel()).isFalse();
        }
        assertThat(pool.stats().submitted()).isZero();
    }

    @Test
    @SuppressWarnings("NullAway") // that is what is tested
    default void aResultIsNeverNull() {
        Pool pool = streaming(1);
        try (Stream<String> bad = pool.stream((Integer n, Sink<String> out) -> out.send(null), 1)) {
            assertThatThrownBy(bad::toList).hasRootCauseInstanceOf(NullPointerException.class);
        }
    }
}
