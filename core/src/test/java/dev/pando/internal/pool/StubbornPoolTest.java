package dev.pando.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.task.TaskCell;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a pool that cannot close says about the reason: the truth, and never nothing. */
class StubbornPoolTest {
    private final WorkerlessPool workerlessPool = new WorkerlessPool();

    @Test
    void aTaskThatRunsIsNamedWithItsWorker() {
        TaskCell<Object> task = workerlessPool.task();
        assertThat(task.begin(workerlessPool.pool.arrive("w1", null))).isEqualTo(1);
        assertThat(workerlessPool.pool.shutdown().stubborn())
                .contains(task.name())
                .contains("w1")
                .contains("cannot be killed");
    }

    @Test
    void aCallbackThatRunsIsNoTask() {
        workerlessPool.pool.beginErrand();
        assertThat(workerlessPool.pool.shutdown().stubborn())
                .contains("no task runs")
                .contains("1 callbacks")
                .doesNotContain("killed");
    }

    @Test
    void aTaskThatNoWorkerComesForIsCounted() {
        var _ = workerlessPool.pool.intake().accept(workerlessPool.task().options(), () -> "value");
        assertThat(workerlessPool.pool.shutdown().stubborn())
                .contains("no task runs")
                .contains("1 in the queue")
                .doesNotContain("killed");
    }

    @Test
    void aWorkerThatStaysIsNamed() {
        workerlessPool.pool.arrive("w1", null);
        assertThat(workerlessPool.pool.shutdown().stubborn())
                .contains("no task runs")
                .contains("w1");
    }

    @Test
    void anEngineThatDoesNotEndIsNamed() {
        assertThat(workerlessPool.pool.shutdown().stubborn())
                .contains("no worker is left")
                .contains("has not reported its end");
    }

    @Test
    void anErrandWithoutAThreadRunsWhereItIs() {
        AtomicInteger ran = new AtomicInteger();
        TaskCell<Object> ended = workerlessPool.task();
        ended.onDone(done -> ran.incrementAndGet());
        workerlessPool.pool.beginErrand();
        new PoolErrands(body -> {
                    throw new OutOfMemoryError("injected");
                })
                .announce(workerlessPool.pool, ended, null);
        assertThat(ran).hasValue(1);
    }
}
