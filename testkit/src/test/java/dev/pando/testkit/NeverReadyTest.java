package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.Pool;
import dev.pando.PoolBrokenException;
import dev.pando.TaskFuture;
import dev.pando.process.Processes;
import dev.pando.spi.UnreadyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A worker that never gets ready, because there is no JVM or the JVM refuses. The pool breaks soon, with what the
 * system or the JVM said, and does not try for ever.
 */
@Timeout(60)
@ExtendWith(WithoutArchive.class)
class NeverReadyTest {
    @RegisterExtension
    final Pools pools = new Pools();

    @TempDir
    Path folder;

    @AfterEach
    void nothingIsLeft() {
        assertThat(ProcessCensus.descendants()).isEmpty();
    }

    private Pool open(Processes workers) {
        return pools.open(Pool.with(workers).named(pools.name()));
    }

    /** A pool may break before it has got the second task, or the first. */
    private Throwable broken(Pool pool) throws InterruptedException {
        List<Throwable> seen = new ArrayList<>();
        List<TaskFuture<Integer>> accepted = new ArrayList<>();
        try {
            accepted.add(pool.submit(() -> 1));
            accepted.add(pool.retries(5).submit(() -> 2));
        } catch (PoolBrokenException soon) {
            seen.add(soon);
        }
        accepted.forEach(each -> seen.add(each.exception()));
        Throwable told = seen.getFirst();
        assertThat(pool.view().broken()).hasMessage(told.getMessage()).hasSameClassAs(told);
        assertThat(seen)
                .allSatisfy(each -> assertThat(each)
                        .isInstanceOf(PoolBrokenException.class)
                        .hasCauseInstanceOf(UnreadyException.class)
                        .hasMessage(told.getMessage()));
        assertThatThrownBy(() -> pool.submit(() -> 1))
                .isInstanceOf(PoolBrokenException.class)
                .hasMessage(told.getMessage());
        assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        pools.takeErrors();
        return told;
    }

    /** A program that notes each start, and then runs the script, in which {@code "$@"} are the arguments. */
    private Path java(String script) throws IOException {
        Path java = folder.resolve("java");
        Files.writeString(java, "#!/bin/sh\necho started >> '" + folder.resolve("starts") + "'\n" + script + "\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
        return java;
    }

    private int starts() throws IOException {
        return Files.readAllLines(folder.resolve("starts")).size();
    }

    private static String real() {
        return "exec '" + Path.of(System.getProperty("java.home"), "bin", "java") + "' \"$@\"";
    }

    @Test
    void flagThatNoJvmKnowsIsToldInItsOwnWords() throws Exception {
        assertThat(broken(open(Processes.of(2).jvmArgs("-XX:+NoSuchFlag").java(java(real())))))
                .hasMessageContaining("exit code 1")
                .hasMessageContaining("Unrecognized VM option 'NoSuchFlag'");
        assertThat(starts()).isBetween(1, 6);
    }

    @Test
    void heapThatTheSystemDoesNotHaveIsToldInTheWordsOfTheJvm() throws Exception {
        assertThat(broken(open(Processes.of(2).jvmArgs("-Xms100000g", "-Xmx100000g"))))
                .hasMessageContaining("ended before it was ready");
    }

    @Test
    void programThatIsNotThereIsNamed() throws Exception {
        Path nowhere = folder.resolve("no-java-here");
        assertThat(broken(open(Processes.of(2).java(nowhere)))).hasMessageContaining(nowhere.toString());
    }

    @Test
    void directoryThatIsNotThereIsNamed() throws Exception {
        Path nowhere = folder.resolve("nowhere");
        assertThat(broken(open(Processes.of(2).directory(nowhere))))
                .hasMessageContaining(nowhere.toString())
                .hasMessageContaining("does not exist");
    }

    @Test
    void programThatSaysNothingAndEndsIsToldSo() throws Exception {
        assertThat(broken(open(Processes.of(2).java(java("exit 9")))))
                .hasMessageContaining("exit code 9")
                .hasMessageContaining("without a word");
        assertThat(starts()).isBetween(1, 6);
    }

    @Test
    void programThatPrintsSomethingElseIsQuoted() throws Exception {
        assertThat(broken(open(Processes.of(2).java(java("echo I am no JVM; exit 1")))))
                .hasMessageContaining("I am no JVM");
    }

    @Test
    void programThatStaysSilentForEverIsGivenUp() throws Exception {
        assertThat(broken(open(
                        Processes.of(2).startTimeout(Duration.ofMillis(200)).java(java("exec sleep 1000")))))
                .hasMessageContaining("it was not ready within 200 ms");
        assertThat(starts()).isBetween(1, 6);
    }

    @Test
    void floodInsteadOfAnAnswerIsGivenUp() throws Exception {
        assertThat(broken(open(Processes.of(2)
                        .startTimeout(Duration.ofMillis(300))
                        .output(dev.pando.process.Output.discard())
                        .java(java("exec yes")))))
                .hasMessageContaining("it was not ready within 300 ms");
    }

    @Test
    void programThatSpeaksOnTheChannelButNotOurLanguageIsGivenUp() throws Exception {
        assertThat(broken(open(Processes.of(2).java(java("echo HTTP/1.1 200 OK >&4; exec sleep 1000")))))
                .hasMessageContaining("it sent what is no message");
    }

    @Test
    void poolWhoseWorkersCanNoLongerBeReplacedBreaksWhenTheLastIsGone() throws Exception {
        Path bad = folder.resolve("bad");
        Pool pool = open(
                Processes.of(2).java(java("[ ! -e '" + bad + "' ] || { echo no more of us; exit 9; }\n" + real())));
        var pids = FailureMatrix.strength(pool, 2);
        Files.createFile(bad);
        for (long pid : pids) {
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        }
        assertThat(broken(pool)).hasMessageContaining("no more of us");
        assertThat(starts()).isBetween(3, 20);
    }

    @Test
    void poolWithWorkersGoesOnAlthoughNoneCanBeAdded() throws Exception {
        Path bad = folder.resolve("bad");
        Pool pool = open(Processes.of(2).java(java("[ ! -e '" + bad + "' ] || exit 9\n" + real())));
        assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
        Files.createFile(bad);
        try (Gate gate = new Gate()) {
            List<TaskFuture<Integer>> all =
                    List.of(pool.submit(gate.handle()::pass, 1), pool.submit(() -> 2), pool.submit(() -> 3));
            gate.awaitArrivals(1);
            gate.open();
            assertThat(all).extracting(TaskFuture::result).containsExactly(1, 2, 3);
        }
        pool.close();
    }
}
