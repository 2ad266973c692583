package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future.State;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a cancellation ends, and that all observers see the same end at once. */
public interface CancelContract extends Subject {

    @Test
    @Scenario({10, 12, 13, 15, 16, 17, 19, 23})
    default void taskInLineIsCancelledAtOnceAndNeverRuns() throws Exception {
        assumeTrue(runsElsewhere() && isBounded(), "no task waits in line");
        Gate gate = pools().gate();
        Tally tally = pools().tally();
        Tally.Handle notes = tally.handle();
        Pool pool = open(1);
        TaskFuture<Integer> first = pool.submit(gate.handle()::pass, 1);
        gate.awaitArrivals(1);
        TaskFuture<@Nullable Void> task = pool.submit(() -> notes.note(13));

        assertThat(task.cancel(false)).isTrue();
        assertCancelled(task);
        assertThat(task.cancel(false)).as("again").isTrue();
        assertThat(task.cancel(true)).as("and again").isTrue();
        assertCancelled(task);
        assertThat(task.info().attempts()).isZero();
        gate.open();
        assertThat(first.result()).isEqualTo(1);
        assertThat(pool.submit(() -> 2).result()).isEqualTo(2);
        assertThat(tally.notes()).isEmpty();
    }

    private static void assertCancelled(TaskFuture<?> task) {
        assertThat(task.isCancelled()).isTrue();
        assertThat(task.isDone()).isTrue();
        assertThat(task.isRunning()).isFalse();
        assertThat(task.isPending()).isFalse();
        assertThat(task.state()).isEqualTo(State.CANCELLED);
        assertThatThrownBy(task::result).isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> task.result(Duration.ZERO)).isInstanceOf(CancellationException.class);
        assertThatThrownBy(task::exception).isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> task.exception(Duration.ZERO)).isInstanceOf(CancellationException.class);
        assertThatThrownBy(task::get).isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> task.get(0, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
        assertThatThrownBy(task::resultNow).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(task::exceptionNow).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Scenario(11)
    default void runningTaskIsNotCancelledByTheGentleCancel() throws Exception {
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        Gate gate = pools().gate();
        TaskFuture<Integer> task = open(1).submit(gate.handle()::pass, 7);
        gate.awaitArrivals(1);
        while (task.isPending()) {
            Thread.onSpinWait();
        }

        assertThat(task.cancel(false)).isFalse();
        assertThat(task.isRunning()).isTrue();
        assertThat(task.isCancelled()).isFalse();
        gate.open();
        assertThat(task.result()).isEqualTo(7);
    }

    @Test
    @Scenario(14)
    default void doneTaskIsNotCancelled() {
        Pool pool = open(1);
        TaskFuture<Integer> value = pool.submit(() -> 1);
        TaskFuture<Integer> failure = pool.submit(() -> Integer.parseInt("x"));
        assertThat(value.result()).isEqualTo(1);
        assertThat(failure.exception()).isInstanceOf(NumberFormatException.class);
        for (TaskFuture<Integer> done : List.of(value, failure)) {
            assertThat(done.cancel(false)).isFalse();
            assertThat(done.cancel(true)).isFalse();
            assertThat(done.isCancelled()).isFalse();
        }
        assertThat(value.result()).isEqualTo(1);
        assertThat(failure.exception()).isInstanceOf(NumberFormatException.class);
    }

    @Test
    @Scenario({15, 16, 17, 19})
    default void interruptingCancelEndsARunningTaskAtOnceAndItsWorkerIsInterrupted() throws Exception {
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        Gate gate = pools().gate();
        Tally tally = pools().tally();
        Gate.Handle here = gate.handle();
        Tally.Handle notes = tally.handle();
        Pool pool = open(1);
        TaskFuture<Integer> task = pool.submit(() -> {
            try {
                here.await();
                return 1;
            } catch (InterruptedException e) {
                notes.note(1);
                return 2;
            }
        });
        gate.awaitArrivals(1);

        assertThat(task.cancel(true)).isTrue();
        assertCancelled(task);
        assertThat(tally.awaitNotes(1)).containsExactly(1);
        assertThat(task.cancel(false)).as("again").isTrue();
        assertThat(pool.submit(() -> 3).result()).isEqualTo(3);
        assertCancelled(task);
    }

    /** The task ignores its interrupt and stands at the second gate: it still runs while its future is done. */
    @Test
    default void workerTakesNewWorkOnlyWhenTheCancelledTaskIsOut() throws Exception {
        assumeTrue(runsElsewhere() && isBounded(), "no task waits for another's worker");
        Gate gate = pools().gate();
        Gate second = pools().gate();
        Tally tally = pools().tally();
        Gate.Handle here = gate.handle();
        Gate.Handle there = second.handle();
        Tally.Handle notes = tally.handle();
        Pool pool = open(1);
        TaskFuture<Integer> stubborn = pool.submit(() -> {
            try {
                here.await();
            } catch (InterruptedException e) {
                there.await();
            }
            notes.note(1);
            return 1;
        });
        gate.awaitArrivals(1);
        assertThat(stubborn.cancel(true)).isTrue();
        TaskFuture<@Nullable Void> next = pool.submit(() -> notes.note(2));
        second.awaitArrivals(1);

        assertThat(stubborn.isCancelled()).isTrue();
        assertThat(next.isPending()).isTrue();
        second.open();
        assertThat(next.result()).isNull();
        assertThat(tally.notes()).containsExactly(1, 2);
        assertThat(stubborn.isCancelled())
                .as("cancelled, whatever the task returns late")
                .isTrue();
    }

    @Test
    default void interruptNeverHitsTheNextTask() {
        raceInterrupts(this, 400);
    }

    @Test
    @Tag("full")
    default void interruptNeverHitsTheNextTaskInManyRounds() {
        raceInterrupts(this, 2_000);
    }

    /** The next task is queued already, so it begins on the same worker as soon as the cancelled task is out. */
    private static void raceInterrupts(CancelContract subject, int rounds) {
        assumeTrue(subject.runsElsewhere(), "submit returns when the task is done");
        Pool pool = subject.open(1);
        for (int i = 0; i < rounds; i++) {
            boolean endless = i % 4 == 0; // the others race with their own end
            TaskFuture<Integer> target = pool.submit(CancelContract::spin, endless ? Integer.MAX_VALUE : i % 400);
            TaskFuture<Boolean> next = pool.submit(CancelContract::seesAnInterrupt, 400);
            for (int pause = i % 71; pause > 0; pause--) {
                Thread.onSpinWait();
            }
            if ((i & 1) == 0) {
                while (target.isPending()) {
                    Thread.onSpinWait();
                }
            }
            boolean cancelled = target.cancel(true);

            assertThat(next.result())
                    .as("round %d: the next task was interrupted", i)
                    .isFalse();
            assertThat(target.isCancelled()).isEqualTo(cancelled);
            if (endless) {
                assertThat(cancelled).isTrue();
            } else if (!cancelled) {
                assertThat(target.result()).isEqualTo(i % 400);
            }
        }
    }

    private static int spin(int times) {
        boolean endless = times == Integer.MAX_VALUE;
        for (int i = 0; endless || i < times; i++) {
            if (endless && Thread.currentThread().isInterrupted()) {
                break;
            }
            Thread.onSpinWait();
        }
        return times;
    }

    private static boolean seesAnInterrupt(int looks) {
        boolean seen = false;
        for (int i = 0; i < looks; i++) {
            seen |= Thread.currentThread().isInterrupted();
        }
        return seen;
    }

    @Test
    @Scenario({3, 31})
    default void manyWhoCancelAllHearYesAndTheCallbacksRunOnce() throws Exception {
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        Pool pool = open(1);
        for (int round = 0; round < 100; round++) {
            Gate gate = pools().gate();
            AtomicInteger calls = new AtomicInteger();
            AtomicInteger cancelledCalls = new AtomicInteger();
            TaskFuture<Integer> task = pool.submit(gate.handle()::pass, round);
            var _ = task.onDone(done -> calls.incrementAndGet());
            var _ = task.onDone(done -> {
                if (done.isCancelled()) {
                    cancelledCalls.incrementAndGet();
                }
            });
            List<BackgroundCall<Boolean>> cancellers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                cancellers.add(BackgroundCall.ask(() -> task.cancel(true)));
            }
            for (BackgroundCall<Boolean> canceller : cancellers) {
                assertThat(canceller.join()).isTrue();
            }

            assertThat(calls).hasValue(1);
            assertThat(cancelledCalls).hasValue(1);
        }
    }

    @Test
    @Scenario(22)
    default void whoeverWaitsForACancelledTaskHearsOfItAtOnce() throws Exception {
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        Gate gate = pools().gate();
        TaskFuture<Integer> task = open(1).submit(gate.handle()::pass, 1);
        BackgroundCall<Integer> value = BackgroundCall.ask(task::result).awaitParked();
        BackgroundCall<Integer> valueInTime =
                BackgroundCall.ask(() -> task.get(1, TimeUnit.DAYS)).awaitParked();
        BackgroundCall<@Nullable Throwable> error =
                BackgroundCall.<@Nullable Throwable>ask(task::exception).awaitParked();
        gate.awaitArrivals(1);
        assertThat(task.cancel(true)).isTrue();

        assertThatThrownBy(value::join).isInstanceOf(CancellationException.class);
        assertThatThrownBy(valueInTime::join).isInstanceOf(CancellationException.class);
        assertThatThrownBy(error::join).isInstanceOf(CancellationException.class);
    }

    @Test
    default void cancelledTasksLeaveTheLineInOrderForTheOthers() throws Exception {
        assumeTrue(runsElsewhere() && isBounded(), "no task waits in line");
        Gate gate = pools().gate();
        Tally tally = pools().tally();
        Tally.Handle notes = tally.handle();
        Pool pool = open(1);
        TaskFuture<Integer> first = pool.submit(gate.handle()::pass, 1);
        gate.awaitArrivals(1);
        List<TaskFuture<@Nullable Void>> tasks = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int number = i;
            tasks.add(pool.submit(() -> notes.note(number)));
        }
        for (int i = 0; i < 200; i++) {
            if (i % 50 != 7) {
                assertThat(tasks.get(i).cancel(i % 2 == 0)).isTrue();
            }
        }
        gate.open();
        for (int i = 7; i < 200; i += 50) {
            assertThat(tasks.get(i).exception()).isNull();
        }

        assertThat(tally.notes()).containsExactly(7, 57, 107, 157);
        assertThat(first.result()).isEqualTo(1);
    }
}
