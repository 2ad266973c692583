package dev.pando.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.Pool;
import dev.pando.PoolBrokenException;
import dev.pando.PoolListener;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.TaskTimeoutException;
import dev.pando.WorkerLostException;
import dev.pando.process.Processes;
import dev.pando.testkit.Gate;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What can go wrong with nodes, each line of the failure table in docs/cluster.md once. */
@Tag("processes")
@Timeout(120) // two JVMs start, and a silent node is noticed after seconds
class NodeFaultsTest {
    private final int seed = NodeProcess.freePort();
    private final List<AutoCloseable> closeables = new ArrayList<>();

    private NodeProcess node(String name, String pool, String... more) {
        NodeProcess node = NodeProcess.ready(seed, name, pool, more);
        closeables.add(node);
        return node;
    }

    private Cluster cluster() {
        return Cluster.at("127.0.0.1:" + seed).joinTimeout(Duration.ofSeconds(30));
    }

    private Gate gate() {
        Gate gate = new Gate();
        closeables.add(gate);
        return gate;
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : closeables.reversed()) {
            each.close();
        }
    }

    private static String nodeOf(TaskFuture<?> task) {
        return task.info().worker().orElseThrow().replaceAll("/.*", "");
    }

    @Test
    void aKilledNodeCostsTheTasksThatItHadAndTheOthersGoOn() throws Exception {
        NodeProcess alpha = node("alpha", "threads:1");
        node("beta", "threads:1");
        Gate gate = gate();
        CompletableFuture<TaskFuture<Integer>> killed = new CompletableFuture<>();
        CompletableFuture<Boolean> doneWhenTold = new CompletableFuture<>();
        PoolListener listener = new PoolListener() {
            @Override
            public void workerLost(String worker, String reason) {
                doneWhenTold.complete(killed.join().isDone());
            }
        };
        try (Pool pool = Pool.with(cluster()).listener(listener).open()) {
            List<TaskFuture<Integer>> both = onBoth(pool, gate);
            boolean first = nodeOf(both.getFirst()).equals("alpha");
            TaskFuture<Integer> there = first ? both.getFirst() : both.getLast();
            TaskFuture<Integer> elsewhere = first ? both.getLast() : both.getFirst();
            killed.complete(there);

            alpha.signal("KILL");

            assertThatThrownBy(there::result)
                    .isInstanceOf(WorkerLostException.class)
                    .hasMessageContaining("node alpha")
                    .hasMessageContaining("may have run in part");
            gate.open();
            assertThat(doneWhenTold).isCompletedWithValue(false);
            assertThat(pool.stats().workersLost()).isEqualTo(1);
            assertThat(elsewhere.result()).isEqualTo(1);
            assertThat(pool.submit(() -> 2).result()).isEqualTo(2);
        }
    }

    /** Returns two tasks that wait at the gate, one on each of two nodes with one slot. */
    private static List<TaskFuture<Integer>> onBoth(Pool pool, Gate gate) throws InterruptedException {
        Gate.Handle handle = gate.handle();
        Task<Integer> waits = () -> handle.pass(1);
        List<TaskFuture<Integer>> both = List.of(pool.submit(waits), pool.submit(waits));
        gate.awaitArrivals(2);
        return both;
    }

    @Test
    void aFrozenNodeCountsAsGoneAndItsTaskIsTriedElsewhere() throws Exception {
        NodeProcess alpha = node("alpha", "threads:1");
        node("beta", "threads:1");
        Gate gate = gate();
        Gate.Handle handle = gate.handle();
        try (Pool pool = Pool.open(cluster())) {
            Task<Integer> waits = () -> handle.pass(1);
            List<TaskFuture<Integer>> both =
                    List.of(pool.retries(1).submit(waits), pool.retries(1).submit(waits));
            gate.awaitArrivals(2);

            alpha.signal("STOP");
            gate.open();

            assertThat(both).allSatisfy(task -> assertThat(task.result()).isEqualTo(1));
            assertThat(both.stream().mapToInt(task -> task.info().attempts()).sum())
                    .isEqualTo(3);
        } finally {
            alpha.signal("CONT");
        }
    }

    @Test
    void whatAKilledProgramLeftRunningIsStopped() throws Exception {
        NodeProcess alpha = node("alpha", "threads:1");
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndlessProgram.class.getName(),
                        "127.0.0.1:" + seed)
                .redirectErrorStream(true)
                .start();
        try (BufferedReader out = program.inputReader()) {
            assertThat(out.readLine()).isEqualTo("running");
            program.destroyForcibly();
        }
        alpha.await("program gone");

        try (Pool pool = Pool.open(cluster())) {
            assertThat(pool.submit(() -> 1).result()).as("on the only slot").isEqualTo(1);
        }
    }

    /** Occupies the only slot of a cluster for ever. */
    static final class EndlessProgram {
        public static void main(String[] args) {
            Pool pool = Pool.open(Cluster.at(args[0]).joinTimeout(Duration.ofSeconds(30)));
            TaskFuture<Integer> endless = pool.submit(() -> {
                new CountDownLatch(1).await();
                return 1;
            });
            while (!endless.isRunning()) {
                Thread.onSpinWait();
            }
            System.out.println("running");
            endless.result();
        }
    }

    @Test
    void whenTheLastNodeIsGoneTasksWaitAndThenThePoolSaysSo() {
        NodeProcess alpha = node("alpha", "threads:1");
        // longer than members take to meet that were too slow to answer at first
        try (Pool pool = Pool.open(cluster().joinTimeout(Duration.ofSeconds(15)))) {
            assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
            alpha.close();
            TaskFuture<Integer> task = pool.submit(() -> 2);

            assertThatThrownBy(task::result)
                    .isInstanceOfAny(PoolBrokenException.class, WorkerLostException.class)
                    .hasMessageContaining("node");
            assertThatThrownBy(() -> pool.submit(() -> 3).result())
                    .isInstanceOf(PoolBrokenException.class)
                    .hasMessageContaining("the last node of the cluster has left");
        }
    }

    @Test
    void aNodeThatComesLateGetsWorkAtOnce() throws Exception {
        node("alpha", "threads:1");
        Gate gate = gate();
        try (Pool pool = Pool.open(cluster())) {
            Gate.Handle handle = gate.handle();
            Task<Integer> waits = () -> handle.pass(1);
            List<TaskFuture<Integer>> both = List.of(pool.submit(waits), pool.submit(waits));
            gate.awaitArrivals(1);
            assertThat(both).anyMatch(TaskFuture::isPending);

            node("beta", "threads:1");

            gate.awaitArrivals(2);
            gate.open();
            assertThat(both.stream().map(NodeFaultsTest::nodeOf)).containsExactlyInAnyOrder("alpha", "beta");
        }
    }

    @Test
    void aNodeThatIsToldToEndFinishesWhatItHasAndTakesNoMore() throws Exception {
        NodeProcess alpha = node("alpha", "threads:1");
        node("beta", "threads:1");
        Gate gate = gate();
        try (Pool pool = Pool.open(cluster())) {
            List<TaskFuture<Integer>> both = onBoth(pool, gate);
            List<TaskFuture<Integer>> more =
                    IntStream.range(0, 20).mapToObj(i -> pool.submit(() -> 2)).toList();

            alpha.signal("TERM");
            alpha.await("draining");
            gate.open();

            assertThat(both).allSatisfy(task -> assertThat(task.result()).isEqualTo(1));
            assertThat(more).allSatisfy(task -> assertThat(task.result()).isEqualTo(2));
            assertThat(alpha.exitCode()).isZero();
            assertThat(pool.stats().failed()).isZero();
            assertThat(pool.stats().workersLost()).as("they left in order").isZero();
        }
    }

    /** The node's end waits for its tasks, and such a task waits for the end. */
    @Test
    void aTaskThatEndsItsNodeIsLostAtOnceAndTheOthersFinish() throws Exception {
        NodeProcess alpha = node("alpha", "threads:2");
        Gate gate = gate();
        try (Pool pool = Pool.open(cluster())) {
            Gate.Handle handle = gate.handle();
            TaskFuture<Integer> other = pool.submit(() -> handle.pass(1));
            gate.awaitArrivals(1);
            TaskFuture<Integer> ends = pool.submit(() -> {
                System.exit(3);
                return 1;
            });
            assertThat(ends.exception())
                    .isInstanceOf(WorkerLostException.class)
                    .hasMessageContaining("the task ended its node, by System.exit");
            assertThat(other.isDone()).isFalse();
            gate.open();
            assertThat(other.result()).isEqualTo(1);
            assertThat(alpha.exitCode()).isZero();
            pool.shutdownNow();
        }
    }

    @Test
    void aCrashOfAWorkerCostsOneTaskAndNotTheNode() {
        node("alpha", "processes:1");
        try (Pool pool = Pool.open(cluster())) {
            TaskFuture<Integer> crash = pool.submit(() -> {
                Runtime.getRuntime().halt(7);
                return 1;
            });

            assertThatThrownBy(crash::result)
                    .isInstanceOfSatisfying(
                            WorkerLostException.class,
                            lost -> assertThat(lost.loss().exitCode()).hasValue(7));
            assertThat(pool.submit(() -> 2).result()).isEqualTo(2);
            assertThatThrownBy(() -> pool.timeout(Duration.ofMillis(300))
                            .submit(NodeFaultsTest::deaf)
                            .result())
                    .isInstanceOf(TaskTimeoutException.class)
                    .hasMessageContaining("NodeFaultsTest.deaf");
            assertThat(pool.map(n -> n + 1, IntStream.range(0, 1000).boxed()).count())
                    .isEqualTo(1000);
            assertThat(crash.info().worker().orElseThrow()).startsWith("alpha/");
        }
    }

    /** Short tasks lie at the node, and in its worker behind the one that it is at. */
    @Test
    void aCrashAmongManyShortTasksCostsOne() {
        Gate gate = gate();
        Gate.Handle handle = gate.handle();
        try (Pool pool = Pool.open(Cluster.local(Processes.of(1)))) {
            List<TaskFuture<Integer>> tasks = new ArrayList<>();
            for (int i = 0; i < 4000; i++) {
                int number = i;
                Task<Integer> ends = () -> {
                    if (number == 2000) {
                        Runtime.getRuntime().halt(7);
                    }
                    return number;
                };
                tasks.add(pool.submit(number == 3000 ? () -> handle.pass(number) : ends));
            }
            assertThat(tasks.get(3999).cancel(true))
                    .as("behind one that waits at the gate")
                    .isTrue();
            gate.open();
            for (int i = 0; i < 3999; i++) {
                if (i == 2000) {
                    assertThat(tasks.get(i).exception()).isInstanceOf(WorkerLostException.class);
                } else {
                    assertThat(tasks.get(i).result()).isEqualTo(i);
                }
            }
            assertThat(pool.stats().succeeded()).isEqualTo(3998);
            assertThat(pool.stats().failed()).isEqualTo(1);
        }
    }

    /** Ignores interrupts, so that only a kill ends it. */
    private static int deaf() {
        while (true) {
            Thread.onSpinWait();
        }
    }
}
