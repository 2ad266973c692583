package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.NotSendableException;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.TaskTimeoutException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A misfortune while a result is unpacked, which happens in this JVM on the thread that serves the worker, and costs
 * that result. What would end a worker would end this JVM here: {@code Processes.accept} says which classes are let in.
 */
class DecodeResultPhaseTest extends FailureMatrix {
    private static final CountDownLatch UNPACKING = new CountDownLatch(2);
    private static final CountDownLatch LATE = new CountDownLatch(1);

    private void assertTold(Task<?> task, Class<? extends Throwable> thrown, String message) throws Exception {
        Set<Long> before = whole();
        TaskFuture<?> doomed = ordeal(pool -> pool.submit(task));
        assertThat(doomed.exception())
                .isInstanceOfSatisfying(
                        NotSendableException.class,
                        refused -> assertThat(refused.isResult()).isTrue())
                .hasMessageContaining(message)
                .hasCauseInstanceOf(thrown);
        assertThat(whole()).as("workers afterwards").isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("dev.pando.testkit.WorkerPhase#throwables")
    void whatIsThrownCostsThatResult(Throwable thrown) throws Exception {
        assertTold(Chaos.throwing(thrown).whileUnpackingResult(), thrown.getClass(), thrown.getMessage());
    }

    @Test
    void stackOverflowCostsThatResult() throws Exception {
        Task<StrikingTask> task = () -> new StrikingTask(Chaos.stack(), StrikingTask.Moment.READ);
        assertTold(task, StackOverflowError.class, "StackOverflowError");
    }

    @Test
    void exhaustedHeapCostsThatResult() throws Exception {
        assertTold(
                Chaos.throwing(new OutOfMemoryError("as if")).whileUnpackingResult(), OutOfMemoryError.class, "as if");
    }

    @Test
    void fullDiskCostsThatResult() throws Exception {
        Task<StrikingTask> task = () -> new StrikingTask(Chaos.disk(), StrikingTask.Moment.READ);
        assertTold(task, IOException.class, "No space left on device");
    }

    @Test
    void misfortunesOfThisJvmAreNotOffered() {
        assertThatThrownBy(() -> Chaos.exit(1).whileUnpackingResult()).isInstanceOf(IllegalStateException.class);
    }

    /** The unpacking thread cannot be stopped. All else goes on, and the task ends by its timeout or a cancellation. */
    @Test
    void resultThatIsUnpackedForEverHoldsUpNobodyElse() throws Exception {
        TaskFuture<Serializable> timed = pool.timeout(LIMIT).submit(() -> new Slow());
        TaskFuture<Serializable> cancelled = pool.submit(() -> new Slow());
        TaskFuture<Integer> behind = pool.submit(() -> 5);
        UNPACKING.await();
        timer.advance(LIMIT.plus(Duration.ofSeconds(1)));
        assertThat(timed.exception()).isInstanceOf(TaskTimeoutException.class);
        assertThat(cancelled.cancel(true)).isTrue();
        assertThat(behind.result()).isEqualTo(5);
        assertThat(whole()).hasSize(WIDTH);
        LATE.countDown();
    }

    private static final class Slow implements Serializable {
        private static final long serialVersionUID = 1L;

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            UNPACKING.countDown();
            boolean interrupted = false;
            while (true) {
                try {
                    LATE.await();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
