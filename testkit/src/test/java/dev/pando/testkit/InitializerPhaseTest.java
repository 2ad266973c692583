package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.Action;
import dev.pando.Pool;
import dev.pando.PoolBrokenException;
import dev.pando.TaskFuture;
import dev.pando.process.Processes;
import dev.pando.spi.UnreadyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A misfortune in the initializer. If every worker meets it, the pool breaks: all submitted tasks end soon, with the
 * reason, after a few workers and not after thousands.
 */
@Timeout(60)
@ExtendWith(WithoutArchive.class)
class InitializerPhaseTest {
    private static final int FEW = 10;

    @RegisterExtension
    final Pools pools = new Pools();

    private final Tally tally = pools.tally();

    @AfterEach
    void nothingIsLeft() {
        assertThat(ProcessCensus.descendants()).isEmpty();
    }

    private Pool open(Processes workers) {
        return pools.open(Pool.with(workers).named(pools.name()));
    }

    private Action noted(Chaos chaos) {
        Tally.Handle note = tally.handle();
        return () -> {
            note.note(1);
            System.out.println("these are my last words");
            chaos.strike();
        };
    }

    /** Asserts that every task ends with the reason, after at most this many workers. Returns the exception. */
    private Throwable broken(Pool pool, int atMost) throws InterruptedException {
        List<Throwable> seen = new ArrayList<>();
        List<TaskFuture<Integer>> accepted = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                accepted.add(pool.submit(() -> 1));
            }
        } catch (PoolBrokenException soon) {
            seen.add(soon); // on a busy machine before it has got any task
        }
        accepted.forEach(each -> seen.add(each.exception()));
        Throwable first = seen.getFirst();
        assertThat(seen)
                .allSatisfy(each ->
                        assertThat(each).isInstanceOf(PoolBrokenException.class).hasMessage(first.getMessage()));
        assertThatThrownBy(() -> pool.submit(() -> 1))
                .isInstanceOf(PoolBrokenException.class)
                .hasMessage(first.getMessage());
        assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(pool.stats().state()).isEqualTo("broken");
        assertThat(tally.notes().size()).as("workers that were started").isLessThanOrEqualTo(atMost);
        pools.takeErrors();
        return first;
    }

    static Stream<Throwable> throwables() {
        return Stream.of(
                new IllegalStateException("no licence"),
                new IOException("no licence"),
                new AssertionError("no licence"));
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void whatIsThrownBreaksThePool(Throwable thrown) throws Exception {
        Throwable told =
                broken(open(FailureMatrix.workers().initializer(noted(Chaos.throwing(thrown)))), FailureMatrix.WIDTH);
        assertThat(told)
                .hasMessageContaining("its initializer threw")
                .hasMessageContaining("no licence")
                .hasCauseInstanceOf(thrown.getClass());
    }

    static Stream<Chaos> thrown() {
        return Stream.of(Chaos.stack(), Chaos.heap(), Chaos.disk());
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void whatItRunsOutOfBreaksThePool(Chaos chaos) throws Exception {
        Throwable told = broken(open(FailureMatrix.workers().initializer(noted(chaos))), FailureMatrix.WIDTH);
        assertThat(told).hasMessageContaining("its initializer threw java.");
    }

    static Stream<ExpectedDeath> deaths() {
        return Stream.of(
                        ExpectedDeath.exits(),
                        ExpectedDeath.halts(),
                        Stream.of(ExpectedDeath.killed(), ExpectedDeath.aborted()))
                .flatMap(all -> all);
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void workersThatEndBeforeTheyAreReadyBreakThePoolWithTheirLastWords(ExpectedDeath expectedDeath) throws Exception {
        assertUnready(expectedDeath);
    }

    @Test
    void anExitIsNamed() throws Exception {
        assertThat(broken(open(FailureMatrix.workers().initializer(noted(Chaos.exit(3)))), FEW))
                .hasMessageContaining("exit code 3, because its initializer called System.exit, and said:");
    }

    @Test
    void nativeCrashesBreakThePoolWithWhatTheJvmSaid() throws Exception {
        Pool pool = open(FailureMatrix.workers().initializer(noted(Chaos.segfault())));
        try {
            assertThat(broken(pool, FEW))
                    .hasMessageContaining("killed by SIGABRT")
                    .hasMessageContaining("SIGSEGV");
        } finally {
            ExpectedDeath.sweepCrashLogs(pool.stats().name());
        }
    }

    private void assertUnready(ExpectedDeath expectedDeath) throws Exception {
        Throwable told = broken(open(FailureMatrix.workers().initializer(noted(expectedDeath.chaos()))), FEW);
        String how = expectedDeath.signal() == null
                ? "exit code " + expectedDeath.exitCode()
                : "killed by " + expectedDeath.signal() + " or exit code " + expectedDeath.exitCode();
        assertThat(told)
                .hasCauseInstanceOf(UnreadyException.class)
                .hasMessageContaining("a worker ended before it was ready, " + how)
                .hasMessageContaining("these are my last words");
    }

    @ParameterizedTest
    @MethodSource("dev.pando.testkit.ExpectedDeath#brokenFrames")
    void brokenFramesBreakThePool(ExpectedDeath expectedDeath) throws Exception {
        Throwable told = broken(open(FailureMatrix.workers().initializer(noted(expectedDeath.chaos()))), FEW);
        assertThat(told).hasCauseInstanceOf(UnreadyException.class).hasMessageContaining(expectedDeath.reason());
    }

    @ParameterizedTest
    @MethodSource("dev.pando.testkit.WorkerPhase#stuck")
    void whatNeverEndsBreaksThePoolWhenItsTimeIsUp(Chaos chaos) throws Exception {
        Processes workers =
                FailureMatrix.workers().startTimeout(Duration.ofMillis(400)).initializer(noted(chaos));
        assertThat(broken(open(workers), FEW)).hasMessageContaining("it was not ready within 400 ms");
    }

    @Test
    void floodOfOutputHarmsNobody() throws Exception {
        Pool pool = open(FailureMatrix.workers().initializer(Chaos.flood(20_000).inInitializer()));
        assertThat(FailureMatrix.strength(pool, FailureMatrix.WIDTH)).hasSize(FailureMatrix.WIDTH);
        pool.close();
    }

    @Test
    void anEagerPoolIsBrokenToo() throws Exception {
        Throwable told = broken(open(FailureMatrix.workers().eager().initializer(noted(Chaos.exit(3)))), FEW);
        assertThat(told).hasMessageContaining("exit code 3");
    }

    /**
     * After one success of the initializer, workers that fail it are replaced, and tasks wait for a worker that does
     * not.
     */
    @Test
    void aPoolThatWasReadyOnceSurvivesAFewThatAreNot(@TempDir Path folder) throws Exception {
        Path bad = folder.resolve("bad times");
        String marker = bad.toString();
        Tally.Handle note = tally.handle();
        Pool pool = open(Processes.of(1).initializer(() -> {
            if (!Files.exists(Path.of(marker))) {
                return;
            }
            note.note(1);
            throw new IllegalStateException("bad times");
        }));
        long pid = pool.submit(FailureMatrix::pid).result();
        Files.createFile(bad);
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        TaskFuture<Integer> patient = pool.submit(() -> 5);
        tally.awaitNotes(2);
        Files.delete(bad);
        assertThat(patient.result()).isEqualTo(5);
        pool.close();
    }
}
