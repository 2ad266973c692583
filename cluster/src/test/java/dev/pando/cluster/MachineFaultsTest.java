package dev.pando.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pando.Futures;
import dev.pando.Pool;
import dev.pando.TaskFailedException;
import dev.pando.TaskFuture;
import dev.pando.WorkerLostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What can go wrong with the machine of a node: its network, its disk, its clock. */
@Tag("processes")
@Timeout(120) // JVMs start, and a silent node is noticed after seconds
class MachineFaultsTest {
    private static final String NODE = "pando.test.node";

    private final int seed = NodeProcess.freePort();

    @TempDir
    Path folder;

    private static String node() {
        return System.getProperty(NODE, "the test");
    }

    /** Ends at once, but at the node of this name never. */
    private static String anywhereBut(String name) throws InterruptedException {
        if (node().equals(name)) {
            new CountDownLatch(1).await();
        }
        return node();
    }

    @Test
    void aNodeThatIsCutOffCountsAsGoneAndGetsWorkWhenTheNetworkHeals() throws Exception {
        try (SeveredNetwork network = SeveredNetwork.make()) {
            String join = network.there() + ":" + seed;
            try (NodeProcess alpha = reachable(network.otherSide(), "alpha", join);
                    NodeProcess _ = reachable(List.of(), "beta", join);
                    Pool pool = Pool.open(Cluster.at(join).insecure().joinTimeout(Duration.ofSeconds(30)))) {
                alpha.await("program came");
                TaskFuture<String> cutOff = atAlpha(pool);

                network.cut();

                assertThat(cutOff.result()).isEqualTo("beta");
                assertThat(cutOff.info().attempts()).isEqualTo(2);
                alpha.await("program gone");

                network.heal();
                alpha.await("program came");

                List<TaskFuture<String>> two =
                        List.of(pool.submit(() -> anywhereBut("beta")), pool.submit(() -> anywhereBut("beta")));
                assertThat(Futures.asCompleted(two).iterator().next().result()).isEqualTo("alpha");
                pool.shutdownNow();
            }
        }
    }

    private static NodeProcess reachable(List<String> around, String name, String join) {
        return NodeProcess.around(
                around,
                List.of("-D" + NODE + "=" + name),
                name,
                "--join",
                join,
                "--pool",
                "threads:1",
                "--insecure",
                "--silence",
                "2");
    }

    /** Returns a task that waits at alpha. */
    private static TaskFuture<String> atAlpha(Pool pool) {
        while (true) {
            TaskFuture<String> task = pool.retries(1).submit(() -> anywhereBut("alpha"));
            while (task.info().worker().isEmpty()) {
                Thread.onSpinWait();
            }
            if (task.info().worker().orElseThrow().startsWith("alpha/")) {
                return task;
            }
            assertThat(task.result()).isEqualTo("beta");
        }
    }

    @Test
    void aNodeOnAFullDiskRunsTasksAndOnlyThoseFailThatWrite() throws Exception {
        worksWhereNothingCanBeWritten("size=4k", "cp /bin/sh filler", "No space left on device");
    }

    @Test
    void aNodeWhoseFolderIsReadOnlyRunsTasksAndOnlyThoseFailThatWrite() throws Exception {
        worksWhereNothingCanBeWritten("ro", "true", "Read-only file system");
    }

