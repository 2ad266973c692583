package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.PoolView;
import dev.pando.PoolWatcher;
import dev.pando.TaskFuture;
import dev.pando.WorkerInfo;
import dev.pando.WorkerLoss;
import dev.pando.process.Processes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a tool sees of worker processes: their numbers, memory and stacks, and how they died. */
@Timeout(120)
class SeenWorkersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    final WorkerFixture workerFixture = new WorkerFixture();

    /** Takes longer than the test, and hears no interrupt. */
    static boolean stuckInARegularExpression() {
        return Pattern.matches("(\\w+|\\w+\\.)+@(\\w+)\\.\\2", "a".repeat(100));
    }

    private static final class DeathNotes implements PoolWatcher {
        final CompletableFuture<WorkerLoss> loss = new CompletableFuture<>();

        @Override
        public void workerLost(String worker, String reason, Optional<WorkerLoss> certificate) {
            loss.complete(certificate.orElseThrow());
        }
    }

    @Test
    void aWorkerThatIsStuckIsSeenKilledAndBuriedWithItsCertificate() throws Exception {
        Pool pool = workerFixture.open(Processes.of(1).grace(Duration.ofMillis(100)));
        int pid = pool.submit(TestTasks::pid).result();
        PoolView view = pool.view();
        DeathNotes deaths = new DeathNotes();
        try (PoolView.Watch _ = view.watch(deaths)) {
            TaskFuture<Boolean> task = pool.named("search").submit(SeenWorkersTest::stuckInARegularExpression);
            long id = task.info().id();
            List<StackTraceElement> frames = List.of();
            while (frames.stream().noneMatch(frame -> frame.getClassName().startsWith("java.util.regex.Pattern"))) {
                frames = view.stack(id, PATIENCE); // until the classes of the expression are loaded
                assertThat(task.isDone()).isFalse();
            }
            assertThat(frames.getLast().getMethodName()).contains("stuckInARegularExpression");
            assertThat(view.workers(10)).singleElement().satisfies(worker -> {
                assertThat(worker.activity()).isEqualTo(WorkerInfo.Activity.RUNNING);
                assertThat(worker.pid()).hasValue(pid);
                assertThat(worker.tasks()).hasValue(2);
                assertThat(worker.age()).isPresent();
            });
            assertThat(view.cancel(id)).isTrue();
            WorkerLoss loss = deaths.loss.get();
            assertThat(loss.reason()).contains("did not give up its task");
            assertThat(loss.task()).isEqualTo(task.info().name());
            assertThat(loss.signal()).contains("SIGKILL");
            assertThat(loss.tasksRun()).hasValue(2);
        }
        assertThat(pool.submit(TestTasks::pid).result()).isNotEqualTo(pid);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theMemoryOfAWorkerCountsItsChildren() throws Exception {
        Pool pool = workerFixture.open(Processes.of(1));
        pool.submit(TestTasks::pid).result();
        long alone = memory(pool);
        assertThat(alone).isPositive();
        Gate gate = new Gate();
        Gate.Handle handle = gate.handle();
        try (gate) {
            TaskFuture<?> task = pool.submit(() -> {
                Process child = new ProcessBuilder(
                                "/bin/sh", "-c", "x=$(head -c 30000000 /dev/zero | tr '\\0' x); read wait")
                        .start();
                while (ProcessHandleMemory.resident(child.pid()) < 30_000_000) {
                    Thread.onSpinWait();
                }
                handle.await();
                child.destroyForcibly().waitFor();
            });
            gate.awaitArrivals(1);
            assertThat(memory(pool)).isGreaterThan(alone + 25_000_000);
            gate.open();
            assertThat(task.exception()).isNull();
        }
    }

    private static long memory(Pool pool) {
        return pool.view().workers(10).getFirst().memory().orElseThrow();
    }

    /** What the system says of one process. */
    private static final class ProcessHandleMemory {
        static long resident(long pid) throws java.io.IOException {
            String line = java.nio.file.Files.readString(java.nio.file.Path.of("/proc/" + pid + "/statm"));
            return 4096 * Long.parseLong(line.split(" ")[1]);
        }
    }
}
