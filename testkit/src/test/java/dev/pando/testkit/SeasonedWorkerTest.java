package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.WorkerLostException;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import dev.pando.spi.Failure.Progress;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A worker that has done a few tasks no longer reports how far each task is. After its death the pool reads that from
 * the progress page, where the worker noted it.
 */
@Timeout(60)
class SeasonedWorkerTest {
    private static final int ENOUGH = 30;

    @RegisterExtension
    final Pools pools = new Pools();

    private final Tally tally = pools.tally();
    private Pool pool;
    private long worker;

    @BeforeEach
    void season() {
        pool = pools.open(Pool.with(Processes.of(1).output(Output.discard())).named(pools.name()));
        for (int i = 0; i < ENOUGH; i++) {
            worker = pool.submit(TestTasks::pid).result();
        }
    }

    /** Returns the mappings of the memory that a process shares with its parent. */
    private static List<String> shared(String process) throws IOException {
        try (Stream<String> maps = Files.lines(Path.of("/proc", process, "maps"))) {
            return maps.filter(SeasonedWorkerTest::isOurs).toList();
        }
    }

    private static boolean isOurs(String path) {
        return path.matches(".*/pando-memory-[0-9]+-[0-9a-f]+-[0-9]+ \\(deleted\\)");
    }

    @Test
    void itNotesWhereNobodyElseFindsItAndNothingIsLeft() throws Exception {
        assertThat(shared("" + worker)).singleElement().asString().endsWith("(deleted)");
        pool.close();
        assertThat(shared("self")).isEmpty();
        for (String descriptor : new File("/proc/self/fd").list()) {
            assertThat(target(Path.of("/proc/self/fd", descriptor)))
                    .matches(target -> !isOurs(target), "is none of ours");
        }
    }

    /** Returns what a descriptor is of, empty if it was closed since it was listed. */
    private static String target(Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (NoSuchFileException closed) {
            return "";
        }
    }

    @Test
    void aTaskThatEndsItsWorkerAtOnceHasRunAndIsNotRunAgain() {
        Tally.Handle note = tally.handle();
        TaskFuture<Integer> lost = pool.submit(() -> {
            note.note(1);
            return TestTasks.halt();
        });
        assertThat(lost.exception())
                .isInstanceOfSatisfying(
                        WorkerLostException.class,
                        e -> assertThat(e.loss().progress()).isEqualTo(Progress.MAY_HAVE_RUN));
        assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
        assertThat(tally.notes()).containsExactly(1);
    }

    @Test
    void aLossWhileUnpackingCountsAsRunning() {
        TaskFuture<?> lost = pool.submit(Chaos.halt(1).whileUnpacking());
        assertThat(lost.exception())
                .isInstanceOfSatisfying(
                        WorkerLostException.class,
                        e -> assertThat(e.loss().progress()).isEqualTo(Progress.MAY_HAVE_RUN));
    }

    @Test
    void aLossWhilePackingCostsTheResultOfATaskThatRan() {
        Task<?> task = Chaos.halt(1).whilePacking();
        assertThat(pool.submit(task).exception())
                .isInstanceOfSatisfying(
                        WorkerLostException.class,
                        e -> assertThat(e.loss().progress()).isEqualTo(Progress.RAN));
    }

    @Test
    void aTaskThatItNeverHeardOfIsRunByAnother() throws Exception {
        ProcessCensus.freeze(worker);
        TaskFuture<Integer> unheard = pool.submit(() -> 5);
        ProcessHandle.of(worker).orElseThrow().destroyForcibly();
        assertThat(unheard.result()).isEqualTo(5);
    }

    /** Without the page a read of it faults, which must not end the parent. */
    @Test
    void aWorkerThatTearsThePageAwayHarmsNobodyButItsTask() {
        TaskFuture<Integer> lost = pool.submit(() -> {
            long parent = ProcessHandle.current().parent().orElseThrow().pid();
            for (File descriptor : Path.of("/proc/" + parent + "/fd").toFile().listFiles()) {
                if (!isOurs(target(descriptor.toPath()))) {
                    continue;
                }
                try (RandomAccessFile page = new RandomAccessFile(descriptor, "rw")) {
                    page.setLength(0);
                }
            }
            return TestTasks.halt();
        });
        assertThat(lost.exception())
                .isInstanceOfSatisfying(
                        WorkerLostException.class,
                        e -> assertThat(e.loss().progress()).isEqualTo(Progress.MAY_HAVE_RUN));
        assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
    }
}