    /** The working directory of the node, its temporary files, its memory to share and its home are mounted so. */
    private void worksWhereNothingCanBeWritten(String mount, String fill, String error) throws Exception {
        String script = "cd " + folder;
        for (String each : List.of("/dev/shm", folder.toString())) {
            script += " && mount -t tmpfs -o " + mount + " tmpfs " + each + " && cd " + each + " && { " + fill
                    + " 2>/dev/null || true; }";
        }
        List<String> around = List.of("unshare", "-m", "/bin/sh", "-c", script + " && exec \"$@\"", "sh");
        assumeCan(around, "mount a folder");
        List<String> flags = List.of("-Djava.io.tmpdir=" + folder, "-Duser.home=" + folder);
        try (NodeProcess _ = alone(around, flags);
                Pool pool = Pool.open(cluster())) {
            assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
            byte[] large = new byte[1 << 20];
            assertThat(pool.submit(() -> large.length).result()).isEqualTo(large.length);
            assertThatThrownBy(() -> pool.submit(MachineFaultsTest::write).result())
                    .isInstanceOf(TaskFailedException.class)
                    .cause()
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(error);
            assertThatThrownBy(() -> pool.submit(MachineFaultsTest::crash).result())
                    .isInstanceOfSatisfying(
                            WorkerLostException.class,
                            lost -> assertThat(lost.loss().exitCode()).hasValue(7));
            assertThat(pool.submit(() -> 2).result()).isEqualTo(2);
        }
    }

    private static int write() throws IOException {
        Files.write(Path.of(System.getProperty("java.io.tmpdir"), "result"), new byte[1 << 16]);
        return 0;
    }

    private static int crash() {
        Runtime.getRuntime().halt(7);
        return 0;
    }

    /** The task shares the heap of its node, and of all that keeps the node in its cluster. */
    @Test
    void aTaskThatFillsTheHeapOfItsNodeFailsAndTheNodeGoesOn() {
        try (NodeProcess _ = NodeProcess.ready(seed, "alpha", "threads:1");
                Pool pool = Pool.open(cluster())) {
            assertThatThrownBy(() -> pool.submit(MachineFaultsTest::hoard).result())
                    .isInstanceOf(TaskFailedException.class)
                    .hasCauseInstanceOf(OutOfMemoryError.class);
            TaskFuture<Integer> next = pool.submit(() -> 2);
            assertThat(next.result()).isEqualTo(2);
            assertThat(next.info().worker()).contains("alpha/1");
        }
    }

    private static int hoard() {
        List<byte[]> all = new ArrayList<>();
        while (true) {
            all.add(new byte[1 << 20]);
        }
    }

    /** The clock of the JVM there is eleven days ahead; the time of day is never asked: see ClusterArchitectureTest. */
    @Test
    void clocksNeedNotAgree() throws Exception {
        List<String> around = List.of("unshare", "--time", "--monotonic", "1000000", "--boottime", "1000000");
        assumeCan(around, "make a time namespace");
        try (NodeProcess _ = alone(around, List.of());
                Pool pool = Pool.open(cluster())) {
            long there = pool.submit(System::nanoTime).result();
            assertThat(Duration.ofNanos(there - System.nanoTime())).isGreaterThan(Duration.ofDays(11));

            assertThatThrownBy(() -> pool.submit(MachineFaultsTest::crash).result())
                    .isInstanceOfSatisfying(
                            WorkerLostException.class,
                            lost -> assertThat(lost.loss().workerAge()).isLessThan(Duration.ofDays(1)));
            TaskFuture<Integer> task = pool.timeout(Duration.ofDays(1)).submit(() -> 1);
            assertThat(task.result()).isEqualTo(1);
            assertThat(task.info().finished().orElseThrow())
                    .isBetween(task.info().queued(), task.info().queued().plus(Duration.ofDays(1)));
        }
    }

    private NodeProcess alone(List<String> around, List<String> flags) {
        return NodeProcess.around(around, flags, "alpha", "--join", "127.0.0.1:" + seed, "--pool", "processes:1");
    }

    private Cluster cluster() {
        return Cluster.at("127.0.0.1:" + seed).joinTimeout(Duration.ofSeconds(30));
    }

    /** Skips the test where this beginning of a command does not work. */
    private static void assumeCan(List<String> around, String what) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(around);
        command.add("true");
        Process tried = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(tried.getInputStream().readAllBytes());
        assumeTrue(tried.waitFor() == 0, "this system lets a test " + what + ": " + said);
    }
}
