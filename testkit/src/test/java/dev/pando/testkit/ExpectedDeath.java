package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.TaskFuture;
import dev.pando.WorkerLoss;
import dev.pando.WorkerLostException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A misfortune that no worker survives, and what the loss must say: with both a code and a signal, that either is. */
record ExpectedDeath(Chaos chaos, String reason, Integer exitCode, String signal) {

    static Stream<ExpectedDeath> exits() {
        return Stream.of(
                new ExpectedDeath(Chaos.exit(0), "something in it called System.exit", 0, null),
                new ExpectedDeath(Chaos.exit(3), "something in it called System.exit", 3, null));
    }

    static Stream<ExpectedDeath> halts() {
        return Stream.of(
                new ExpectedDeath(Chaos.halt(0), "it ended without a word", 0, null),
                new ExpectedDeath(Chaos.halt(99), "it ended without a word", 99, null),
                new ExpectedDeath(
                        Chaos.halt(137), "it was killed from outside, or it exited by itself", 137, "SIGKILL"));
    }

    static ExpectedDeath killed() {
        return new ExpectedDeath(Chaos.kill(), "it was killed from outside, or it exited by itself", 137, "SIGKILL");
    }

    /** HotSpot writes its crash log, and then aborts. */
    static ExpectedDeath crashed() {
        return new ExpectedDeath(Chaos.segfault(), "it crashed in native code: SIGSEGV in ", null, "SIGSEGV");
    }

    static ExpectedDeath aborted() {
        return new ExpectedDeath(Chaos.abort(), "it crashed in native code, or it exited by itself", 134, "SIGABRT");
    }

    static Stream<ExpectedDeath> brokenFrames() {
        return Stream.of(
                new ExpectedDeath(Chaos.halfFrame(), "half a frame", 7, null),
                new ExpectedDeath(
                        Chaos.garbage(), "it sent what is no message (no message has the tag 122)", null, "SIGKILL"),
                new ExpectedDeath(Chaos.hugeFrame(), "a frame of 2147483647 bytes", null, "SIGKILL"));
    }

    /** Asserts that the task was lost to this death. */
    WorkerLoss assertOf(TaskFuture<?> doomed) {
        assertThat(doomed.exception()).isInstanceOf(WorkerLostException.class).hasMessageContaining(reason);
        WorkerLoss loss = ((WorkerLostException) doomed.exception()).loss();
        assertThat(loss.task()).isEqualTo(doomed.info().name());
        assertThat(loss.worker()).isEqualTo(doomed.info().worker().orElseThrow());
        assertThat(loss.reason()).contains(reason);
        assertThat(loss.exitCode().stream().boxed())
                .containsExactlyElementsOf(exitCode == null ? List.of() : List.of(exitCode));
        assertThat(loss.signal().stream()).containsExactlyElementsOf(signal == null ? List.of() : List.of(signal));
        assertThat(loss.tasksRun().orElseThrow()).isPositive();
        assertThat(loss.workerAge()).isPositive();
        return loss;
    }

    /** Deletes the crash logs of a pool's workers, for a test that is no longer told of them. */
    static void sweepCrashLogs(String pool) throws IOException {
        try (var folders = Files.newDirectoryStream(Path.of(System.getProperty("java.io.tmpdir")), "pando-crash-*")) {
            for (Path folder : folders) {
                sweepCrashLogs(folder, pool);
            }
        }
    }

    private static void sweepCrashLogs(Path folder, String pool) throws IOException {
        try (var logs = Files.newDirectoryStream(folder, "pando-" + pool + "-*-crash.log")) {
            for (Path log : logs) {
                Files.delete(log);
                boolean _ = folder.toFile().delete(); // a pool that is closed has left it for the log
            }
        } catch (FileSystemException notOurs) {
            // gone with its pool, or of another user
        }
    }

    @Override
    public String toString() {
        return chaos.toString();
    }
}
