package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pando.DeadlineExceededException;
import dev.pando.Pool;
import dev.pando.TaskFailedException;
import dev.pando.TaskFuture;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future.State;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a future answers in each state of its task, to callers that look and to callers that wait. */
public interface FutureContract extends Subject {

    @Test
    @Scenario({16, 17, 20, 23})
    default void everyQuestionGivesTheValueOfATaskThatSucceeded() throws Exception {
        TaskFuture<String> task = open(1).submit(() -> "value");

        assertThat(task.result()).isEqualTo("value");
        assertThat(task.result(Duration.ZERO)).isEqualTo("value");
        assertThat(task.get()).isEqualTo("value");
        assertThat(task.get(0, TimeUnit.SECONDS)).isEqualTo("value");
        assertThat(task.resultNow()).isEqualTo("value");
        assertThat(task.exception()).isNull();
        assertThat(task.exception(Duration.ZERO)).isNull();
        assertThat(task.state()).isEqualTo(State.SUCCESS);
        assertThatThrownBy(task::exceptionNow)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("did not fail");
        assertThat(task.isDone()).isTrue();
        assertThat(task.isCancelled()).isFalse();
        assertThat(task.isRunning()).isFalse();
        assertThat(task.isPending()).isFalse();
    }

    @Test
    @Scenario({16, 17, 20, 23})
    default void everyQuestionGivesTheErrorOfATaskThatThrew() {
        TaskFuture<String> task = open(1).submit(() -> {
            throw new IOException("no such page");
        });

        Throwable thrown = task.exception();
        assertThat(thrown).isExactlyInstanceOf(IOException.class).hasMessage("no such page");
        assertThat(task.exception(Duration.ZERO)).isSameAs(thrown);
        assertThat(task.exceptionNow()).isSameAs(thrown);
        assertThatThrownBy(task::result)
                .isExactlyInstanceOf(TaskFailedException.class)
                .cause()
                .isSameAs(thrown);
        assertThatThrownBy(() -> task.result(Duration.ZERO))
                .isExactlyInstanceOf(TaskFailedException.class)
                .cause()
                .isSameAs(thrown);
        assertThatThrownBy(task::get)
                .isExactlyInstanceOf(ExecutionException.class)
                .cause()
                .isSameAs(thrown);
        assertThatThrownBy(() -> task.get(0, TimeUnit.SECONDS))
                .isExactlyInstanceOf(ExecutionException.class)
                .cause()
                .isSameAs(thrown);
        assertThatThrownBy(task::resultNow)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("failed");
        assertThat(task.state()).isEqualTo(State.FAILED);
        assertThat(task.isDone()).isTrue();
        assertThat(task.isCancelled()).isFalse();
        assertThat(task.isRunning()).isFalse();
        assertThat(task.isPending()).isFalse();
    }

    @Test
    @Scenario({16, 17, 18, 23, 34})
    default void questionsAboutARunningTaskRunOutAndLeaveItAlone() throws Exception {
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        Gate gate = pools().gate();
        TaskFuture<Integer> task = open(1).submit(gate.handle()::pass, 7);
        gate.awaitArrivals(1);
        while (task.isPending()) {
            Thread.onSpinWait(); // a remote start may be reported after the arrival
        }

        assertThat(task.isRunning()).isTrue();
        assertNotDone(task);
        gate.open();
        assertThat(task.result()).isEqualTo(7);
    }

    @Test
    @Scenario({16, 17, 18, 23, 34})
    default void questionsAboutATaskInLineRunOutAndLeaveItAlone() throws Exception {
        assumeTrue(runsElsewhere() && isBounded(), "no task waits in line");
        Gate gate = pools().gate();
        Pool pool = open(1);
        TaskFuture<Integer> first = pool.submit(gate.handle()::pass, 1);
        gate.awaitArrivals(1);
        TaskFuture<Integer> task = pool.submit(() -> 7);

        assertThat(task.isRunning()).isFalse();
        assertThat(task.isPending()).isTrue();
        assertNotDone(task);
        gate.open();
        assertThat(task.result()).isEqualTo(7);
        assertThat(first.isDone()).isTrue();
    }

