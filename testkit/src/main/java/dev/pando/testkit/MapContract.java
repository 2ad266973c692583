package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pando.Fn;
import dev.pando.Fn2;
import dev.pando.Pool;
import dev.pando.TaskFailedException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a map delivers: which results, in which order, and what instead when an element or the source fails. */
interface MapContract extends Subject {

    private static List<Integer> upTo(int end) {
        return IntStream.range(0, end).boxed().toList();
    }

    /** Numbers without end. */
    @SuppressWarnings("UnnecessaryLambda") // read by its name where it is used
    private static Iterable<Integer> naturals() {
        return () -> IntStream.iterate(0, i -> i + 1).iterator();
    }

    @Test
    @Scenario({43, 191})
    default void resultsComeInTheOrderOfTheInputs() {
        Pool pool = open(3);
        Fn<Integer, Integer> square = n -> n * n;
        assertThat(pool.map(square, upTo(1_000)).toList())
                .isEqualTo(upTo(1_000).stream().map(n -> n * n).toList());
        assertThat(pool.map(square, upTo(1_000).stream()).toList())
                .isEqualTo(upTo(1_000).stream().map(n -> n * n).toList());
    }

    @Test
    @Scenario({43, 52, 62})
    default void twoInputsAreTakenInPairsUntilTheShorterEnds() {
        Pool pool = open(2);
        Fn2<Integer, String, String> join = (n, s) -> n + s;
        assertThat(pool.map(join, upTo(3), List.of("a", "b", "c")).toList()).containsExactly("0a", "1b", "2c");
        assertThat(pool.map(join, upTo(3), List.of("a")).toList()).containsExactly("0a");
        assertThat(pool.map(join, List.<Integer>of(), List.of("a")).toList()).isEmpty();
    }

    @Test
    @Scenario(191)
    default void eachElementIsCalledOnce() {
        Pool pool = open(4);
        Tally tally = pools().tally();
        Tally.Handle count = tally.handle();
        pool.map(
                        (Integer n) -> {
                            count.note(n);
                            return n;
                        },
                        upTo(100))
                .forEach(n -> {});
        assertThat(tally.notes()).containsExactlyInAnyOrderElementsOf(upTo(100));
    }

    @Test
    @Scenario(45)
    default void firstFailureSurfacesAtItsPosition() {
        Pool pool = open(2);
        Fn2<Integer, Integer, Integer> divide = (a, b) -> a / b;
        Iterator<Integer> results =
                pool.map(divide, List.of(1, 6, 1, 8), List.of(1, 2, 0, 4)).iterator();
        assertThat(results.next()).isEqualTo(1);
        assertThat(results.next()).isEqualTo(3);
        assertThatThrownBy(results::next)
                .isInstanceOf(TaskFailedException.class)
                .hasCauseInstanceOf(ArithmeticException.class);
        assertThat(pool.submit(() -> 7).result()).isEqualTo(7);
    }

    @Test
    @Scenario(69)
    default void aTimeoutThatAnElementThrowsIsItsOwnFailure() {
        Pool pool = open(1);
        Fn<Integer, Integer> tired = n -> {
            throw new TimeoutException("the element's own");
        };
        assertThatThrownBy(() -> pool.mapping(tired)
                        .timeout(java.time.Duration.ofHours(1))
                        .over(List.of(1))
                        .toList())
                .isInstanceOf(TaskFailedException.class)
                .hasCauseInstanceOf(TimeoutException.class);
    }

    @Test
    default void anErrorOfAnElementSurfacesAsItsCause() {
        Pool pool = open(1);
        Fn<Integer, Integer> broken = n -> {
            throw new AssertionError("broken " + n);
        };
        assertThatThrownBy(() -> pool.map(broken, upTo(3)).toList())
                .isInstanceOf(TaskFailedException.class)
                .cause()
                .isInstanceOf(AssertionError.class)
                .hasMessage("broken 0");
    }

    @Test
    default void nullsAreElementsAndResults() {
        Pool pool = open(2);
        List<Object> inputs = Arrays.asList(null, 1, null);
        assertThat(pool.<Object, Object>map(n -> n == null ? "was null" : null, inputs)
                        .toList())
                .containsExactly("was null", null, "was null");
    }

