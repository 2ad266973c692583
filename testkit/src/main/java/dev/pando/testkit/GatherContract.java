package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pando.Futures;
import dev.pando.Pool;
import dev.pando.TaskFailedException;
import dev.pando.TaskFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@link Futures#gather}: many futures as one. */
public interface GatherContract extends Subject {

    @Test
    default void valuesComeInTheOrderOfTheFuturesWhateverTheOrderOfTheirEnds() throws Exception {
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        Gate gate = pools().gate();
        Pool pool = open(2);
        TaskFuture<Integer> late = pool.submit(gate.handle()::pass, 1);
        TaskFuture<Integer> early = pool.submit(() -> 2);
        TaskFuture<List<Integer>> whole = Futures.gather(List.of(late, early, late));
        assertThat(early.result()).isEqualTo(2);
        assertThat(whole.isDone()).isFalse();
        gate.open();

        assertThat(whole.result()).containsExactly(1, 2, 1);
    }

    @Test
    default void gatheredNullsAreValues() {
        Pool pool = open(1);
        List<TaskFuture<@Nullable String>> parts = new ArrayList<>();
        parts.add(pool.<@Nullable String>submit(() -> null));
        parts.add(pool.<@Nullable String>submit(() -> "b"));

        assertThat(Futures.gather(parts).result()).containsExactly(null, "b");
    }

    @Test
    default void firstFailureFailsTheWholeAtOnceAndTheOthersGoOn() throws Exception {
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        Gate gate = pools().gate();
        Gate failing = pools().gate();
        Gate.Handle here = failing.handle();
        Pool pool = open(2);
        TaskFuture<Integer> slow = pool.submit(gate.handle()::pass, 1);
        TaskFuture<Integer> failure = pool.submit(() -> {
            here.await();
            throw new IllegalStateException("one of them");
        });
        TaskFuture<List<Integer>> whole = Futures.gather(List.of(slow, failure));
        failing.open();

        assertThatThrownBy(whole::result)
                .isInstanceOf(TaskFailedException.class)
                .cause()
                .isSameAs(failure.exception())
                .hasMessage("one of them");
        assertThat(slow.isDone()).isFalse();
        gate.open();
        assertThat(slow.result()).isEqualTo(1);
        assertThat(whole.exception()).as("it stays as it is").isSameAs(failure.exception());
    }

    @Test
    default void cancelledPartFailsTheWholeAndDoesNotCancelIt() throws Exception {
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        Gate gate = pools().gate();
        Pool pool = open(2);
        TaskFuture<Integer> cancelled = pool.submit(gate.handle()::pass, 1);
        TaskFuture<Integer> other = pool.submit(gate.handle()::pass, 2);
        TaskFuture<List<Integer>> whole = Futures.gather(List.of(cancelled, other));
        assertThat(cancelled.cancel(true)).isTrue();

        assertThat(whole.exception()).isInstanceOf(CancellationException.class);
        assertThat(whole.isCancelled()).isFalse();
        assertThat(other.isDone()).isFalse();
        gate.open();
        assertThat(other.result()).isEqualTo(2);
    }

    @Test
    default void cancellingTheWholeCancelsThePartsThatAreNotDone() throws Exception {
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        Gate gate = pools().gate();
        Pool pool = open(2);
        TaskFuture<Integer> done = pool.submit(() -> 0);
        assertThat(done.result()).isZero();
        TaskFuture<Integer> running = pool.submit(gate.handle()::pass, 1);
        gate.awaitArrivals(1);
        TaskFuture<Integer> another = pool.submit(gate.handle()::pass, 2);
        TaskFuture<List<Integer>> whole = Futures.gather(List.of(done, running, another));

        assertThat(whole.cancel(true)).isTrue();
        assertThat(whole.isCancelled()).isTrue();
        assertThat(running.isCancelled()).isTrue();
        assertThat(another.isCancelled()).isTrue();
        assertThat(done.result()).isZero();
    }

    @Test
    default void wholeIsAFutureLikeAnyOther() throws Exception {
        Pool pool = open(2);
        TaskFuture<List<Integer>> one = Futures.gather(List.of(pool.submit(() -> 1), pool.submit(() -> 2)));
        TaskFuture<List<Integer>> two = Futures.gather(List.of(pool.submit(() -> 3)));

        assertThat(Futures.gather(List.of(one, two)).result()).containsExactly(List.of(1, 2), List.of(3));
        assertThat(Futures.wait(List.of(one, two)).done()).containsExactlyInAnyOrder(one, two);
        assertThat(one.toCompletableFuture().get()).containsExactly(1, 2);
    }

    @Test
    default void thousandPartsThatEndWhileTheyAreGathered() {
        Pool pool = open(2);
        for (int round = 0; round < 10; round++) {
            List<TaskFuture<Integer>> parts = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                parts.add(pool.submit(x -> x, i));
            }
            List<Integer> values = Futures.gather(parts).result();
            for (int i = 0; i < 1_000; i++) {
                assertThat(values.get(i)).isEqualTo(i);
            }
        }
    }

    @Test
    default void taskMayGatherTheTasksThatItSubmittedToItsOwnFullPool() {
        assumeTrue(sharesMemory(), "a pool does not travel");
        Pool pool = open(1);
        TaskFuture<List<Integer>> task =
                pool.submit(() -> Futures.gather(List.of(pool.submit(() -> 1), pool.submit(() -> 2)))
                        .result());

        assertThat(task.result()).containsExactly(1, 2);
    }
}
