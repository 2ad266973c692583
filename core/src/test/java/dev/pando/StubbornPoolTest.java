package dev.pando;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a pool that cannot close says about the reason: the truth, and never nothing. */
class StubbornPoolTest {
    private final Stage stage = new Stage();

    @Test
    void aTaskThatRunsIsNamedWithItsWorker() {
        TaskCell<Object> task = stage.task();
        assertThat(task.begin(stage.pool.arrive("w1", null))).isEqualTo(1);
        assertThat(stage.pool.shutdown().stubborn()).contains(task.name()).contains("w1").contains("cannot be killed");
    }

    @Test
    void aCallbackThatRunsIsNoTask() {
        stage.pool.beginErrand();
        assertThat(stage.pool.shutdown().stubborn()).contains("no task runs").contains("1 callbacks").doesNotContain("killed");
    }

    @Test
    void aTaskThatNoWorkerComesForIsCounted() {
        var _ = stage.pool.intake().accept(stage.task().terms(), () -> "value");
        assertThat(stage.pool.shutdown().stubborn()).contains("no task runs").contains("1 in the queue").doesNotContain("killed");
    }

    @Test
    void aWorkerThatStaysIsNamed() {
        stage.pool.arrive("w1", null);
        assertThat(stage.pool.shutdown().stubborn()).contains("no task runs").contains("w1");
    }

    @Test
    void anEngineThatDoesNotEndIsNamed() {
        assertThat(stage.pool.shutdown().stubborn()).contains("no worker is left").contains("has not reported its end");
    }

    @Test
    void anErrandWithoutAThreadRunsWhereItIs() {
        AtomicInteger ran = new AtomicInteger();
        new PoolErrands(body -> {
            throw new OutOfMemoryError("injected");
        }).run(ran::incrementAndGet);
        assertThat(ran).hasValue(1);
    }
}
