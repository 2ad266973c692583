package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pando.Fn;
import dev.pando.Mapping;
import dev.pando.Outcome;
import dev.pando.Pool;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The options of a mapping: chunk, window, order, outcomes, progress; and its use as a gatherer. */
interface MappingContract extends Subject {

    private static List<Integer> upTo(int end) {
        return IntStream.range(0, end).boxed().toList();
    }

    @Test
    @Scenario({44, 51, 71, 191})
    default void everyChunkAndWindowGivesTheSameResults() {
        Pool pool = open(3);
        Fn<Integer, Integer> plusOne = n -> n + 1;
        List<Integer> expected = upTo(41).subList(1, 41);
        for (int size : List.of(1, 2, 3, 6, 40, 50, 80)) {
            assertThat(pool.mapping(plusOne).chunk(size).over(upTo(40)).toList())
                    .isEqualTo(expected);
            assertThat(pool.mapping(plusOne).window(size).over(upTo(40)).toList())
                    .isEqualTo(expected);
            assertThat(pool.mapping(plusOne)
                            .chunk(3)
                            .window(size)
                            .over(upTo(40))
                            .toList())
                    .isEqualTo(expected);
            assertThat(pool.mapping(plusOne)
                            .unordered()
                            .chunk(size)
                            .over(upTo(40))
                            .toList())
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    @Scenario(57)
    default void noMoreIsPulledAheadThanTheWindow() {
        Pool pool = open(2);
        Fn<Integer, Integer> same = n -> n;
        for (int window : List.of(1, 2, 7)) {
            AtomicInteger pulled = new AtomicInteger();
            Iterable<Integer> counted = () -> IntStream.iterate(0, i -> i + 1)
                    .peek(i -> pulled.incrementAndGet())
                    .iterator();
            try (Stream<Integer> results = pool.mapping(same).window(window).over(counted)) {
                Iterator<Integer> reader = results.iterator();
                for (int delivered = 0; delivered < 200; delivered++) {
                    assertThat(reader.next()).isEqualTo(delivered);
                    assertThat(pulled.get() - delivered).as("pulled ahead").isBetween(1, window);
                }
            }
        }
    }

    @Test
    @Scenario(53)
    default void withoutAWindowNoMoreIsPulledThanKeepsTheWorkersBusy() {
        Pool pool = open(2);
        Fn<Integer, Integer> same = n -> n;
        AtomicInteger pulled = new AtomicInteger();
        Iterable<Integer> counted = () -> IntStream.iterate(0, i -> i + 1)
                .peek(i -> pulled.incrementAndGet())
                .iterator();
        try (Stream<Integer> results = pool.mapping(same).chunk(4).over(counted)) {
            Iterator<Integer> reader = results.iterator();
            int width = isBounded() ? 2 : 256;
            int busy = 4 * (2 * width + 3);
            for (int delivered = 0; delivered < 50_000; delivered++) {
                assertThat(reader.next()).isEqualTo(delivered);
                if (pulled.get() - delivered > busy) {
                    assertThat(pulled.get() - delivered).isLessThanOrEqualTo(busy);
                }
            }
        }
    }

    @Test
    default void choicesInAnArgumentAreThoseOfTheMapping() {
        Pool pool = open(2);
        assertThat(upTo(9).stream()
                        .gather(pool.mapping(n -> 8 / n, m -> m.chunk(2).outcomes()))
                        .map(outcome -> outcome.isSuccess() ? outcome.orElseThrow() : -1))
                .containsExactly(-1, 8, 4, 2, 2, 1, 1, 1, 1);
        assertThat(upTo(9).stream().gather(pool.mapping(n -> n + 1, Mapping::unordered)))
                .containsExactlyInAnyOrderElementsOf(upTo(10).subList(1, 10));
    }

    @Test
    @Scenario(191)
    default void unorderedDeliversWhatIsReadyFirst() throws Exception {
        assumeTrue(runsElsewhere(), "an inline element is done before the next is pulled");
        Gate gate = pools().gate();
        Gate.Handle handle = gate.handle();
        Fn<Integer, Integer> firstIsSlow = n -> {
            if (n == 0) {
                handle.await();
            }
            return n;
        };
        try (Stream<Integer> results =
                open(2).mapping(firstIsSlow).chunk(1).unordered().over(upTo(4))) {
            Iterator<Integer> reader = results.iterator();
            assertThat(List.of(reader.next(), reader.next(), reader.next())).containsExactlyInAnyOrder(1, 2, 3);
            gate.open();
            assertThat(reader.next()).isZero();
            assertThat(reader.hasNext()).isFalse();
        }
    }

    @Test
    @Scenario({67, 68, 195})
    default void outcomesTellEveryElementAndThrowForNone() {
        Pool pool = open(2);
        Fn<Integer, Integer> fourthFails = n -> {
            if (n == 4) {
                throw new IllegalStateException("four");
            }
            return n;
        };
        for (int chunk : List.of(1, 3, 6, 100)) {
            List<Outcome<Integer>> outcomes = pool.mapping(fourthFails)
                    .chunk(chunk)
                    .outcomes()
                    .over(List.of(1, 2, 3, 4, 5, 6))
                    .toList();
            assertThat(outcomes).extracting(Outcome::isSuccess).containsExactly(true, true, true, false, true, true);
            assertThat(outcomes.get(4).orElseThrow()).isEqualTo(5);
            assertThat(outcomes.get(3))
                    .isInstanceOfSatisfying(
                            Outcome.Failure.class,
                            failure -> assertThat(failure.error())
                                    .isInstanceOf(IllegalStateException.class)
                                    .hasMessage("four"));
        }
    }

    @Test
    @Scenario({67, 68, 195})
    default void aFailureInsideAChunkCostsNothingBeforeIt() {
        Pool pool = open(2);
        Fn<Integer, Integer> fourthFails = n -> {
            if (n == 4) {
                throw new IllegalStateException("four");
            }
            return n;
        };
        for (int chunk : List.of(1, 3, 4, 6, 100)) {
            List<Integer> seen = new ArrayList<>();
            assertThatThrownBy(() -> pool.mapping(fourthFails)
                            .chunk(chunk)
                            .over(List.of(1, 2, 3, 4, 5, 6))
                            .forEach(seen::add))
                    .hasCauseInstanceOf(IllegalStateException.class);
            assertThat(seen).containsExactly(1, 2, 3);
        }
    }

    @Test
    default void afterAFailureTheStreamHasEnded() {
        Pool pool = open(2);
        Fn<Integer, Integer> fails = n -> 1 / n;
        Iterator<Integer> reader = pool.mapping(fails).window(2).over(upTo(100)).iterator();
        assertThatThrownBy(reader::next).hasCauseInstanceOf(ArithmeticException.class);
        assertThat(pool.stats().queued()).isZero();
        BackgroundCall.untilIdle(pool);
    }

    @Test
    default void progressCountsWhatWasDeliveredOnTheReadersThread() {
        Pool pool = open(2);
        Fn<Integer, Integer> same = n -> n;
        List<Long> counts = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        AtomicInteger early = new AtomicInteger();
        assertThat(pool.mapping(same)
                        .progress((delivered, started) -> {
                            counts.add(delivered);
                            threads.add(Thread.currentThread());
                            if (started < delivered) {
                                early.incrementAndGet();
                            }
                        })
                        .over(upTo(20))
                        .toList())
                .hasSize(20);
        assertThat(counts)
                .isEqualTo(IntStream.rangeClosed(1, 20).mapToObj(Long::valueOf).toList());
        assertThat(threads).containsOnly(Thread.currentThread());
        assertThat(early).hasValue(0);
    }

    @Test
    default void progressThatThrowsEndsTheMapAndLeavesNothing() {
        Pool pool = open(2);
        Fn<Integer, Integer> same = n -> n;
        assertThatThrownBy(() -> pool.mapping(same)
                        .progress((delivered, started) -> {
                            throw new IllegalStateException("no more");
                        })
                        .over(upTo(20))
                        .toList())
                .hasMessage("no more");
        BackgroundCall.untilIdle(pool);
    }

    @Test
    default void aMappingIsAValueAndMayBeUsedAgain() {
        Pool pool = open(2);
        Fn<Integer, Integer> twice = n -> 2 * n;
        Mapping<Integer, Integer> mapping = pool.mapping(twice);
        Mapping<Integer, Integer> other = mapping.chunk(2).unordered();
        assertThat(other).isNotSameAs(mapping);
        assertThat(mapping.over(upTo(3)).toList()).containsExactly(0, 2, 4);
        assertThat(upTo(3).stream().gather(mapping).toList()).containsExactly(0, 2, 4);
        assertThat(mapping.over(upTo(3)).toList()).containsExactly(0, 2, 4);
        assertThat(other.over(upTo(3)).toList()).containsExactlyInAnyOrder(0, 2, 4);
    }

    @Test
    @Scenario(53)
    default void asAGathererItEndsWithWhoeverReadsIt() {
        Pool pool = open(2);
        Fn<Integer, Integer> twice = n -> 2 * n;
        AtomicInteger pulled = new AtomicInteger();
        assertThat(Stream.iterate(0, i -> i + 1)
                        .peek(i -> pulled.incrementAndGet())
                        .gather(pool.mapping(twice).window(5))
                        .limit(10)
                        .toList())
                .isEqualTo(upTo(10).stream().map(n -> 2 * n).toList());
        assertThat(pulled.get()).isLessThanOrEqualTo(15);
        BackgroundCall.untilIdle(pool);
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a parallel stream is deaf to interrupts
    default void aParallelStreamMayGatherToo() {
        Pool pool = open(2);
        Fn<Integer, Integer> twice = n -> 2 * n;
        for (int i = 0; i < 20; i++) {
            assertThat(upTo(100).parallelStream().gather(pool.mapping(twice)).toList())
                    .isEqualTo(upTo(100).stream().map(n -> 2 * n).toList());
        }
    }

    @Test
    default void theReaderMayChangeBetweenReads() throws Exception {
        assumeTrue(runsElsewhere(), "an inline element is done before anybody waits for it");
        Gate gate = pools().gate();
        Gate.Handle handle = gate.handle();
        Fn<Integer, Integer> slow = n -> {
            if (n > 0) {
                handle.await();
            }
            return n;
        };
        try (Stream<Integer> results = open(2).mapping(slow).chunk(1).over(upTo(3))) {
            Iterator<Integer> reader = results.iterator();
            assertThat(reader.next()).isZero();
            BackgroundCall<Integer> other = BackgroundCall.ask(reader::next).awaitParkedOrDone();
            gate.open();
            assertThat(other.join()).isEqualTo(1);
            assertThat(reader.next()).isEqualTo(2);
        }
    }

    @Test
    default void asAGathererItThrowsTheFirstFailure() {
        Pool pool = open(2);
        Fn<Integer, Integer> fails = n -> 10 / (5 - n);
        List<Integer> seen = new ArrayList<>();
        assertThatThrownBy(() -> upTo(100).stream().gather(pool.mapping(fails)).forEach(seen::add))
                .hasCauseInstanceOf(ArithmeticException.class);
        assertThat(seen).isEqualTo(List.of(2, 2, 3, 5, 10));
    }

    @Test
    default void slowElementsAmongTinyOnesAreSharedOut() throws Exception {
        assumeTrue(runsElsewhere(), "the caller has no other worker to share with");
        int workers = 4;
        int tiny = 20_000;
        Gate gate = pools().gate();
        Gate.Handle handle = gate.handle();
        Fn<Integer, Integer> slowAtTheEnd = n -> {
            if (n >= tiny) {
                handle.await();
            }
            return n;
        };
        Pool pool = open(workers);
        BackgroundCall<Integer> reader = BackgroundCall.ask(
                () -> pool.map(slowAtTheEnd, upTo(tiny + 64)).toList().size());
        for (int slow = 1; slow <= 3; slow++) { // pass some slowly, so that the map learns that they are slow
            gate.awaitArrivals(slow);
            long seen = System.nanoTime();
            while (System.nanoTime() - seen < 10_000_000) {
                Thread.onSpinWait();
            }
            gate.openForOne();
        }
        gate.awaitArrivals(3 + workers);
        gate.open();
        assertThat(reader.join()).isEqualTo(tiny + 64);
    }
}