    private static void assertNotDone(TaskFuture<?> task) {
        for (Duration none :
                new Duration[] {Duration.ZERO, Duration.ofSeconds(-1), Duration.ofSeconds(Long.MIN_VALUE)}) {
            assertThatThrownBy(() -> task.result(none)).isInstanceOf(DeadlineExceededException.class);
            assertThatThrownBy(() -> task.exception(none)).isInstanceOf(DeadlineExceededException.class);
        }
        assertThatThrownBy(() -> task.result(Duration.ofMillis(1))).isInstanceOf(DeadlineExceededException.class);
        assertThatThrownBy(() -> task.get(0, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
        assertThatThrownBy(() -> task.get(-5, TimeUnit.DAYS)).isInstanceOf(TimeoutException.class);
        assertThatThrownBy(() -> task.get(Long.MIN_VALUE, TimeUnit.DAYS)).isInstanceOf(TimeoutException.class);
        assertThatThrownBy(() -> task.get(1, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        assertThatThrownBy(task::resultNow)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not done");
        assertThatThrownBy(task::exceptionNow).isInstanceOf(IllegalStateException.class);
        assertThat(task.state()).isEqualTo(State.RUNNING);
        assertThat(task.isDone()).isFalse();
        assertThat(task.isCancelled()).isFalse();
    }

    @Test
    @Scenario(21)
    default void everybodyWhoWaitsGetsTheValue() throws Exception {
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        Gate gate = pools().gate();
        TaskFuture<Integer> task = open(1).submit(gate.handle()::pass, 42);
        BackgroundCall<Integer> forEver = BackgroundCall.ask(task::result).awaitParked();
        BackgroundCall<Integer> forLong =
                BackgroundCall.ask(() -> task.result(Duration.ofDays(1))).awaitParked();
        BackgroundCall<Integer> asFuture = BackgroundCall.ask(task::get).awaitParked();
        BackgroundCall<Integer> asFutureForLong = BackgroundCall.ask(() -> task.get(Long.MAX_VALUE, TimeUnit.DAYS))
                .awaitParked();
        BackgroundCall<@Nullable Throwable> forAnError =
                BackgroundCall.<@Nullable Throwable>ask(task::exception).awaitParked();
        gate.open();

        assertThat(forEver.join()).isEqualTo(42);
        assertThat(forLong.join()).isEqualTo(42);
        assertThat(asFuture.join()).isEqualTo(42);
        assertThat(asFutureForLong.join()).isEqualTo(42);
        assertThat(forAnError.join()).isNull();
    }

    @Test
    @Scenario(24)
    default void everybodyWhoWaitsGetsTheError() throws Exception {
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        Gate gate = pools().gate();
        Gate.Handle here = gate.handle();
        TaskFuture<Integer> task = open(1).submit(() -> {
            here.await();
            throw new IOException("gone");
        });
        BackgroundCall<Integer> value = BackgroundCall.ask(task::result).awaitParked();
        BackgroundCall<@Nullable Throwable> error =
                BackgroundCall.<@Nullable Throwable>ask(task::exception).awaitParked();
        gate.open();

        assertThatThrownBy(value::join).isInstanceOf(TaskFailedException.class).hasCauseInstanceOf(IOException.class);
        assertThat(error.join()).isInstanceOf(IOException.class).hasMessage("gone");
    }

    @Test
    @Scenario(36)
    default void eachQuestionThrowsAWrapperOfItsOwnAndTheCauseStaysAsItWas() {
        TaskFuture<Integer> task = open(1).submit(() -> Integer.parseInt("x"));
        Throwable cause = task.exception();
        assertThat(cause).isInstanceOf(NumberFormatException.class);
        int depth = cause == null ? 0 : cause.getStackTrace().length;

        Throwable first = thrownBy(task::get);
        Throwable second = thrownBy(task::get);
        Throwable third = thrownBy(task::result);
        Throwable fourth = thrownBy(task::result);
        assertThat(first).isNotSameAs(second);
        assertThat(third).isNotSameAs(fourth);
        assertThat(new Throwable[] {first.getCause(), second.getCause(), third.getCause(), fourth.getCause()})
                .allMatch(it -> it == cause);
        assertThat(depth).isPositive();
        assertThat(cause == null ? 0 : cause.getStackTrace().length).isEqualTo(depth);
        assertThat(cause).hasNoSuppressedExceptions();
        assertThat(third.getStackTrace()[0].toString()).as("first frame").contains("dev.pando");
    }

    @SuppressWarnings("FunctionalInterfaceClash") // only AssertJ's is meant
    private static Throwable thrownBy(org.assertj.core.api.ThrowableAssert.ThrowingCallable question) {
        return java.util.Objects.requireNonNull(org.assertj.core.api.Assertions.catchThrowable(question));
    }

    @Test
    @Scenario(35)
    default void nullIsAValue() throws Exception {
        TaskFuture<@Nullable String> task = open(1).<@Nullable String>submit(() -> null);

        assertThat(task.result()).isNull();
        assertThat(task.get()).isNull();
        assertThat(task.resultNow()).isNull();
        assertThat(task.exception()).isNull();
        assertThat(task.state()).isEqualTo(State.SUCCESS);
    }

    @Test
    default void interruptOfAWaiterSurfacesAndKeepsTheFlagAndTheTaskGoesOn() throws Exception {
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        Gate gate = pools().gate();
        TaskFuture<Integer> task = open(1).submit(gate.handle()::pass, 7);
        BackgroundCall<Boolean> value = BackgroundCall.ask(() -> cancelledWithTheFlagSet(task::result));
        BackgroundCall<Boolean> valueInTime =
                BackgroundCall.ask(() -> cancelledWithTheFlagSet(() -> task.result(Duration.ofDays(1))));
        BackgroundCall<Boolean> error = BackgroundCall.ask(() -> cancelledWithTheFlagSet(task::exception));
        BackgroundCall<Integer> asFuture = BackgroundCall.ask(task::get);
        for (BackgroundCall<?> waiter : new BackgroundCall<?>[] {value, valueInTime, error, asFuture}) {
            waiter.awaitParked().interrupt();
        }

        assertThat(value.join()).isTrue();
        assertThat(valueInTime.join()).isTrue();
        assertThat(error.join()).isTrue();
        assertThatThrownBy(asFuture::join).isInstanceOf(InterruptedException.class);
        assertThat(task.isDone()).isFalse();
        gate.open();
        assertThat(task.result()).isEqualTo(7);
    }

    private static boolean cancelledWithTheFlagSet(org.assertj.core.api.ThrowableAssert.ThrowingCallable question) {
        assertThat(thrownBy(question))
                .isInstanceOf(java.util.concurrent.CancellationException.class)
                .hasMessageContaining("interrupted");
        return Thread.interrupted();
    }

    @Test
    default void doneTaskAnswersAlsoToAThreadThatIsInterrupted() throws Exception {
        TaskFuture<Integer> task = open(1).submit(() -> 7);
        assertThat(task.result()).isEqualTo(7);
        Thread.currentThread().interrupt();

        assertThat(task.result()).isEqualTo(7);
        assertThat(task.result(Duration.ofDays(1))).isEqualTo(7);
        assertThat(task.get()).isEqualTo(7);
        assertThat(task.exception()).isNull();
        assertThat(Thread.interrupted()).as("the flag").isTrue();
    }
}
