package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.NotSendableException;
import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.TaskTimeoutException;
import dev.pando.WorkerLostException;
import dev.pando.process.Processes;
import dev.pando.spi.Failure.Progress;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks that are run again, tasks that must not be, and tasks that are given up. */
@Timeout(60)
class RetryTest {
    @RegisterExtension
    final Pools pools = new Pools();

    private final Tally tally = pools.tally();
    private final ManualTimer timer = new ManualTimer();

    private Pool open(Processes workers) {
        return pools.open(Pool.with(workers).named(pools.name()).timer(timer));
    }

    private Pool open() {
        return open(FailureMatrix.workers());
    }

    private Task<?> noted(Task<?> task) {
        Tally.Handle note = tally.handle();
        return () -> {
            note.note((int) FailureMatrix.pid());
            return task.call();
        };
    }

    @Test
    void aTaskThatLosesItsWorkerOnceIsDoneByAnother(@TempDir Path folder) {
        String once = folder.resolve("once").toString();
        TaskFuture<Integer> future = open().retries(1).submit(() -> {
            if (Path.of(once).toFile().createNewFile()) {
                Chaos.kill().strike();
            }
            return 5;
        });
        assertThat(future.result()).isEqualTo(5);
        assertThat(future.info().attempts()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void aTaskThatKeepsKillingWorkersIsGivenUp(int retries) throws Exception {
        Pool pool = open();
        TaskFuture<?> poison = pool.retries(retries).submit(noted(Chaos.kill().inCall()));
        assertThat(poison.exception()).isInstanceOf(WorkerLostException.class);
        if (retries > 0) {
            assertThat(poison.exception()).hasMessageContaining("given up after " + (retries + 1) + " attempts");
        }
        assertThat(poison.info().attempts()).isEqualTo(retries + 1);
        assertThat(tally.notes()).as("workers that met the task").doesNotHaveDuplicates();
        assertThat(tally.notes()).hasSize(retries + 1);
        assertThat(FailureMatrix.strength(pool, FailureMatrix.WIDTH)).hasSize(FailureMatrix.WIDTH);
        pool.close();
        assertThat(pool.stats().workersLost()).isEqualTo(retries + 1);
    }

    @Test
    void aTaskThatThrowsIsNeverRunAgain() {
        TaskFuture<?> thrower = open().retries(5)
                .submit(noted(Chaos.throwing(new IllegalStateException("no")).inCall()));
        assertThat(thrower.exception()).isInstanceOf(IllegalStateException.class);
        assertThat(tally.notes()).hasSize(1);
    }

    @Test
    void aTaskWhoseResultCannotTravelIsNeverRunAgain() {
        TaskFuture<?> mute = open().retries(5)
                .submit(noted(Chaos.throwing(new IllegalStateException("no")).whilePacking()));
        assertThat(mute.exception()).isInstanceOf(NotSendableException.class);
        assertThat(tally.notes()).hasSize(1);
    }

    @Test
    void aTaskThatTakesTooLongIsRunAgainAndThenGivenUp() throws Exception {
        Pool pool = open();
        Duration limit = Duration.ofMinutes(1);
        Tally.Handle note = tally.handle();
        TaskFuture<?> slow = pool.retries(1).timeout(limit).submit(() -> {
            Thread.startVirtualThread(() -> note.note((int) FailureMatrix.pid()));
            Chaos.spin().strike();
        });
        for (int attempt = 1; attempt <= 2; attempt++) {
            tally.awaitNotes(attempt);
            timer.advance(limit.plusSeconds(1));
        }
        assertThat(slow.exception())
                .isInstanceOf(TaskTimeoutException.class)
                .hasMessageContaining("in each of 2 attempts");
        assertThat(new HashSet<>(tally.notes())).hasSize(2);
    }

    @Test
    void aCancelledTaskIsNeverRunAgain() throws Exception {
        Pool pool = open();
        Tally.Handle note = tally.handle();
        TaskFuture<?> slow = pool.retries(5).submit(() -> {
            Thread.startVirtualThread(() -> note.note(1));
            Chaos.spin().strike();
        });
        tally.awaitNotes(1);
        assertThat(slow.cancel(true)).isTrue();
        assertThat(FailureMatrix.strength(pool, FailureMatrix.WIDTH)).hasSize(FailureMatrix.WIDTH);
        assertThat(tally.notes()).hasSize(1);
    }

    /** Workers are killed at rest, again and again, as if from outside: no task needs a retry for that. */
    @Test
    void aTaskThatItsWorkerNeverHeardOfCostsNothing() throws Exception {
        Pool pool = open(FailureMatrix.workers());
        for (int round = 0; round < 3; round++) {
            var frozen = FailureMatrix.strength(pool, FailureMatrix.WIDTH);
            for (long pid : frozen) {
                ProcessCensus.freeze(pid);
            }
            List<TaskFuture<Integer>> sent = List.of(pool.submit(() -> 1), pool.submit(() -> 2));
            FailureMatrix.awaitRunning(sent);
            for (long pid : frozen) {
                ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            }
            assertThat(sent).extracting(TaskFuture::result).containsExactly(1, 2);
        }
    }

    @Test
    void aLossBeforeTheTaskBeganIsSaidToBeOne() throws Exception {
        Pool pool = open(Processes.of(1).heap("32m").memory("250m"));
        try (Gate gate = new Gate()) {
            Gate.Handle later = gate.handle();
            Tally.Handle note = tally.handle();
            Chaos grow = Chaos.of("grow", () -> {
                Arena.global().allocate(400 << 20).fill((byte) 1);
                note.note(1);
            });
            long pid = pool.submit(grow.afterwards(later)).result();
            gate.open();
            tally.awaitNotes(1);
            ProcessCensus.freeze(pid);
            TaskFuture<Integer> unheard = pool.submit(() -> 1);
            assertThat(unheard.exception())
                    .isInstanceOfSatisfying(WorkerLostException.class, lost -> {
                        assertThat(lost.loss().progress()).isEqualTo(Progress.NOT_STARTED);
                        assertThat(lost.loss().residentBytes().orElseThrow()).isGreaterThan(400L << 20);
                    })
                    .hasMessageContaining("more than the 250 MiB it may")
                    .hasMessageContaining("the task had not started");
        }
    }

    @Test
    void aCrowdOfPoisonNeitherBreaksThePoolNorStarvesTheOthers() {
        Pool pool = open();
        List<TaskFuture<?>> poison = IntStream.range(0, 10)
                .<TaskFuture<?>>mapToObj(i -> pool.submit(noted(Chaos.kill().inCall())))
                .toList();
        List<TaskFuture<Integer>> good =
                IntStream.range(0, 5).mapToObj(i -> pool.submit(n -> n, i)).toList();
        assertThat(poison).allSatisfy(each -> assertThat(each.exception()).isInstanceOf(WorkerLostException.class));
        assertThat(good).extracting(TaskFuture::result).containsExactly(0, 1, 2, 3, 4);
        assertThat(new HashSet<>(tally.notes()))
                .as("workers, one for each poison task")
                .hasSize(10);
        pool.close();
        assertThat(pool.stats().workersLost()).isEqualTo(10);
    }

    @Test
    void aStormOfDeathsIsThrottled() {
        Pool pool = open(FailureMatrix.workers());
        long begun = System.nanoTime();
        TaskFuture<?> poison = pool.retries(11).submit(Chaos.kill().inCall());
        assertThat(poison.exception()).isInstanceOf(WorkerLostException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .as("the first 6 are free, then 50 ms, 100, 200, 400, 800")
                .isGreaterThan(Duration.ofMillis(1550));
        assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
    }
}
