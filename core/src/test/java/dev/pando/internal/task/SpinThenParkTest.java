package dev.pando.internal.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.internal.pool.WorkerlessPool;
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
class SpinThenParkTest {
    private static final long LONG = Long.MAX_VALUE / 2;
    private static final Duration BOUND = Duration.ofSeconds(30);

    private final WorkerlessPool workerlessPool = new WorkerlessPool();
    private final TaskCell<Object> task = workerlessPool.task();
    private Thread waiter;

    private <T> FutureTask<T> waits(Callable<T> how) {
        FutureTask<T> told = new FutureTask<>(how);
        waiter = Thread.ofPlatform().start(told);
        return told;
    }

    private static void await(BooleanSupplier what) {
        long end = System.nanoTime() + BOUND.toNanos();
        while (!what.getAsBoolean()) {
            assertThat(System.nanoTime() - end)
                    .as("nanoseconds beyond the bound")
                    .isNegative();
            Thread.onSpinWait();
        }
    }

    private boolean sleeps() {
        return waiter.getState() == Thread.State.WAITING || waiter.getState() == Thread.State.TIMED_WAITING;
    }

    @AfterEach
    void nobodyIsLeft() throws InterruptedException {
        if (waiter != null) {
            waiter.join();
        }
    }

    @Test
    void anAnswerThatComesWhileSomebodyLooksWakesNobody() throws Exception {
        workerlessPool.soon = LONG;
        int attempt = task.begin(workerlessPool.seat(null));
        FutureTask<Object> told = waits(task::get);
        await(() -> workerlessPool.asked.get() > 100);
        assertThat(sleeps()).isFalse();
        task.succeed(attempt, "soon");
        assertThat(told.get()).isEqualTo("soon");
    }

    @Test
    void itSleepsWhenTheTimeIsOverOrSomebodyElseHasCome() throws Exception {
        workerlessPool.soon = LONG;
        int attempt = task.begin(workerlessPool.seat(null));
        FutureTask<Object> told = waits(task::get);
        await(() -> workerlessPool.asked.get() > 100);
        workerlessPool.soon = 0;
        await(this::sleeps);
        task.succeed(attempt, "late");
        assertThat(told.get()).isEqualTo("late");
    }

    @Test
    void itSleepsAtOnceWhereNothingIsToBeExpected() throws Exception {
        int attempt = task.begin(workerlessPool.seat(null));
        FutureTask<Object> told = waits(task::get);
        await(this::sleeps);
        assertThat(workerlessPool.asked).hasValue(1);
        task.succeed(attempt, "later");
        assertThat(told.get()).isEqualTo("later");
    }

    @Test
    void noLongerThanItsOwnDeadline() {
        workerlessPool.soon = LONG;
        task.begin(workerlessPool.seat(null));
        assertThatThrownBy(() -> task.get(1, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
    }

    @Test
    void anInterruptMeanwhileIsNotLost() {
        workerlessPool.soon = LONG;
        task.begin(workerlessPool.seat(null));
        FutureTask<Object> told = waits(task::get);
        await(() -> workerlessPool.asked.get() > 100);
        waiter.interrupt();
        workerlessPool.soon = 0;
        assertThatThrownBy(told::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
    }

    @Test
    void whoWaitsForAThreadOfThisProgramDoesNotAsk() throws Exception {
        workerlessPool.soon = LONG;
        Thread worker = new Thread();
        int attempt = task.begin(workerlessPool.seat(worker));
        FutureTask<Object> told = waits(task::get);
        await(this::sleeps);
        assertThat(workerlessPool.asked).hasValue(0);
        task.succeed(attempt, "here");
        assertThat(told.get()).isEqualTo("here");
    }
}
