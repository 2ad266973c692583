package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.TaskFuture;
import dev.pando.TaskTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A misfortune between two tasks, on a thread that an earlier task left behind, costs no task. */
class IdlePhaseTest extends FailureMatrix {

    @ParameterizedTest
    @MethodSource("dev.pando.testkit.ExpectedDeath#exits")
    void exitCostsNothing(ExpectedDeath expectedDeath) throws Exception {
        assertHarmless(expectedDeath.chaos());
    }

    @ParameterizedTest
    @MethodSource("dev.pando.testkit.ExpectedDeath#halts")
    void haltCostsNothing(ExpectedDeath expectedDeath) throws Exception {
        assertHarmless(expectedDeath.chaos());
    }

    @Test
    void sigkillCostsNothing() throws Exception {
        assertHarmless(Chaos.kill());
    }

    @Test
    void nativeCrashCostsNothing() throws Exception {
        try {
            assertHarmless(Chaos.segfault());
        } finally {
            ExpectedDeath.sweepCrashLogs(pool.stats().name());
        }
    }

    @Test
    void abortCostsNothing() throws Exception {
        assertHarmless(Chaos.abort());
    }

    @ParameterizedTest
    @MethodSource("dev.pando.testkit.ExpectedDeath#brokenFrames")
    void brokenFrameCostsNothing(ExpectedDeath expectedDeath) throws Exception {
        assertHarmless(expectedDeath.chaos());
    }

    /** Both workers die at rest. The next tasks come at once, before the pool has noticed both deaths. */
    private void assertHarmless(Chaos chaos) throws Exception {
        try (Gate gate = new Gate()) {
            List<ProcessHandle> doomed = bothLeave(chaos, gate);
            gate.open();
            for (ProcessHandle each : doomed) {
                each.onExit().get(30, TimeUnit.SECONDS);
            }
            List<TaskFuture<Integer>> next = IntStream.range(0, 6)
                    .mapToObj(i -> pool.submit(n -> n + 1, i))
                    .toList();
            assertThat(next).extracting(TaskFuture::result).containsExactly(1, 2, 3, 4, 5, 6);
            assertThat(whole())
                    .doesNotContainAnyElementsOf(
                            doomed.stream().map(ProcessHandle::pid).toList());
        }
    }

    /** Leaves a thread in each worker that waits at the gate. The tasks themselves are done. */
    private List<ProcessHandle> bothLeave(Chaos chaos, Gate gate) throws Exception {
        try (Gate here = new Gate()) {
            Gate.Handle both = here.handle();
            Gate.Handle later = gate.handle();
            List<TaskFuture<Long>> tasks = IntStream.range(0, WIDTH)
                    .mapToObj(i -> pool.submit(() -> {
                        both.await();
                        return chaos.afterwards(later).call();
                    }))
                    .toList();
            here.awaitArrivals(WIDTH);
            here.open();
            List<Long> pids = tasks.stream().map(TaskFuture::result).toList();
            gate.awaitArrivals(WIDTH);
            return pids.stream().map(pid -> ProcessHandle.of(pid).orElseThrow()).toList();
        }
    }

    static Stream<Chaos> survived() {
        return Stream.of(
                Chaos.throwing(new IllegalStateException("an exception")),
                Chaos.throwing(new AssertionError("an error")),
                Chaos.stack(),
                Chaos.heap(),
                Chaos.disk(),
                Chaos.flood(20_000));
    }

    @ParameterizedTest
    @MethodSource("survived")
    void whatEndsAThreadOnlyIsNotNoticed(Chaos chaos) throws Exception {
        Set<Long> before = whole();
        try (Gate gate = new Gate();
                Tally tally = new Tally()) {
            Tally.Handle note = tally.handle();
            bothLeave(
                    Chaos.of(chaos.toString(), () -> {
                        try {
                            chaos.strike();
                        } finally {
                            note.note(1);
                        }
                    }),
                    gate);
            gate.open();
            tally.awaitNotes(WIDTH);
            assertThat(whole()).isEqualTo(before);
        }
    }

    static Stream<Chaos> busy() {
        return Stream.of(Chaos.spin(), Chaos.deadlock());
    }

    @ParameterizedTest
    @MethodSource("busy")
    void threadThatNeverEndsDoesNotKeepItsWorkerFromWork(Chaos chaos) throws Exception {
        try (Gate gate = new Gate()) {
            List<ProcessHandle> both = bothLeave(chaos, gate);
            gate.open();
            assertThat(whole())
                    .containsExactlyInAnyOrderElementsOf(
                            both.stream().map(ProcessHandle::pid).toList());
            for (ProcessHandle each : both) {
                each.destroyForcibly();
            }
            for (ProcessHandle each : both) {
                each.onExit().get(30, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void frozenWorkerIsNoticedWhenTheTimeOfItsNextTaskIsUp() throws Exception {
        for (long pid : whole()) {
            ProcessCensus.freeze(pid);
        }
        TaskFuture<Integer> once = pool.timeout(LIMIT).submit(() -> 1);
        TaskFuture<Integer> again = pool.timeout(LIMIT).retries(1).submit(() -> 2);
        FailureMatrix.awaitRunning(List.of(once, again));
        timer.advance(LIMIT.plus(Duration.ofSeconds(1)));
        assertThat(once.exception())
                .isInstanceOfSatisfying(
                        TaskTimeoutException.class,
                        late -> assertThat(late.stuckAt()).isEmpty());
        assertThat(again.result()).isEqualTo(2);
        assertThat(again.info().attempts()).isEqualTo(2);
    }

    @Test
    void frozenWorkerIsKilledWhenItsNextTaskIsCancelled() throws Exception {
        Set<Long> frozen = whole();
        for (long pid : frozen) {
            ProcessCensus.freeze(pid);
        }
        List<TaskFuture<Integer>> doomed = List.of(pool.submit(() -> 1), pool.submit(() -> 2));
        for (TaskFuture<Integer> each : doomed) {
            assertThat(each.cancel(true)).isTrue();
        }
        assertThat(whole()).doesNotContainAnyElementsOf(frozen);
    }
}
