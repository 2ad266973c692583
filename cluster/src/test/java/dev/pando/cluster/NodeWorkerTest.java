package dev.pando.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.TaskProgress;
import dev.pando.Worker;
import dev.pando.local.Threads;
import dev.pando.process.Processes;
import dev.pando.spi.Backend;
import dev.pando.testkit.Gate;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a task on a node asks of its worker: the answers are the program's, and its pool is out of reach. */
@Tag("processes")
class NodeWorkerTest {
    /** How many tasks found out in time, in the JVM that asks. */
    private static final AtomicInteger UNWANTED = new AtomicInteger();

    static List<Backend> workers() {
        return List.of(Threads.of(1), Processes.of(1));
    }

    @ParameterizedTest
    @MethodSource("workers")
    void aTaskTellsAndAsksWhileItRuns(Backend workers) throws Exception {
        try (Pool pool = Pool.open(Cluster.local(workers));
                Gate gate = new Gate()) {
            Gate.Handle handle = gate.handle();
            CountDownLatch told = new CountDownLatch(1);
            TaskFuture<Integer> half = pool.submit(() -> {
                Worker.progress(0.1);
                Worker.progress(0.5, "half");
                return handle.pass(1);
            });
            var _ = half.onProgress(now -> {
                if (now.fraction() == 0.5) {
                    told.countDown();
                }
            });
            told.await();
            assertThat(half.isDone()).isFalse();
            assertThat(half.info().progress()).contains(new TaskProgress(0.5, "half"));
            gate.open();
            assertThat(half.result()).isEqualTo(1);

            int last = workers instanceof Processes ? 2 : 1; // a thread cannot be lost alone
            TaskFuture<String> named = pool.retries(1).submit(() -> diesBefore(last));
            assertThat(named.result()).isEqualTo(named.info().worker().orElseThrow() + " " + last);

            TaskFuture<Boolean> looks = pool.submit(NodeWorkerTest::untilUnwanted);
            var begun = new CountDownLatch(1);
            var _ = looks.onProgress(now -> begun.countDown());
            begun.await();
            assertThat(looks.cancel(true)).isTrue();
            assertThat(pool.submit(NodeWorkerTest::unwanted).result())
                    .as("the worker lives on, for the task ended itself")
                    .isEqualTo(1);
        }
    }

    private static int unwanted() {
        return UNWANTED.get();
    }

    private static String diesBefore(int last) {
        if (Worker.attempt() < last) {
            Runtime.getRuntime().halt(7);
        }
        return Worker.name() + " " + Worker.attempt();
    }

    private static boolean untilUnwanted() {
        UNWANTED.set(0);
        Worker.progress(0);
        while (!Worker.isStopping()) {
            Thread.onSpinWait();
        }
        UNWANTED.incrementAndGet();
        return true;
    }

    @Test
    void whatATaskCannotAskIsSaidAtOnce() {
        try (Pool pool = Pool.open(Cluster.local(Threads.of(1)))) {
            assertThat(pool.submit(() -> Worker.pool() == null).exception())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Worker.pool")
                    .hasMessageContaining("on another machine");
            assertThat(pool.submit(() -> Worker.call("name", 1) == null).exception())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Worker.call");
            assertThatThrownBy(pool::shared)
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("Cluster.local(Threads.of(1))")
                    .hasMessageContaining("can share nothing");
        }
    }
}
