package dev.pando.internal.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.TaskTimeoutException;
import dev.pando.WorkerLostException;
import dev.pando.internal.pool.WorkerlessPool;
import dev.pando.spi.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A cell between its worker, its deadline and its canceller, acted out on one stage. */
class TaskCellTest {
    private final WorkerlessPool workerlessPool = new WorkerlessPool();

    private static final class Worker extends Thread {
        final AtomicInteger interrupts = new AtomicInteger();
        Runnable onInterrupt = () -> {};

        @Override
        public void interrupt() {
            interrupts.incrementAndGet();
            onInterrupt.run();
        }
    }

    @Test
    void runningADoneTaskDoesNothing() {
        TaskCell<Object> task = workerlessPool.task();
        WorkerSeat seat = workerlessPool.seat(Thread.currentThread());
        task.run(seat);
        assertThat(task.resultNow()).isEqualTo("value");
        task.run(seat);
        assertThat(task.resultNow()).isEqualTo("value");
        assertThat(task.attempts()).isEqualTo(1);
        assertThat(seat.running).isNull();
        TaskCell<Object> cancelled = workerlessPool.task();
        cancelled.cancel(false);
        cancelled.run(seat);
        assertThat(cancelled.isCancelled()).isTrue();
    }

    @Test
    void whileOneTellsTheWorkerNobodyElseLetsItGo() throws Exception {
        TaskCell<Object> task = workerlessPool.task(1, 0);
        Worker worker = new Worker();
        task.begin(workerlessPool.seat(worker));
        List<String> unheld = new ArrayList<>();
        AtomicReference<Thread> canceller = new AtomicReference<>();
        worker.onInterrupt = () -> {
            if (canceller.compareAndSet(null, new Thread(() -> task.cancel(true)))) {
                canceller.get().start();
                long enough = System.nanoTime() + 50_000_000;
                while (!task.isCancelled() && System.nanoTime() < enough) {
                    Thread.onSpinWait();
                }
            }
            if (!task.stopping()) {
                unheld.add(Thread.currentThread().getName());
            }
        };
        task.expire(1);
        canceller.get().join();
        assertThat(task.isCancelled()).isTrue();
        assertThat(worker.interrupts).hasValue(2);
        assertThat(unheld).isEmpty();
    }

    @Test
    void aTaskThatIsTriedAgainIsNotCancelledOnItsFormerWorker() {
        TaskCell<Object> task = workerlessPool.task(1, 0);
        Worker first = new Worker();
        task.begin(workerlessPool.seat(first));
        task.expire(1);
        assertThat(first.interrupts).hasValue(1);
        task.fail(1, new Failure.Threw(new InterruptedException()));
        assertThat(task.isPending()).isTrue();
        assertThat(task.seat()).as("seat of a task that waits for its retry").isNull();
        Worker second = new Worker();
        assertThat(task.begin(workerlessPool.seat(second))).isEqualTo(2);
        task.cancel(true);
        assertThat(first.interrupts).hasValue(1);
        assertThat(second.interrupts).hasValue(1);
    }

    @Test
    void reportsOfAnEarlierAttemptChangeNothing() {
        TaskCell<Object> task = workerlessPool.task(3, 0);
        WorkerSeat seat = workerlessPool.seat(new Worker());
        task.begin(seat);
        task.expire(1);
        task.fail(1, new Failure.Threw(new InterruptedException()));
        task.begin(seat);
        assertThat(task.succeed(1, "late")).isFalse();
        assertThat(task.fail(1, new Failure.Threw(new Exception("late")))).isFalse();
        task.expire(1);
        task.graceOver(1);
        assertThat(task.isRunning()).isTrue();
        assertThat(seat.running).isSameAs(task);
        assertThat(task.succeed(2, "value")).isTrue();
        assertThat(task.resultNow()).isEqualTo("value");
        assertThat(seat.running).isNull();
    }

    @Test
    void anExpiredAttemptThatDoesNotGiveUpInTimeFails() {
        TaskCell<Object> task = workerlessPool.task(1, 0);
        WorkerSeat seat = workerlessPool.seat(new Worker());
        task.begin(seat);
        task.expire(1);
        assertThat(task.isRunning()).isTrue();
        task.graceOver(1);
        assertThat(task.exceptionNow()).isInstanceOf(TaskTimeoutException.class);
        assertThat(task.occupied()).isTrue();
        assertThat(task.succeed(1, "late")).isFalse();
        assertThat(task.occupied()).isFalse();
        assertThat(task.state()).isEqualTo(java.util.concurrent.Future.State.FAILED);
    }

    @Test
    void aLostWorkerIsRetriedAsOftenAsSaidAndThenTold() {
        TaskCell<Object> task = workerlessPool.task(2, 0);
        var lost = new Failure.Lost(Failure.Progress.MAY_HAVE_RUN, Failure.Death.of("it died", 1));
        for (int attempt = 1; attempt <= 2; attempt++) {
            assertThat(task.begin(workerlessPool.seat(new Worker()))).isEqualTo(attempt);
            assertThat(task.fail(attempt, lost)).isTrue();
            assertThat(task.isPending()).isTrue();
        }
        task.begin(workerlessPool.seat(new Worker()));
        task.fail(3, lost);
        assertThat(task.exceptionNow()).isInstanceOf(WorkerLostException.class).hasMessageContaining("3 attempts");
    }

    @Test
    void whoAwaitsTheWorkerOfACancelledTaskIsLetGoWhenItIsOut() throws Exception {
        TaskCell<Object> task = workerlessPool.task();
        task.begin(workerlessPool.seat(new Worker()));
        task.cancel(true);
        Thread watcher = Thread.ofPlatform().start(task::awaitVacant);
        while (watcher.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        task.succeed(1, "too late");
        assertThat(watcher.join(Duration.ofSeconds(30))).isTrue();
    }
}
