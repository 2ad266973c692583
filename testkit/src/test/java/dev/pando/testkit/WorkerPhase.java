package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.NotSendableException;
import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.TaskTimeoutException;
import dev.pando.WorkerLoss;
import dev.pando.WorkerLostException;
import dev.pando.spi.Failure.Progress;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All that can go wrong in a phase in which a worker has a task. */
abstract class WorkerPhase extends FailureMatrix {

    /** Returns a task that meets this in the phase of the subclass. */
    abstract Task<?> meets(Chaos chaos);

    /** Returns how far a task has come in that phase. */
    abstract Progress progress();

    /** Asserts what the user sees when an exception is thrown in that phase. */
    abstract void assertTold(Throwable seen, Class<? extends Throwable> thrown, String message);

    /** The side that packs or unpacks reports the exception as text, so the cause is a stand-in. */
    static void assertNotSendable(Throwable seen, boolean result, Class<? extends Throwable> thrown, String message) {
        assertThat(seen)
                .isInstanceOfSatisfying(
                        NotSendableException.class,
                        refused -> assertThat(refused.isResult()).isEqualTo(result));
        assertThat(seen.getCause().toString()).contains(thrown.getSimpleName()).contains(message);
    }

    @ParameterizedTest
    @MethodSource("dev.pando.testkit.ExpectedDeath#exits")
    void exitCostsThatTask(ExpectedDeath expectedDeath) throws Exception {
        assertLost(expectedDeath);
    }

    @ParameterizedTest
    @MethodSource("dev.pando.testkit.ExpectedDeath#halts")
    void haltCostsThatTask(ExpectedDeath expectedDeath) throws Exception {
        assertLost(expectedDeath);
    }

    @Test
    void sigkillCostsThatTask() throws Exception {
        assertLost(ExpectedDeath.killed());
    }

    @Test
    void nativeCrashCostsThatTaskAndShowsWhereItCrashed() throws Exception {
        WorkerLoss loss = assertLost(ExpectedDeath.crashed());
        try {
            assertThat(loss.crashLog())
                    .hasValueSatisfying(log -> assertThat(log).isNotEmptyFile());
            Path folder = loss.crashLog().orElseThrow().getParent();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .as("HotSpot opens its log for all to read: only the folder keeps them out")
                    .isEqualTo("rwx------");
            assertThat(loss.crashFrames()).isNotEmpty();
        } finally {
            Files.deleteIfExists(loss.crashLog().orElseThrow());
        }
    }

