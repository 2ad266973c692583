package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pando.DeadlineExceededException;
import dev.pando.Fn;
import dev.pando.Pool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Maps that end before their inputs do: closed, out of time, interrupted, or their pool gone. */
interface StoppedMapContract extends Subject {

    private static List<Integer> upTo(int end) {
        return IntStream.range(0, end).boxed().toList();
    }

    /** Lets the first elements pass and stands at the gate with the others. */
    private static Fn<Integer, Integer> waitingFrom(int first, Gate gate) {
        Gate.Handle handle = gate.handle();
        return n -> {
            if (n >= first) {
                handle.await();
            }
            return n;
        };
    }

    @Test
    @Scenario(64)
    default void closingTheStreamCancelsWhatIsUnderWayAndWaitsForIt() throws Exception {
        assumeTrue(runsElsewhere(), "inline elements are done when they are pulled");
        Gate gate = pools().gate();
        Pool pool = open(2);
        try (Stream<Integer> results =
                pool.mapping(waitingFrom(1, gate)).chunk(1).window(5).over(upTo(100))) {
            Iterator<Integer> reader = results.iterator();
            assertThat(reader.next()).isZero();
            gate.awaitArrivals(1);
        }
        BackgroundCall.untilIdle(pool);
        assertThat(pool.stats().queued()).isZero();
        assertThat(gate.arrivals()).isLessThanOrEqualTo(5);
        assertThat(pool.submit(() -> 7).result()).isEqualTo(7);
    }

    @Test
    @Scenario(64)
    default void closingWaitsEvenForAnElementThatResists() throws Exception {
        assumeTrue(runsElsewhere(), "inline elements are done when they are pulled");
        Gate gate = pools().gate();
        Gate.Handle handle = gate.handle();
        Fn<Integer, Integer> stubborn = n -> {
            if (n == 0) {
                return n;
            }
            while (true) {
                try {
                    handle.await();
                    return n;
                } catch (InterruptedException resisted) {
                    // that is the point
                }
            }
        };
        Pool pool = open(1);
        BackgroundCall<?> reader = BackgroundCall.run(() -> {
            try (Stream<Integer> results =
                    pool.mapping(stubborn).chunk(1).window(2).over(upTo(9))) {
                assertThat(results.iterator().next()).isZero();
                gate.awaitArrivals(1);
            }
        });
        gate.awaitArrivals(2); // interrupted, the task came back to the gate
        assertThat(reader.awaitParked().isDone()).isFalse();
        gate.open();
        reader.join();
        BackgroundCall.untilIdle(pool);
    }

    @Test
    @Scenario(65)
    default void aClosedStreamDeliversNothingMore() {
        Pool pool = open(2);
        Fn<Integer, Integer> same = n -> n;
        Stream<Integer> results = pool.mapping(same).window(3).over(upTo(100));
        Iterator<Integer> reader = results.iterator();
        assertThat(reader.next()).isZero();
        results.close();
        long submitted = pool.stats().submitted();
        List<Integer> rest = new ArrayList<>();
        while (reader.hasNext()) {
            rest.add(reader.next()); // only what the iterator had fetched already
        }
        assertThat(rest.size()).isLessThanOrEqualTo(1);
        assertThat(pool.stats().submitted()).isEqualTo(submitted);
    }

    @Test
    @Scenario({46, 197})
    default void aMapThatRunsOutOfTimeSaysSoAndStopsItsElements() throws Exception {
        assumeTrue(runsElsewhere(), "an inline element cannot be left behind");
        Gate gate = pools().gate();
        Pool pool = open(2);
        Iterator<Integer> reader = pool.mapping(waitingFrom(2, gate))
                .chunk(1)
                .timeout(Duration.ofMillis(400))
                .over(List.of(0, 0, 6))
                .iterator();
        List<Integer> seen = new ArrayList<>();
        long begun = System.nanoTime();
        assertThatThrownBy(() -> reader.forEachRemaining(seen::add)).isInstanceOf(DeadlineExceededException.class);
        assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(400_000_000L);
        assertThat(seen).isSubsetOf(0, 0).hasSizeLessThanOrEqualTo(2); // fewer on a machine that is very busy
        BackgroundCall.untilIdle(pool);
        assertThat(pool.stats().queued()).isZero();
    }

    @Test
    @Scenario(48)
    default void whatAMapWithoutTimeWasWaitingForNeverStarts() throws Exception {
        assumeTrue(runsElsewhere() && isBounded(), "needs a pool that can be full");
        Gate gate = pools().gate();
        Gate.Handle handle = gate.handle();
        Tally tally = pools().tally();
        Tally.Handle count = tally.handle();
        Pool pool = open(1);
        var busy = pool.submit(handle::await);
        gate.awaitArrivals(1);
        Fn<Integer, Integer> noted = n -> {
            count.note(n);
            return n;
        };
        assertThatThrownBy(() -> pool.mapping(noted)
                        .timeout(Duration.ofNanos(1))
                        .over(List.of(1, 2))
                        .toList())
                .isInstanceOf(DeadlineExceededException.class);
        gate.open();
        busy.result();
        pool.close();
        assertThat(tally.notes()).isEmpty();
    }

    @Test
    @Scenario(66)
    default void whatIsReadyIsDeliveredHoweverLateItIsAskedFor() {
        Pool pool = open(2);
        Fn<Integer, Integer> same = n -> n;
        // Workers that have yet to start are not in time on a busy machine.
        assertThat(pool.mapping(same).chunk(1).over(upTo(2)).toList()).containsExactly(0, 1);
        Duration limit = Duration.ofMillis(250);
        while (!isDeliveredLate(pool, limit)) { // nor may others be
            limit = limit.multipliedBy(2);
        }
    }

