package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pando.Futures;
import dev.pando.Pool;
import dev.pando.Promise;
import dev.pando.TaskFuture;
import dev.pando.WaitResult;
import dev.pando.When;
import dev.pando.local.Threads;
import dev.pando.local.Virtual;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** {@link Futures#wait} over the tasks of a pool. Cases that need no pool are in the tests of promises. */
public interface WaitContract extends Subject {

    @Test
    @Scenario(72)
    default void futureGivenTwiceIsDoneOnce() {
        TaskFuture<Integer> task = open(1).submit(() -> 1);
        WaitResult<Integer> waited = Futures.wait(List.of(task, task, task));

        assertThat(waited.done()).containsExactly(task);
        assertThat(waited.notDone()).isEmpty();
    }

    @Test
    @Scenario(73)
    default void firstCompletedReturnsWhenOneOfTwoIsDone() throws Exception {
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        Gate gate = pools().gate();
        Gate fast = pools().gate();
        Pool pool = open(2);
        TaskFuture<Integer> blocked = pool.submit(gate.handle()::pass, 1);
        TaskFuture<Integer> quick = pool.submit(fast.handle()::pass, 2);
        BackgroundCall<WaitResult<Integer>> waiter = BackgroundCall.ask(
                        () -> Futures.wait(List.of(blocked, quick), When.FIRST_COMPLETED))
                .awaitParked();
        fast.open();

        assertThat(waiter.join().done()).containsExactly(quick);
        assertThat(waiter.join().notDone()).containsExactly(blocked);
    }

    @Test
    @Scenario(74)
    default void firstCompletedReturnsAtOnceWithAllThatAreDoneAlready() throws Exception {
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        Gate gate = pools().gate();
        Pool pool = open(3);
        TaskFuture<Integer> done = pool.submit(() -> 1);
        TaskFuture<Integer> cancelled = pool.submit(gate.handle()::pass, 2);
        TaskFuture<Integer> blocked = pool.submit(gate.handle()::pass, 3);
        assertThat(done.result()).isEqualTo(1);
        assertThat(cancelled.cancel(true)).isTrue();
        WaitResult<Integer> waited = Futures.wait(List.of(cancelled, blocked, done), When.FIRST_COMPLETED);

        assertThat(waited.done()).containsExactlyInAnyOrder(done, cancelled);
        assertThat(waited.notDone()).containsExactly(blocked);
    }

    @Test
    @Scenario({75, 76})
    default void firstExceptionReturnsWhenOneThrowsAndNotBefore() throws Exception {
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        Gate gate = pools().gate();
        Gate failing = pools().gate();
        Gate.Handle here = failing.handle();
        Pool pool = open(3);
        TaskFuture<Integer> before = pool.submit(() -> 0);
        assertThat(before.result()).isZero();
        TaskFuture<Integer> blocked = pool.submit(gate.handle()::pass, 1);
        TaskFuture<Integer> success = pool.submit(() -> 2);
        TaskFuture<Integer> failure = pool.submit(() -> {
            here.await();
            throw new IllegalStateException("third");
        });
        assertThat(success.result()).isEqualTo(2);
        BackgroundCall<WaitResult<Integer>> waiter = BackgroundCall.ask(
                        () -> Futures.wait(List.of(before, blocked, success, failure), When.FIRST_EXCEPTION))
                .awaitParked();
        failing.open();

        assertThat(waiter.join().done()).containsExactlyInAnyOrder(before, success, failure);
        assertThat(waiter.join().notDone()).containsExactly(blocked);
    }

    @Test
    @Scenario(77)
    default void firstExceptionReturnsAtOnceWhenOneHasFailedAlready() throws Exception {
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        Gate gate = pools().gate();
        Pool pool = open(2);
        TaskFuture<Integer> failure = pool.submit(() -> Integer.parseInt("x"));
        assertThat(failure.exception()).isNotNull();
        TaskFuture<Integer> blocked = pool.submit(gate.handle()::pass, 1);
        WaitResult<Integer> waited = Futures.wait(List.of(blocked, failure), When.FIRST_EXCEPTION);

        assertThat(waited.done()).containsExactly(failure);
        assertThat(waited.notDone()).containsExactly(blocked);
    }

    @Test
    @Scenario(83)
    default void cancellationIsNoExceptionToTheFirstException() throws Exception {
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        Gate gate = pools().gate();
        Pool pool = open(2);
        TaskFuture<Integer> cancelled = pool.submit(gate.handle()::pass, 1);
        TaskFuture<Integer> blocked = pool.submit(gate.handle()::pass, 2);
        BackgroundCall<WaitResult<Integer>> waiter = BackgroundCall.ask(
                        () -> Futures.wait(List.of(cancelled, blocked), When.FIRST_EXCEPTION))
                .awaitParked();
        assertThat(cancelled.cancel(true)).isTrue();
        waiter.awaitParked();
        gate.open();

        assertThat(waiter.join().done()).containsExactlyInAnyOrder(cancelled, blocked);
        assertThat(blocked.result()).isEqualTo(2);
    }

    @Test
    @Scenario(78)
    default void allCompletedWaitsForEveryKindOfEnd() throws Exception {
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        Gate gate = pools().gate();
        Gate.Handle here = gate.handle();
        Pool pool = open(3);
        TaskFuture<Integer> success = pool.submit(() -> 1);
        TaskFuture<Integer> failure = pool.submit(() -> Integer.parseInt("x"));
        TaskFuture<Integer> cancelled = pool.submit(here::pass, 3);
        assertThat(cancelled.cancel(true)).isTrue();
        TaskFuture<Integer> live = pool.submit(here::pass, 4);
        TaskFuture<Integer> liveFailure = pool.submit(() -> {
            here.await();
            throw new IllegalStateException("later");
        });
        List<TaskFuture<Integer>> all = List.of(success, failure, cancelled, live, liveFailure);
        BackgroundCall<WaitResult<Integer>> waiter =
                BackgroundCall.ask(() -> Futures.wait(all)).awaitParked();
        gate.open();

        assertThat(waiter.join().done()).containsExactlyInAnyOrderElementsOf(all);
        assertThat(waiter.join().notDone()).isEmpty();
    }

    @Test
    @Scenario(79)
    default void timeoutIsNoErrorAndCancelsNothing() throws Exception {
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        Gate gate = pools().gate();
        Pool pool = open(2);
        TaskFuture<Integer> quick = pool.submit(() -> 1);
        assertThat(quick.result()).isEqualTo(1);
        TaskFuture<Integer> blocked = pool.submit(gate.handle()::pass, 2);
        long start = System.nanoTime();
        assertThat(Futures.wait(List.of(quick, blocked), Duration.ofMillis(50)).notDone())
                .containsExactly(blocked);
        WaitResult<Integer> waited = Futures.wait(List.of(quick, blocked), When.ALL_COMPLETED, Duration.ofMillis(50));

        assertThat(System.nanoTime() - start).as("time waited").isGreaterThanOrEqualTo(50_000_000L);
        assertThat(waited.done()).containsExactly(quick);
        assertThat(waited.notDone()).containsExactly(blocked);
        gate.open();
        assertThat(blocked.result()).isEqualTo(2);
    }

    @Test
    @Scenario(84)
    default void taskThatIsCancelledInLineIsDoneForWhoeverWaits() throws Exception {
        assumeTrue(runsElsewhere() && isBounded(), "no task waits in line");
        Gate gate = pools().gate();
        Pool pool = open(1);
        TaskFuture<Integer> first = pool.submit(gate.handle()::pass, 1);
        gate.awaitArrivals(1);
        TaskFuture<Integer> before = pool.submit(() -> 2);
        TaskFuture<Integer> during = pool.submit(() -> 3);
        assertThat(before.cancel(false)).isTrue();
        assertThat(Futures.wait(List.of(before)).done()).containsExactly(before);
        BackgroundCall<WaitResult<Integer>> waiter =
                BackgroundCall.ask(() -> Futures.wait(List.of(during, before))).awaitParked();
        assertThat(during.cancel(false)).isTrue();

        assertThat(waiter.join().done()).containsExactlyInAnyOrder(during, before);
        assertThat(first.isDone()).isFalse();
    }

    @Test
    @Scenario(85)
    default void tasksThatThePoolCancelledAreDoneForWhoeverWaits() throws Exception {
        assumeTrue(runsElsewhere() && isBounded(), "no task waits in line");
        Gate gate = pools().gate();
        Pool pool = open(1);
        TaskFuture<Integer> first = pool.submit(gate.handle()::pass, 0);
        gate.awaitArrivals(1);
        List<TaskFuture<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            tasks.add(pool.submit(x -> x, i));
        }
        BackgroundCall<WaitResult<Integer>> waiter =
                BackgroundCall.ask(() -> Futures.wait(tasks)).awaitParked();
        BackgroundCall<Integer> arrivals = BackgroundCall.ask(() -> {
            int count = 0;
            for (TaskFuture<Integer> next : Futures.asCompleted(tasks)) {
                if (next.isCancelled()) {
                    count++;
                }
            }
            return count;
        });
        assertThat(pool.cancelQueued()).isEqualTo(10);

        assertThat(waiter.join().done()).hasSize(10).allMatch(TaskFuture::isCancelled);
        assertThat(arrivals.join()).isEqualTo(10);
        List<TaskFuture<Integer>> more = List.of(pool.submit(() -> 1), pool.submit(() -> 2));
        assertThat(pool.shutdownNow()).hasSize(2);
        assertThat(Futures.wait(more).done()).hasSize(2).allMatch(TaskFuture::isCancelled);
        assertThat(Futures.asCompleted(more)).containsExactlyInAnyOrderElementsOf(more);
        assertThat(Futures.wait(List.of(first)).done()).as("interrupted").containsExactly(first);
    }

    @Test
    @Scenario(86)
    default void futuresOfDifferentPoolsMix() throws Exception {
        Pool ours = open(2);
        Pool threads = open(Pool.with(Threads.of(1)).named(pools().name()));
        Pool virtual = open(Pool.with(Virtual.unlimited()).named(pools().name()));
        Promise<Integer> promise = new Promise<>();
        List<TaskFuture<Integer>> mixed = List.of(
                promise.future(),
                ours.submit(() -> 1),
                threads.submit(() -> 2),
                virtual.submit(() -> 3),
                TaskFuture.of(4));
        WaitResult<Integer> some = Futures.wait(mixed.subList(1, 5));
        assertThat(some.done()).hasSize(4);
        assertThat(Futures.wait(mixed, When.FIRST_COMPLETED).notDone()).containsExactly(promise.future());
        BackgroundCall<WaitResult<Integer>> waiter =
                BackgroundCall.ask(() -> Futures.wait(mixed)).awaitParked();
        promise.complete(0);

        assertThat(waiter.join().done()).containsExactlyInAnyOrderElementsOf(mixed);
        assertThat(Futures.asCompleted(mixed)).containsExactlyInAnyOrderElementsOf(mixed);
        assertThat(Futures.gather(mixed).result()).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    default void interruptOfAWaitSurfacesAndKeepsTheFlagAndTheTaskGoesOn() throws Exception {
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        Gate gate = pools().gate();
        TaskFuture<Integer> task = open(1).submit(gate.handle()::pass, 7);
        BackgroundCall<Boolean> waiter = BackgroundCall.ask(() -> {
            assertThatThrownBy(() -> Futures.wait(List.of(task)))
                    .isInstanceOf(CancellationException.class)
                    .hasMessageContaining("interrupted");
            return Thread.interrupted();
        });
        waiter.awaitParked().interrupt();

        assertThat(waiter.join()).isTrue();
        assertThat(task.isDone()).isFalse();
        gate.open();
        assertThat(task.result()).isEqualTo(7);
    }
}
