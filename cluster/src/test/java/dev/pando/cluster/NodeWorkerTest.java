package dev.pando.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.Pool;
import dev.pando.Sink;
import dev.pando.TaskFuture;
import dev.pando.TaskProgress;
import dev.pando.Worker;
import dev.pando.local.Threads;
import dev.pando.process.Processes;
import dev.pando.spi.Backend;
import dev.pando.testkit.Gate;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.ValueWrapper;

/** What a task on a node asks of its worker and its program; its pool is out of reach. */
@Tag("processes")
class NodeWorkerTest {
    /** How many tasks found out in time, in the JVM that asks. */
    private static final AtomicInteger UNWANTED = new AtomicInteger();

    /** The worker must live on, however long a busy machine holds up the end of a task that is to stop. */
    static List<Backend> workers() {
        return List.of(Threads.of(1), Processes.of(1).grace(Duration.ofMinutes(1)));
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

    /** A class of the program's, which no node has. */
    record Order(String what, int pieces) implements Serializable {}

    @ParameterizedTest
    @MethodSource("workers")
    void aTaskCallsItsProgramWithItsOwnClasses(Backend workers) throws Exception {
        try (Pool pool = Pool.open(Cluster.local(workers))) {
            pool.offer("double", Order.class, order -> new Order(order.what(), 2 * order.pieces()));
            pool.offer("foreign", any -> 1);
            Order twice = pool.submit(() -> {
                        Order order = new Order("rivets", 21);
                        List<Order> made = new ArrayList<>();
                        Thread other = Thread.ofPlatform().unstarted(() -> made.add(called(order)));
                        if (ProcessHandle.current().pid() == PROGRAM) {
                            other = Thread.ofPlatform().unstarted(() -> {}); // a node of threads knows only the task's
                            made.add(called(order));
                        }
                        other.start();
                        other.join();
                        return made.getFirst();
                    })
                    .result();
            assertThat(twice).isEqualTo(new Order("rivets", 42));

            assertThat(pool.submit(() -> Worker.call("foreign", ValueWrapper.create("v")) == null)
                            .exception())
                    .as("what no result may have is no argument either")
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the argument for what the program offers as foreign")
                    .hasMessageContaining("org.opentest4j.ValueWrapper");
            assertThat(pool.submit(() -> Worker.call("a".repeat(1001), 1) == null)
                            .exception())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1000 travel");
        }
    }

    private static final long PROGRAM = ProcessHandle.current().pid();

    private static Order called(Order order) {
        try {
            return Worker.call("double", order);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @MethodSource("workers")
    void whatATaskCallsIsInterruptedWithTheTask(Backend workers) throws Exception {
        try (Pool pool = Pool.open(Cluster.local(workers))) {
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch interrupted = new CountDownLatch(1);
            pool.offer("sleep", any -> {
                inside.countDown();
                try {
                    new CountDownLatch(1).await();
                } finally {
                    interrupted.countDown();
                }
                return any;
            });
            TaskFuture<Object> calls = pool.submit(() -> Worker.call("sleep", 1));
            inside.await();
            assertThat(calls.cancel(true)).isTrue();
            interrupted.await();
            assertThat(pool.submit(() -> 1).result()).as("the worker lives on").isEqualTo(1);
        }
    }

    @Test
    void whatATaskCannotAskIsSaidAtOnce() {
        try (Pool pool = Pool.open(Cluster.local(Threads.of(1)))) {
            assertThat(pool.submit(() -> Worker.pool() == null).exception())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Worker.pool")
                    .hasMessageContaining("on another machine")
                    .hasMessageContaining("ask the program with Worker.call");
        }
    }

    @Test
    void whatNodesCannotShareIsSaidAtTheCall() {
        try (Pool pool = Pool.open(Cluster.local(Threads.of(1)))) {
            refuses(pool::shared);
            refuses(() -> pool.actor(() -> new ArrayList<Integer>()));
            refuses(() -> pool.stream((Integer n, Sink<Integer> sink) -> sink.send(n), 1));
            assertThat(pool.submit(() -> 1).result())
                    .as("and nothing is held up")
                    .isEqualTo(1);
        }
    }

    private static void refuses(ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("Cluster.local(Threads.of(1))")
                .hasMessageContaining("can share nothing: its workers are on other machines")
                .hasMessageContaining("actors and streams");
    }
}