    /** Returns false if a result was not ready when the time was over. */
    private static boolean isDeliveredLate(Pool pool, Duration limit) {
        Fn<Integer, Integer> same = n -> n;
        BackgroundCall.untilIdle(pool);
        long before = pool.stats().succeeded();
        try (Stream<Integer> results =
                pool.mapping(same).chunk(1).window(2).timeout(limit).over(upTo(2))) {
            Iterator<Integer> reader = results.iterator();
            try {
                assertThat(reader.next()).isZero();
            } catch (DeadlineExceededException late) {
                return false;
            }
            long begun = System.nanoTime(); // of the deadline at the latest
            while (pool.stats().succeeded() < before + 2) {
                if (System.nanoTime() - begun > limit.toNanos()) {
                    return false;
                }
                Thread.onSpinWait();
            }
            while (System.nanoTime() - begun <= limit.toNanos()) {
                Thread.onSpinWait(); // the deadline itself must pass
            }
            assertThat(reader.next()).isEqualTo(1);
            assertThat(reader.hasNext()).isFalse();
            return true;
        }
    }

    @Test
    default void anInterruptOfTheReaderSurfacesAndIsKept() throws Exception {
        assumeTrue(runsElsewhere(), "the interrupt would be the inline element's");
        Gate gate = pools().gate();
        Pool pool = open(2);
        List<Integer> seen = new ArrayList<>();
        BackgroundCall<Boolean> reader = BackgroundCall.ask(() -> {
            assertThatThrownBy(() -> pool.mapping(waitingFrom(3, gate))
                            .chunk(1)
                            .over(upTo(9))
                            .forEach(seen::add))
                    .isInstanceOf(CancellationException.class);
            return Thread.currentThread().isInterrupted();
        });
        gate.awaitArrivals(2);
        reader.interrupt();
        assertThat(reader.join()).isTrue();
        assertThat(seen).isEqualTo(upTo(seen.size())).hasSizeLessThanOrEqualTo(3);
        BackgroundCall.untilIdle(pool);
        assertThat(pool.stats().queued()).isZero();
    }

    @Test
    default void anInterruptOfAGatherersReaderSurfacesAndIsKept() throws Exception {
        assumeTrue(runsElsewhere(), "the interrupt would be the inline element's");
        Gate gate = pools().gate();
        Pool pool = open(2);
        BackgroundCall<Boolean> reader = BackgroundCall.ask(() -> {
            assertThatThrownBy(() -> upTo(9).stream()
                            .gather(pool.mapping(waitingFrom(0, gate)).window(2))
                            .toList())
                    .isInstanceOf(CancellationException.class);
            return Thread.currentThread().isInterrupted();
        });
        gate.awaitArrivals(1);
        reader.interrupt();
        assertThat(reader.join()).isTrue();
        BackgroundCall.untilIdle(pool);
    }

    @Test
    @Scenario({61, 70})
    default void shutDownInTheMiddleDeliversWhatWasAcceptedAndThenRefuses() {
        Pool pool = open(2);
        Fn<Integer, Integer> same = n -> n;
        Iterator<Integer> reader =
                pool.mapping(same).chunk(1).window(3).over(upTo(100)).iterator();
        assertThat(reader.next()).isZero();
        long accepted = pool.stats().submitted();
        pool.shutdown();
        List<Integer> seen = new ArrayList<>(List.of(0));
        assertThatThrownBy(() -> reader.forEachRemaining(seen::add)).isInstanceOf(RejectedExecutionException.class);
        assertThat(seen).isEqualTo(upTo((int) accepted));
    }

    @Test
    @Scenario(61)
    default void aMapOnAPoolThatWasShutDownIsRefusedWhenItIsRead() {
        Pool pool = open(2);
        Fn<Integer, Integer> same = n -> n;
        Stream<Integer> results = pool.map(same, upTo(3));
        pool.close();
        assertThatThrownBy(results::toList).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    default void killedInTheMiddleAMapEndsAsCancelled() throws Exception {
        assumeTrue(runsElsewhere(), "nobody is at hand to kill a pool whose caller is at work");
        Gate gate = pools().gate();
        Pool pool = open(2);
        List<Integer> seen = new ArrayList<>();
        BackgroundCall<?> reader = BackgroundCall.run(
                () -> pool.mapping(waitingFrom(3, gate)).chunk(1).over(upTo(9)).forEach(seen::add));
        gate.awaitArrivals(2);
        pool.kill();
        assertThatThrownBy(reader::join).isInstanceOf(CancellationException.class);
        assertThat(seen).isEqualTo(upTo(seen.size())).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    default void aFailureCancelsTheElementsBesideIt() throws Exception {
        assumeTrue(runsElsewhere(), "inline elements are done when they are pulled");
        Gate gate = pools().gate();
        Gate.Handle handle = gate.handle();
        Fn<Integer, Integer> firstFails = n -> {
            if (n == 0) {
                throw new IllegalStateException("first");
            }
            handle.await();
            return n;
        };
        Pool pool = open(2);
        assertThatThrownBy(() -> pool.mapping(firstFails)
                        .chunk(1)
                        .window(4)
                        .over(upTo(9))
                        .toList())
                .hasCauseInstanceOf(IllegalStateException.class);
        BackgroundCall.untilIdle(pool);
        assertThat(pool.stats().queued()).isZero();
    }
}
