package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.DeadlineExceededException;
import dev.pando.Promise;
import dev.pando.TaskFailedException;
import dev.pando.TaskFuture;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future.State;
import org.junit.jupiter.api.Test;

/** Futures made by hand. A test can bring about every state here, so the tables of states are here. */
class PromiseTest {
    private final Promise<Integer> promise = new Promise<>();
    private final TaskFuture<Integer> future = promise.future();
    private final List<String> calls = new ArrayList<>();

    @Test
    @Scenario({9, 15, 16, 17, 18})
    void promiseIsPendingUntilItIsMarkedAsRunning() {
        assertStates(true, false, false, false, State.RUNNING, "TaskFuture[promise, pending]");
        assertThatThrownBy(() -> future.result(Duration.ZERO)).isInstanceOf(DeadlineExceededException.class);
        assertThat(promise.markRunning()).isTrue();
        assertStates(false, true, false, false, State.RUNNING, "TaskFuture[promise, running]");
        assertThatThrownBy(() -> future.exception(Duration.ZERO)).isInstanceOf(DeadlineExceededException.class);
        assertThat(future.cancel(false)).isFalse();
        promise.complete(5);
        assertStates(false, false, true, false, State.SUCCESS, "TaskFuture[promise, returned Integer]");
    }

    @Test
    @Scenario({2, 6, 9, 14, 20, 23})
    void brokenPromiseFailsAsATaskDoes() {
        IOException error = new IOException("no luck");
        var _ = future.onDone(done -> calls.add("before " + done.exceptionNow().getMessage()));
        promise.fail(error);
        var _ = future.onDone(done -> calls.add("after " + done.exceptionNow().getMessage()));

        assertThat(calls).containsExactly("before no luck", "after no luck");
        assertThat(future.exception()).isSameAs(error);
        assertThatThrownBy(future::result)
                .isInstanceOf(TaskFailedException.class)
                .cause()
                .isSameAs(error);
        assertThat(future.cancel(false)).isFalse();
        assertThat(future.cancel(true)).isFalse();
        assertStates(false, false, true, false, State.FAILED, "TaskFuture[promise, raised IOException]");
    }

    @Test
    @Scenario({3, 7, 9, 10, 12, 13, 19, 28, 29, 31})
    void cancelledPromiseStaysCancelledAndItsMakerIsToldSo() {
        var _ = future.onDone(done -> calls.add("before " + done.isCancelled()));
        assertThat(future.cancel(false)).isTrue();
        assertThat(future.cancel(true)).isTrue();
        var _ = future.onDone(done -> calls.add("after " + done.isCancelled()));

        assertThat(promise.markRunning()).as("may begin").isFalse();
        assertThat(promise.markRunning()).as("may begin, asked again").isFalse();
        assertThat(future.cancel(false))
                .as("cancel, after the maker of the promise knows")
                .isTrue();
        assertThatThrownBy(() -> promise.complete(5))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cancelled");
        assertThatThrownBy(() -> promise.fail(new IOException())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> future.result(Duration.ZERO)).isInstanceOf(CancellationException.class);
        assertThat(calls).containsExactly("before true", "after true");
        assertStates(false, false, true, true, State.CANCELLED, "TaskFuture[promise, cancelled]");
    }

    private void assertStates(
            boolean pending, boolean running, boolean done, boolean cancelled, State state, String text) {
        assertThat(future.isPending()).as("pending").isEqualTo(pending);
        assertThat(future.isRunning()).as("running").isEqualTo(running);
        assertThat(future.isDone()).as("done").isEqualTo(done);
        assertThat(future.isCancelled()).as("cancelled").isEqualTo(cancelled);
        assertThat(future.state()).isEqualTo(state);
        assertThat(future).hasToString(text);
    }

