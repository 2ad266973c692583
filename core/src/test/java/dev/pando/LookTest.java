package dev.pando;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A thread that waits for a remote worker spins for the answer while the engine expects it soon, and then parks. */
class LookTest {
    private static final long LONG = Long.MAX_VALUE / 2;
    private static final Duration BOUND = Duration.ofSeconds(30);

    private final Stage stage = new Stage();
    private final TaskCell<Object> task = stage.task();
    private Thread waiter;

    private <T> FutureTask<T> waits(Callable<T> how) {
        FutureTask<T> told = new FutureTask<>(how);
        waiter = Thread.ofPlatform().start(told);
        return told;
    }

    private static void await(BooleanSupplier what) {
        long end = System.nanoTime() + BOUND.toNanos();
        while (!what.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("nanoseconds beyond the bound").isNegative();
            Thread.onSpinWait();
        }
    }

    private boolean sleeps() {
        return waiter.getState() == Thread.State.WAITING || waiter.getState() == Thread.State.TIMED_WAITING;
    }

    @AfterEach
    void nobodyIsLeft() throws InterruptedException {
        if (waiter != null) waiter.join();
    }

    @Test
    void anAnswerThatComesWhileSomebodyLooksWakesNobody() throws Exception {
        stage.soon = LONG;
        int attempt = task.begin(stage.seat(null));
        FutureTask<Object> told = waits(task::get);
        await(() -> stage.asked.get() > 100);
        assertThat(sleeps()).isFalse();
        task.succeed(attempt, "soon");
        assertThat(told.get()).isEqualTo("soon");
    }

    @Test
    void itSleepsWhenTheTimeIsOverOrSomebodyElseHasCome() throws Exception {
        stage.soon = LONG;
        int attempt = task.begin(stage.seat(null));
        FutureTask<Object> told = waits(task::get);
        await(() -> stage.asked.get() > 100);
        stage.soon = 0;
        await(this::sleeps);
        task.succeed(attempt, "late");
        assertThat(told.get()).isEqualTo("late");
    }

    @Test
    void itSleepsAtOnceWhereNothingIsToBeExpected() throws Exception {
        int attempt = task.begin(stage.seat(null));
        FutureTask<Object> told = waits(task::get);
        await(this::sleeps);
        assertThat(stage.asked).hasValue(1);
        task.succeed(attempt, "later");
        assertThat(told.get()).isEqualTo("later");
    }

    @Test
    void noLongerThanItsOwnDeadline() {
        stage.soon = LONG;
        task.begin(stage.seat(null));
        assertThatThrownBy(() -> task.get(1, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
    }

    @Test
    void anInterruptMeanwhileIsNotLost() {
        stage.soon = LONG;
        task.begin(stage.seat(null));
        FutureTask<Object> told = waits(task::get);
        await(() -> stage.asked.get() > 100);
        waiter.interrupt();
        stage.soon = 0;
        assertThatThrownBy(told::get).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(InterruptedException.class);
    }

    @Test
    void whoWaitsForAThreadOfThisProgramDoesNotAsk() throws Exception {
        stage.soon = LONG;
        Thread worker = new Thread();
        int attempt = task.begin(stage.seat(worker));
        FutureTask<Object> told = waits(task::get);
        await(this::sleeps);
        assertThat(stage.asked).hasValue(0);
        task.succeed(attempt, "here");
        assertThat(told.get()).isEqualTo("here");
    }
}
