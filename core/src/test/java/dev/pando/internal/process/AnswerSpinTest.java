package dev.pando.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.process.handle.FakeWorker;
import dev.pando.internal.process.handle.WorkerHandle;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When spinning for an answer pays: not if another worker needs the processor. */
class AnswerSpinTest {
    private final FakeWorker worker = new FakeWorker();
    private final FakeWorker other = new FakeWorker();
    private final List<WorkerHandle> workers = new ArrayList<>();
    private int processors = 2;

    @BeforeEach
    void atWork() {
        worker.ready();
        workers.add(worker.handle);
        for (int i = 0; i < 100; i++) {
            worker.handle.spin.answered(20_000);
        }
        worker.submit("a");
        worker.handle.feed(0);
    }

    @AfterEach
    void close() {
        worker.close();
        other.close();
    }

    private long soon() {
        return ProcessEngine.soon(worker, workers.toArray(WorkerHandle[]::new), processors);
    }

    @Test
    void oneTaskAloneAndAProcessorForWhoLooks() {
        assertThat(soon()).isBetween(38_000L, 42_000L);
    }

    @Test
    void notWithASingleProcessor() {
        processors = 1;
        assertThat(soon()).isZero();
    }

    @Test
    void notWhileOthersStandInLine() {
        assertThat(worker.engine.soon(worker)).as("no worker of its own").isZero();
        worker.submit("b");
        assertThat(worker.engine.soon(worker)).isZero();
    }

    @Test
    void notWhileAnotherWorkerNeedsTheProcessor() {
        workers.add(other.ready().handle);
        assertThat(soon()).as("it rests").isPositive();
        other.submit("b");
        other.handle.feed(0);
        assertThat(soon()).isZero();
        processors = 4;
        assertThat(soon()).isPositive();
    }

    @Test
    void notForAWorkerThatIsNoMore() {
        workers.clear();
        assertThat(soon()).isZero();
    }

    @Test
    void notWhereAnswersTakeLong() {
        worker.handle.spin.answered(10_000_000_000L);
        assertThat(soon()).isZero();
    }
}