    @Test
    void promiseThatRunsIsCancelledByTheInterruptingCancel() {
        assertThat(promise.markRunning()).isTrue();
        assertThat(future.cancel(true)).isTrue();
        assertThatThrownBy(() -> promise.complete(5)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(future::result).isInstanceOf(CancellationException.class);
    }

    @Test
    @Scenario({1, 5, 25, 26, 30})
    void secondEndIsRefusedAndTheFirstStays() {
        var _ = future.onDone(done -> calls.add("before " + done.result()));
        promise.complete(5);
        var _ = future.onDone(done -> calls.add("after " + done.result()));

        assertThatThrownBy(() -> promise.complete(6))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("returned Integer");
        assertThatThrownBy(() -> promise.fail(new IOException())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(promise::markRunning).isInstanceOf(IllegalStateException.class);
        assertThat(future.result()).isEqualTo(5);
        assertThat(calls).containsExactly("before 5", "after 5");
    }

    @Test
    @Scenario({26, 30})
    void secondFailureIsRefusedAndSoIsASecondBeginning() {
        assertThat(promise.markRunning()).isTrue();
        assertThatThrownBy(promise::markRunning).isInstanceOf(IllegalStateException.class);
        IOException first = new IOException("first");
        promise.fail(first);
        assertThatThrownBy(() -> promise.fail(new IOException("second"))).isInstanceOf(IllegalStateException.class);
        assertThat(future.exception()).isSameAs(first);
    }

    @Test
    void failureMustBeGiven() {
        assertThatThrownBy(() -> promise.fail(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("thrown");
        assertThat(future.isDone()).isFalse();
    }

    @Test
    @Scenario({21, 22, 24})
    void whoeverWaitsIsWokenByEveryKindOfEnd() throws Exception {
        BackgroundCall<Integer> value =
                BackgroundCall.ask(() -> future.result(Duration.ofDays(1))).awaitParked();
        promise.complete(42);
        assertThat(value.join()).isEqualTo(42);

        Promise<Integer> broken = new Promise<>();
        BackgroundCall<Throwable> error =
                BackgroundCall.ask(broken.future()::exception).awaitParked();
        IOException thrown = new IOException();
        broken.fail(thrown);
        assertThat(error.join()).isSameAs(thrown);

        TaskFuture<Integer> cancelled = new Promise<Integer>().future();
        BackgroundCall<Integer> nothing = BackgroundCall.ask(cancelled::result).awaitParked();
        assertThat(cancelled.cancel(false)).isTrue();
        assertThatThrownBy(nothing::join).isInstanceOf(CancellationException.class);
    }

    @Test
    @Scenario(27)
    void fourWhoLookSeeTheSameEndAndNoneSeesHalfOfIt() throws Exception {
        for (int round = 0; round < 50; round++) {
            Promise<Integer> made = new Promise<>();
            TaskFuture<Integer> seen = made.future();
            List<BackgroundCall<Boolean>> lookers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                lookers.add(BackgroundCall.ask(() -> {
                    while (!seen.isDone()) {
                        Thread.onSpinWait();
                    }
                    boolean same = true;
                    for (int look = 0; look < 1_000; look++) {
                        same &= seen.state() == State.SUCCESS
                                && seen.resultNow() == 7
                                && !seen.isCancelled()
                                && seen.exception() == null;
                    }
                    return same;
                }));
            }
            made.complete(7);
            for (BackgroundCall<Boolean> looker : lookers) {
                assertThat(looker.join()).isTrue();
            }
        }
    }

    @Test
    @Scenario({25, 28})
    void ofManyWhoEndAPromiseOneWins() throws Exception {
        for (int round = 0; round < 300; round++) {
            Promise<Integer> made = new Promise<>();
            List<BackgroundCall<Boolean>> racers = List.of(
                    BackgroundCall.ask(() -> wins(() -> made.complete(1))),
                    BackgroundCall.ask(() -> wins(() -> made.fail(new IOException()))),
                    BackgroundCall.ask(() -> made.future().cancel(false)));
            int winners = 0;
            for (BackgroundCall<Boolean> racer : racers) {
                if (racer.join()) {
                    winners++;
                }
            }
            assertThat(winners).isEqualTo(1);
        }
    }

    private static boolean wins(Runnable end) {
        try {
            end.run();
            return true;
        } catch (IllegalStateException late) {
            return false;
        }
    }

    @Test
    void readyFuturesAreDoneFromTheStart() throws Exception {
        IOException error = new IOException();
        assertThat(TaskFuture.of(7).get()).isEqualTo(7);
        assertThat(TaskFuture.of(null).state()).isEqualTo(State.SUCCESS);
        assertThat(TaskFuture.failed(error).exceptionNow()).isSameAs(error);
        assertThat(TaskFuture.of(7).cancel(true)).isFalse();
        assertThatThrownBy(() -> TaskFuture.failed(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("thrown");
        assertThatThrownBy(() -> future.onDone(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("callback");
    }
}