    @Test
    void abortCostsThatTask() throws Exception {
        WorkerLoss loss = assertLost(ExpectedDeath.aborted());
        assertThat(loss.crashLog())
                .as("crash log, which a JVM does not write on abort()")
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.pando.testkit.ExpectedDeath#brokenFrames")
    void brokenFrameCostsThatTask(ExpectedDeath expectedDeath) throws Exception {
        assertLost(expectedDeath);
    }

    private WorkerLoss assertLost(ExpectedDeath expectedDeath) throws Exception {
        Chaos chaos = expectedDeath.chaos();
        Chaos withLastWords = Chaos.of(chaos.toString(), () -> {
            System.out.println("these are my last words");
            chaos.strike();
        });
        TaskFuture<?> doomed = ordeal(pool -> pool.named("doomed").submit(meets(withLastWords)));
        assertThat(doomed.exception()).hasMessageContaining("these are my last words");
        WorkerLoss loss = expectedDeath.assertOf(doomed);
        assertThat(loss.lastOutput()).contains("these are my last words");
        assertThat(loss.progress()).isEqualTo(progress());
        return loss;
    }

    static Stream<Throwable> throwables() {
        return Stream.of(
                new IllegalStateException("an exception"),
                new IOException("a checked one"),
                new AssertionError("an error"));
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void whatIsThrownArrivesAndTheWorkerLivesOn(Throwable thrown) throws Exception {
        assertThrown(Chaos.throwing(thrown), thrown.getClass(), thrown.getMessage());
    }

    @Test
    void stackOverflowIsToldAndTheWorkerLivesOn() throws Exception {
        assertThrown(Chaos.stack(), StackOverflowError.class, "");
    }

    @Test
    void fullDiskIsToldAndTheWorkerLivesOn() throws Exception {
        assertThrown(Chaos.disk(), IOException.class, "No space left on device");
    }

    private void assertThrown(Chaos chaos, Class<? extends Throwable> type, String message) throws Exception {
        Set<Long> before = whole();
        TaskFuture<?> doomed = ordeal(pool -> pool.submit(meets(chaos)));
        assertTold(doomed.exception(), type, message);
        assertThat(whole()).isEqualTo(before);
    }

    @Test
    void exhaustedHeapIsToldAndItsWorkerIsReplaced() throws Exception {
        try (Tally tally = new Tally()) {
            Tally.Handle note = tally.handle();
            Chaos chaos = Chaos.of("heap", () -> {
                note.note((int) pid());
                Chaos.heap().strike();
            });
            TaskFuture<?> doomed = ordeal(pool -> pool.submit(meets(chaos)));
            assertTold(doomed.exception(), OutOfMemoryError.class, "");
            assertThat(whole()).doesNotContain((long) tally.notes().getFirst());
        }
    }

    @Test
    void workerWithoutDescriptorsSaysSoAndLivesOn(@TempDir Path folder) throws Exception {
        Path java = Files.writeString(
                folder.resolve("java"),
                "#!/bin/sh\nulimit -n 100\nexec '" + Path.of(System.getProperty("java.home"), "bin", "java")
                        + "' \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
        try (Pool few = Pool.open(workers().java(java))) {
            Set<Long> before = strength(few, WIDTH);
            assertTold(
                    few.submit(meets(Chaos.files())).exception(), FileNotFoundException.class, "Too many open files");
            assertThat(strength(few, WIDTH)).isEqualTo(before);
        }
    }

    @Test
    void floodOfOutputHarmsNobody() throws Exception {
        Chaos chaos = Chaos.flood(20_000);
        assertThat(ordeal(pool -> pool.submit(meets(chaos))).exception()).isNull();
    }

    @Test
    void ofAFloodTheLastLinesAreToldWhenItsWorkerDies() throws Exception {
        Chaos chaos = Chaos.of("flood and halt", () -> {
            Chaos.flood(20_000).strike();
            Chaos.halt(1).strike();
        });
        Throwable seen = ordeal(pool -> pool.submit(meets(chaos))).exception();
        assertThat(seen)
                .isInstanceOfSatisfying(
                        WorkerLostException.class,
                        lost -> assertThat(lost.loss().lastOutput())
                                .hasSizeLessThanOrEqualTo(20)
                                .endsWith("flood 19998", "flood 19999"));
    }

    static Stream<Chaos> stuck() {
        return Stream.of(Chaos.spin(), Chaos.deadlock(), Chaos.stopped());
    }

    @ParameterizedTest
    @MethodSource("stuck")
    void whatDoesNotStopIsKilledWhenItsTimeIsUp(Chaos chaos) throws Exception {
        boolean tells = killedWhenItsTimeIsUp(chaos);
        for (int again = 0; tells == freezes(chaos) && again < 4; again++) {
            tells = killedWhenItsTimeIsUp(chaos);
        }
        assertThat(tells).as("the worker told where it was stuck").isEqualTo(!freezes(chaos));
    }

    /** Returns whether the worker told where it was stuck. On a busy machine it may not come to that in its grace. */
    private boolean killedWhenItsTimeIsUp(Chaos chaos) throws Exception {
        try (Tally tally = new Tally()) {
            long[] waited = new long[1];
            TaskFuture<?> doomed = ordeal(pool -> pool.timeout(LIMIT).submit(meets(noted(chaos, tally))), future -> {
                awaitStuck(chaos, tally);
                long asked = System.nanoTime();
                timer.advance(LIMIT.plus(Duration.ofSeconds(1)));
                Throwable ended = future.exception();
                waited[0] = System.nanoTime() - asked;
                assertThat(ended).isInstanceOf(TaskTimeoutException.class);
            });
            StackTraceElement[] stuckAt = ((TaskTimeoutException) doomed.exception()).stuckAt();
            if (stuckAt.length == 0) {
                assertThat(waited[0]).as("all of its grace").isGreaterThanOrEqualTo(GRACE.toNanos());
            } else {
                assertThat(stuckAt).extracting(StackTraceElement::getMethodName).contains("strike");
            }
            assertThat(whole()).doesNotContain((long) tally.notes().getFirst());
            return stuckAt.length > 0;
        }
    }

    @ParameterizedTest
    @MethodSource("stuck")
    void whatDoesNotStopIsKilledWhenItIsCancelled(Chaos chaos) throws Exception {
        try (Tally tally = new Tally()) {
            TaskFuture<?> doomed = ordeal(pool -> pool.submit(meets(noted(chaos, tally))), future -> {
                awaitStuck(chaos, tally);
                assertThat(future.cancel(false)).isFalse();
                assertThat(future.cancel(true))
                        .as("%s, which ended with %s", future, future.isDone() ? future.state() : "nothing")
                        .isTrue();
            });
            assertThat(doomed.isCancelled()).isTrue();
            assertThat(whole()).doesNotContain((long) tally.notes().getFirst());
        }
    }

    private static Chaos noted(Chaos chaos, Tally tally) {
        Tally.Handle note = tally.handle();
        boolean freezes = freezes(chaos);
        return Chaos.of(chaos.toString(), () -> {
            Thread noting = Thread.ofPlatform().start(() -> note.note((int) pid())); // where no interrupt ends it
            if (freezes) {
                noting.join(); // the interrupt comes only once the worker is frozen
            }
            chaos.strike();
        });
    }

    private static void awaitStuck(Chaos chaos, Tally tally) throws Exception {
        long pid = tally.awaitNotes(1).getFirst();
        if (freezes(chaos)) {
            ProcessCensus.awaitFrozen(pid);
        }
    }

    private static boolean freezes(Chaos chaos) {
        return chaos.toString().equals("stopped()");
    }
}
