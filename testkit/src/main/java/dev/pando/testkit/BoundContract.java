package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pando.Pool;
import dev.pando.SubmitInterruptedException;
import dev.pando.TaskFuture;
import dev.pando.WhenFull;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** How many tasks may wait, what happens to the next task, and in which order tasks begin. */
interface BoundContract extends Subject {

    /** A pool of one worker, which is busy at the gate. */
    private Pool busy(int queue, WhenFull whenFull, Gate gate) throws InterruptedException {
        assumeTrue(runsElsewhere() && isBounded(), "needs a pool that can be full");
        Pool pool = open(with(1).queue(queue).whenFull(whenFull));
        Gate.Handle handle = gate.handle();
        var _ = pool.submit(handle::await);
        gate.awaitArrivals(1);
        return pool;
    }

    @Test
    default void rejectRefusesExactlyWhatIsBeyondTheBound() throws Exception {
        Gate gate = pools().gate();
        Pool pool = busy(3, WhenFull.REJECT, gate);
        List<TaskFuture<Integer>> taken = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            taken.add(pool.submit(n -> n, i));
        }
        assertThatThrownBy(() -> pool.submit(() -> 4))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining(pool.stats().name())
                .hasMessageContaining("3");
        assertThat(pool.stats().queued()).isEqualTo(3);
        assertThat(pool.stats().rejected()).isEqualTo(1);
        gate.open();
        for (int i = 0; i < 3; i++) {
            assertThat(taken.get(i).result()).isEqualTo(i);
        }
        assertThat(pool.submit(() -> 5).result()).isEqualTo(5);
    }

    @Test
    default void workersThatAreFreeTakeTasksWithoutAPlaceInTheQueue() throws Exception {
        assumeTrue(runsElsewhere() && isBounded(), "needs a pool that can be full");
        Gate gate = pools().gate();
        Gate.Handle handle = gate.handle();
        for (int round = 0; round < 3; round++) {
            Pool pool = open(with(3).queue(2).whenFull(WhenFull.REJECT));
            for (int i = 0; i < 3 + 2; i++) {
                var _ = pool.submit(handle::await);
            }
            assertThatThrownBy(() -> pool.submit(() -> 6))
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessageContaining("all workers are busy")
                    .hasMessageContaining("2 tasks wait (the bound is 2)");
            assertThat(pool.stats().rejected()).isEqualTo(1);
        }
    }

    @Test
    default void aTaskThatIsCancelledBeforeItRanGivesItsPlaceBack() throws Exception {
        Gate gate = pools().gate();
        Pool pool = busy(2, WhenFull.REJECT, gate);
        for (int i = 0; i < 50; i++) {
            TaskFuture<Integer> first = pool.submit(() -> 1);
            TaskFuture<Integer> second = pool.submit(() -> 2);
            assertThatThrownBy(() -> pool.submit(() -> 3)).isInstanceOf(RejectedExecutionException.class);
            assertThat(second.cancel(i % 2 == 0)).isTrue();
            assertThat(first.cancel(false)).isTrue();
            assertThat(pool.stats().queued()).isZero();
        }
    }

    @Test
    default void blockWaitsForRoomAndThenGoesOn() throws Exception {
        Gate gate = pools().gate();
        Pool pool = busy(2, WhenFull.BLOCK, gate);
        var _ = pool.submit(() -> 1);
        var _ = pool.submit(() -> 2);
        BackgroundCall<TaskFuture<Integer>> submitter = BackgroundCall.ask(() -> pool.submit(() -> 3));
        assertThat(submitter.awaitParked().isDone()).isFalse();
        assertThat(pool.stats().queued()).isEqualTo(2);
        gate.open();
        assertThat(submitter.join().result()).isEqualTo(3);
    }

    @Test
    default void aCancellationLetsExactlyOneBlockedSubmitterIn() throws Exception {
        Gate gate = pools().gate();
        Pool pool = busy(1, WhenFull.BLOCK, gate);
        TaskFuture<Integer> queued = pool.submit(() -> 1);
        BackgroundCall<TaskFuture<Integer>> one = BackgroundCall.ask(() -> pool.submit(() -> 2));
        BackgroundCall<TaskFuture<Integer>> other = BackgroundCall.ask(() -> pool.submit(() -> 2));
        one.awaitParkedOrDone();
        other.awaitParkedOrDone();
        assertThat(queued.cancel(false)).isTrue();
        while (!one.isDone() && !other.isDone()) {
            Thread.onSpinWait();
        }
        assertThat(pool.stats().queued()).isEqualTo(1);
        assertThat((one.isDone() ? other : one).awaitParked().isDone()).isFalse();
        gate.open();
        assertThat(one.join().result() + other.join().result()).isEqualTo(4);
    }

    @Test
    default void anInterruptedSubmitterHasSubmittedNothing() throws Exception {
        Gate gate = pools().gate();
        Tally tally = pools().tally();
        Tally.Handle count = tally.handle();
        Pool pool = busy(1, WhenFull.BLOCK, gate);
        var _ = pool.submit(() -> count.note(1));
        BackgroundCall<Boolean> submitter = BackgroundCall.ask(() -> {
            assertThatThrownBy(() -> pool.submit(() -> count.note(2)))
                    .isInstanceOf(SubmitInterruptedException.class)
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessageContaining("interrupted")
                    .hasMessageContaining(pool.stats().name());
            return Thread.currentThread().isInterrupted();
        });
        submitter.awaitParked().interrupt();
        assertThat(submitter.join()).isTrue();
        assertThat(pool.stats().submitted()).isEqualTo(2);
        gate.open();
        pool.close();
        assertThat(tally.notes()).containsExactly(1);
    }

    @Test
    default void blockedSubmittersAreRejectedAtShutdown() throws Exception {
        Gate gate = pools().gate();
        Pool pool = busy(1, WhenFull.BLOCK, gate);
        TaskFuture<Integer> queued = pool.submit(() -> 1);
        List<BackgroundCall<TaskFuture<Integer>>> submitters = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            submitters.add(BackgroundCall.ask(() -> pool.submit(() -> 2)));
        }
        for (BackgroundCall<?> submitter : submitters) {
            submitter.awaitParked();
        }
        pool.shutdown();
        for (BackgroundCall<?> submitter : submitters) {
            assertThatThrownBy(submitter::join).isInstanceOf(RejectedExecutionException.class);
        }
        gate.open();
        assertThat(queued.result()).isEqualTo(1);
    }

    @Test
    default void callerRunsRunsItOnTheCallerWhenThereIsNoRoom() throws Exception {
        Gate gate = pools().gate();
        Pool pool = busy(1, WhenFull.CALLER_RUNS, gate);
        TaskFuture<Integer> queued = pool.submit(() -> 1);
        TaskFuture<Integer> here = pool.submit(() -> 2);
        assertThat(here.isDone()).isTrue();
        assertThat(here.result()).isEqualTo(2);
        assertThat(queued.isPending()).isTrue();
        TaskFuture<?> failing = pool.submit(() -> {
            throw new IllegalStateException("here");
        });
        assertThat(failing.exception()).isInstanceOf(IllegalStateException.class);
        gate.open();
        assertThat(queued.result()).isEqualTo(1);
    }

    @Test
    default void callerRunsLeavesTheInterruptOfItsCallerAlone() throws Exception {
        Gate gate = pools().gate();
        Pool pool = busy(1, WhenFull.CALLER_RUNS, gate);
        var _ = pool.submit(() -> 1);
        Thread.currentThread().interrupt();
        TaskFuture<Integer> here = pool.submit(() -> 2);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(here.result()).isEqualTo(2);
    }

    @Test
    @Scenario(180)
    default void aTaskMayAlwaysSubmitToItsOwnPool() {
        assumeTrue(sharesMemory() && runsElsewhere(), "the task takes its pool along");
        for (WhenFull whenFull : WhenFull.values()) {
            Pool pool = open(with(1).queue(1).whenFull(whenFull));
            List<TaskFuture<Integer>> children = pool.submit(() -> {
                        List<TaskFuture<Integer>> submitted = new ArrayList<>();
                        for (int i = 0; i < 10; i++) {
                            submitted.add(pool.submit(n -> n, i));
                        }
                        return submitted;
                    })
                    .result();
            for (int i = 0; i < 10; i++) {
                assertThat(children.get(i).result()).isEqualTo(i);
            }
        }
    }

    @Test
    default void higherPriorityBeginsFirstAndEqualsInOrderOfSubmission() throws Exception {
        Gate gate = pools().gate();
        Tally tally = pools().tally();
        Tally.Handle count = tally.handle();
        Pool pool = busy(100, WhenFull.BLOCK, gate);
        int[] priorities = {0, 5, -1, 5, 0, Integer.MAX_VALUE, Integer.MIN_VALUE};
        for (int i = 0; i < priorities.length; i++) {
            int number = i;
            var _ = pool.priority(priorities[i]).submit(() -> count.note(number));
        }
        gate.open();
        pool.close();
        assertThat(tally.notes()).containsExactly(5, 1, 3, 0, 4, 2, 6);
    }

    @Test
    default void theElementsOfAMapDoNotUseUpTheBound() throws Exception {
        Gate gate = pools().gate();
        Pool pool = busy(1, WhenFull.REJECT, gate);
        dev.pando.Fn<Integer, Integer> same = n -> n;
        BackgroundCall<List<Integer>> reader = BackgroundCall.ask(
                () -> pool.mapping(same).chunk(1).over(List.of(1, 2, 3, 4)).toList());
        while (pool.stats().queued() < 4) {
            Thread.onSpinWait();
        }
        gate.open();
        assertThat(reader.join()).containsExactly(1, 2, 3, 4);
    }
}
