package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.WorkerLostException;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The memory of workers is bounded, and a task that exceeds the bound fails with that reason. */
@Timeout(120)
class MemoryTest {
    private static final int MIB = 1 << 20;

    @RegisterExtension
    final WorkerFixture workerFixture = new WorkerFixture();

    /** A way to keep too much memory. */
    record Hoard(String how, Task<Integer> task) {
        @Override
        public String toString() {
            return how;
        }
    }

    static Stream<Hoard> hoards() {
        return Stream.of(
                new Hoard("in the heap", () -> {
                    for (int i = 0; i < 40; i++) {
                        TestTasks.leak(5 * MIB);
                    }
                    return TestTasks.deafSleep();
                }),
                new Hoard("outside the heap", () -> {
                    MemorySegment segment = Arena.global().allocate(200L * MIB);
                    segment.fill((byte) 1);
                    return TestTasks.deafSleep();
                }));
    }

    @ParameterizedTest
    @MethodSource("hoards")
    void whoHoldsMoreThanItMayIsKilledForThatReason(Hoard hoard) {
        Pool pool =
                workerFixture.open(Processes.of(1).heap("300m").memory("180m").output(Output.discard()));
        int pid = pool.submit(TestTasks::pid).result();
        TaskFuture<Integer> task = pool.submit(hoard.task);
        assertThat(task.exception()).isInstanceOfSatisfying(WorkerLostException.class, lost -> {
            assertThat(lost.loss().reason()).contains("MiB of memory, more than the 180 MiB it may");
            assertThat(lost.loss().residentBytes().orElseThrow()).isBetween(180L * MIB, 400L * MIB);
            assertThat(lost.loss().signal()).contains("SIGKILL");
            assertThat(lost.loss().tasksRun().orElseThrow()).isEqualTo(2);
        });
        assertThat(pool.submit(TestTasks::pid).result()).isNotEqualTo(pid);
        assertThat(pool.stats().workersLost()).isEqualTo(1);
    }

    static Stream<Hoard> exhausting() {
        return Stream.of(
                new Hoard("for a while", TestTasks::outOfMemory), new Hoard("for good", TestTasks::outOfMemoryForGood));
    }

    @ParameterizedTest
    @MethodSource("exhausting")
    void aTaskThatExhaustsTheHeapFailsAndItsWorkerIsNotUsedAgain(Hoard hoard) {
        Pool pool = workerFixture.open(Processes.of(1).heap("64m").output(Output.discard()));
        for (int round = 0; round < 3; round++) {
            int pid = pool.submit(TestTasks::pid).result();
            assertThat(pool.submit(hoard.task).exception()).isInstanceOf(OutOfMemoryError.class);
            assertThat(pool.submit(TestTasks::pid).result()).isNotEqualTo(pid);
        }
        assertThat(pool.stats().workersLost()).isZero();
    }

    @Test
    void aHeapIsAsLargeAsWasSaidAndNoLarger() {
        Pool pool = workerFixture.open(Processes.of(1).heap("64m"));
        assertThat(pool.submit(() -> Runtime.getRuntime().maxMemory()).result()).isBetween(56L * MIB, 64L * MIB);
    }

    /** Returns the resident memory of this process. */
    static long resident() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        throw new IOException("no VmRSS");
    }

    /**
     * Five megabytes, four hundred times: a worker that stayed would hold two gigabytes, and has room for 600
     * megabytes.
     */
    @Test
    void aTaskThatLeaksRunsOnUnderAFlatCeiling() throws Exception {
        leak(400);
    }

    @Tag("full")
    @Timeout(600)
    @Test
    void aTaskThatLeaksRunsForEverUnderAFlatCeiling() throws Exception {
        leak(2_000);
    }

    private void leak(int times) throws Exception {
        Pool pool = workerFixture.open(Processes.of(2)
                .heap("600m")
                .jvmArgs("-Xmn16m")
                .recycleAbove("300m")
                .spares(1)
                .output(Output.discard()));
        List<TaskFuture<Long>> tasks = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            tasks.add(pool.submit(() -> {
                TestTasks.leak(5 * MIB);
                return resident();
            }));
        }
        long most = 0;
        for (TaskFuture<Long> task : tasks) {
            most = Math.max(most, task.result());
        }
        assertThat(most).isLessThan(420L * MIB);
        assertThat(pool.stats().workersLost()).isZero();
        assertThat(pool.stats().failed()).isZero();
    }
}