    @Test
    @Scenario({55, 56, 192})
    default void nothingComesOfNothing() {
        Pool pool = open(2);
        Fn<Integer, Integer> same = n -> n;
        assertThat(pool.map(same, List.<Integer>of()).toList()).isEmpty();
        assertThat(pool.mapping(same)
                        .chunk(1)
                        .window(2)
                        .over(Stream.<Integer>of())
                        .toList())
                .isEmpty();
        assertThat(Stream.<Integer>of().gather(pool.mapping(same)).toList()).isEmpty();
        assertThat(pool.stats().submitted()).isZero();
    }

    @Test
    @Scenario({53, 54})
    default void anEndlessSourceIsMappedAsFarAsItIsRead() {
        Pool pool = open(2);
        Fn<Integer, Integer> twice = n -> 2 * n;
        Fn2<Integer, Integer, Integer> plus = Integer::sum;
        try (Stream<Integer> results = pool.map(twice, naturals())) {
            assertThat(results.limit(3).toList()).containsExactly(0, 2, 4);
        }
        try (Stream<Integer> results = pool.map(plus, naturals(), naturals())) {
            assertThat(results.limit(3).toList()).containsExactly(0, 2, 4);
        }
        assertThat(Stream.iterate(0, i -> i + 1)
                        .gather(pool.mapping(twice))
                        .limit(3)
                        .toList())
                .containsExactly(0, 2, 4);
    }

    @Test
    @Scenario({47, 57, 65})
    default void nothingIsPulledBeforeTheStreamIsRead() {
        Pool pool = open(2);
        AtomicInteger pulled = new AtomicInteger();
        Iterable<Integer> counted = () -> IntStream.iterate(0, i -> i + 1)
                .peek(i -> pulled.incrementAndGet())
                .iterator();
        Fn<Integer, Integer> same = n -> n;
        try (Stream<Integer> unread = pool.map(same, counted).filter(n -> n > 3)) {
            assertThat(unread.isParallel()).isFalse();
        }
        assertThat(pulled).hasValue(0);
        assertThat(pool.stats().submitted()).isZero();
    }

    @Test
    default void whatASourceWasGivenWithIsClosedWithTheResult() {
        Pool pool = open(2);
        AtomicInteger closed = new AtomicInteger();
        Fn<Integer, Integer> same = n -> n;
        try (Stream<Integer> results = pool.map(same, upTo(5).stream().onClose(closed::incrementAndGet))) {
            assertThat(results.toList()).hasSize(5);
        }
        assertThat(closed).hasValue(1);
    }

    @Test
    @Scenario({63, 194})
    default void whatTheSourceThrowsPassesThroughAfterTheResultsBeforeIt() {
        Pool pool = open(2);
        IllegalStateException dry = new IllegalStateException("the well is dry");
        Fn<Integer, Integer> same = n -> n;
        for (int at : List.of(0, 2, 500)) {
            Iterable<Integer> source = () -> upTo(1_000).stream()
                    .peek(n -> {
                        if (n == at) {
                            throw dry;
                        }
                    })
                    .iterator();
            List<Integer> seen = new ArrayList<>();
            assertThatThrownBy(() -> pool.map(same, source).forEach(seen::add)).isSameAs(dry);
            assertThat(seen).isEqualTo(upTo(at));
        }
        assertThat(pool.submit(() -> 7).result()).isEqualTo(7);
    }

    @Test
    @Scenario(58)
    default void aResultThatWasDeliveredIsHeldByNobody() {
        assumeTrue(sharesMemory(), "the test looks at the very object that the task made");
        Pool pool = open(2);
        Fn<Integer, Object> make = n -> new Object();
        Iterator<Object> results = pool.mapping(make).chunk(2).over(upTo(8)).iterator();
        WeakReference<Object> before = new WeakReference<>(null);
        while (results.hasNext()) {
            WeakReference<Object> result = new WeakReference<>(results.next()); // a stream keeps its last result
            for (int tries = 0; before.get() != null; tries++) {
                assertThat(tries)
                        .as("garbage collections that did not collect the result")
                        .isLessThan(100);
                System.gc();
            }
            before = result;
        }
    }

    @Test
    default void aMapInsideATaskOfItsOwnPoolFinishes() {
        assumeTrue(sharesMemory(), "the task takes its pool along");
        Pool pool = open(1);
        Fn<Integer, Integer> twice = n -> 2 * n;
        assertThat(pool.submit(() -> pool.map(twice, upTo(100)).mapToInt(n -> n).sum())
                        .result())
                .isEqualTo(9_900);
    }
}
