package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.TaskTimeoutException;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the kernel takes from a program or a worker by control groups: memory, processor time, processes. */
@Timeout(120)
@Tag("processes")
class SystemLimitsTest {
    private static final Duration LONG = Duration.ofSeconds(40);

    @TempDir
    Path cache;

    @RegisterExtension
    final WorkerFixture workerFixture = new WorkerFixture();

    /** A program that is in a group of its own. */
    static final class Program {
        private static Path group = Path.of("");

        private Program() {}

        public static void main(String[] args) throws Exception {
            group = Path.of(args[1]);
            switch (args[0]) {
                case "memory" -> memory();
                case "never" -> neverReady(Integer.parseInt(args[2]));
                case "later" -> later(Integer.parseInt(args[2]));
                default -> threadless(Integer.parseInt(args[2]));
            }
        }

        private static Processes one() {
            return Processes.of(1)
                    .heap("32m")
                    .jvmArgs(WorkerFixture.BRIEF, "-XX:MaxDirectMemorySize=2g")
                    .output(Output.discard());
        }

        private static void memory() {
            try (Pool pool = Pool.open(one())) {
                System.out.println(pool.submit(Program::eat).exception());
                System.out.println("again " + pool.submit(() -> 7).result());
            }
        }

        private static int eat() {
            List<ByteBuffer> eaten = new ArrayList<>();
            for (int mebibyte = 0; mebibyte < 1024; mebibyte++) {
                ByteBuffer some = ByteBuffer.allocateDirect(1 << 20);
                for (int at = 0; at < some.capacity(); at += 1024) {
                    some.put(at, (byte) 1);
                }
                eaten.add(some);
            }
            return eaten.size();
        }

        /** From now on so many threads and processes can be started, and no more. */
        private static void allow(int more) throws IOException {
            long now = Long.parseLong(
                    Files.readString(group.resolve("pids.current")).strip());
            Files.writeString(group.resolve("pids.max"), String.valueOf(now + more));
        }

        private static void allowAll() throws IOException {
            Files.writeString(group.resolve("pids.max"), "max");
        }

        private static void neverReady(int more) throws IOException {
            Pool pool = Pool.open(one());
            allow(more);
            Throwable told;
            try {
                told = pool.submit(() -> 7).exception(LONG);
            } catch (RuntimeException refused) {
                told = refused;
            }
            allowAll();
            System.out.println(told);
            System.out.println("closed " + pool.close(LONG));
            try (Pool next = Pool.open(one())) {
                System.out.println("again " + next.submit(() -> 7).result());
            }
        }

        private static void later(int more) throws IOException {
            try (Pool pool = Pool.open(one())) {
                System.out.println("first " + pool.submit(() -> 1).result());
                pool.submit(TestTasks::halt).exception();
                allow(more);
                TaskFuture<Integer> second = pool.submit(() -> 2);
                while (Files.readString(group.resolve("pids.events")).strip().equals("max 0")) {
                    Thread.onSpinWait();
                }
                allowAll();
                System.out.println("again " + second.result());
            }
        }

        /** Not even the thread of the alarms can be started. */
        private static void threadless(int more) throws IOException {
            Pool pool = Pool.open(one());
            allow(more);
            TaskFuture<Integer> first = pool.submit(() -> 1);
            allowAll();
            TaskFuture<Integer> second = pool.submit(() -> 2);
            System.out.println("again " + first.result(LONG) + " " + second.result(LONG));
            System.out.println("closed " + pool.close(LONG));
        }
    }

    private String run(ControlGroup group, String... args) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("/bin/sh", "-c", "echo $$ > \"$0\"/cgroup.procs && exec \"$@\"", group.folder.toString()));
        command.addAll(List.of(ProcessHandle.current().info().command().orElseThrow(), "-Xmx64m"));
        command.add("-Dpando.cache=" + cache); // empty, so that the pool wants to make an archive, which needs a thread
        command.addAll(ProgramWorkshop.BRIEF);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Program.class.getName()));
        command.addAll(List.of(args[0], group.folder.toString()));
        command.addAll(List.of(args).subList(1, args.length));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        workerFixture.mark(builder);
        return WorkerFixture.output(builder.start());
    }

    @Test
    void aWorkerThatTheKernelKillsForWantOfMemoryCostsItsTask() throws Exception {
        try (ControlGroup group = new ControlGroup("memory")) {
            group.set("memory.limit_in_bytes", 320 << 20);
            String said = run(group, "memory");
            assumeThat(said).as("the kernel may choose the program").isNotEmpty();
            assertThat(said)
                    .contains(
                            "task-1 lost its worker", "it was killed from outside: the kernel has killed 1 process(es)")
                    .contains("for want of memory, killed by SIGKILL")
                    .contains("again 7");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 12})
    void whereNoWorkerCanBeStartedThePoolSaysWhyAndTheNextOneWorks(int more) throws Exception {
        try (ControlGroup group = new ControlGroup("pids")) {
            assertThat(run(group, "never", String.valueOf(more)))
                    .contains("PoolBrokenException", "no worker could be made ready, because")
                    .containsAnyOf("the system has no", "unable to create native thread", "pthread_create failed")
                    .contains("closed true", "again 7");
        }
    }

    @Test
    void aPoolWhoseWorkerCannotBeReplacedGoesOnWhenItCan() throws Exception {
        try (ControlGroup group = new ControlGroup("pids")) {
            assertThat(run(group, "later", "4")).contains("first 1", "again 2");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aPoolThatCouldStartNoThreadAtAllGoesOnWhenItCan(int more) throws Exception {
        try (ControlGroup group = new ControlGroup("pids")) {
            assertThat(run(group, "threadless", String.valueOf(more))).contains("again 1 2", "closed true");
        }
    }

    /** The seconds pass for the caller; the worker gets a twentieth of a processor. */
    private static int computeFor(int seconds) {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(seconds)) {
            Thread.onSpinWait();
        }
        return TestTasks.pid();
    }

    @Test
    void aWorkerThatGetsLittleProcessorTimeIsNotTakenForStopped() throws Exception {
        try (ControlGroup group = new ControlGroup("cpu");
                Pool pool = workerFixture.open(Processes.of(1).heap("32m").output(Output.discard()))) {
            int pid = pool.submit(TestTasks::pid).result();
            group.set("cpu.cfs_quota_us", 5_000);
            group.enter(pid);
            assertThat(pool.submit(SystemLimitsTest::computeFor, 12).result())
                    .as("a stopped worker would have been killed after ten looks")
                    .isEqualTo(pid);
            assertThat(pool.stats().workersLost()).isZero();
            assertThat(pool.timeout(Duration.ofMillis(100))
                            .submit(TestTasks::endlessLoop)
                            .exception())
                    .isInstanceOf(TaskTimeoutException.class);
            assertThat(pool.submit(TestTasks::pid).result()).isPositive();
            assertThat(pool.close(LONG)).isTrue();
        }
    }
}
