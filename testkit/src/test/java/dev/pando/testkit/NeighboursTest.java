package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.WorkerLostException;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What other processes of the machine can read of a worker, or do to it, through {@code /proc}. */
@EnabledOnOs(OS.LINUX)
@Timeout(90)
@Tag("processes")
class NeighboursTest {
    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

    /** Prints the names of the entries of a process, and of its thread, that can be read or listed. */
    private static final String LOOK = """
        cd /proc/$1 || exit
        for f in auxv environ io maps mem pagemap personality smaps stack syscall cmdline comm stat status; do
          head -c 1 $f >/dev/null 2>&1 && echo $f
        done
        for f in fd fdinfo map_files cwd/ root/; do ls $f >/dev/null 2>&1 && echo $f; done
        for f in 0 1 2 3 4; do head -c 0 fd/$f >/dev/null 2>&1 && echo fd/$f; done
        for f in environ mem maps; do head -c 1 task/$1/$f >/dev/null 2>&1 && echo task/$f; done
        kill -0 $1 2>/dev/null && echo signals
        """;

    @RegisterExtension
    final WorkerFixture workerFixture = new WorkerFixture();

    private static List<String> look(List<String> as, int pid) throws IOException {
        List<String> command = new java.util.ArrayList<>(as);
        command.addAll(List.of("/bin/sh", "-c", LOOK, "sh", String.valueOf(pid)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var said = process.inputReader(StandardCharsets.UTF_8)) {
            return said.lines().toList();
        }
    }

    @Test
    void anotherUserReadsOfAWorkerWhatOfEachProcess() throws Exception {
        assumeTrue(
                Files.isExecutable(SETPRIV) && System.getProperty("user.name").equals("root"),
                "only root can become another user, with setpriv");
        try (Pool pool = workerFixture.open(Processes.of(1).heap("32m"))) {
            int pid = pool.submit(TestTasks::pid).result();
            assertThat(look(List.of(), pid))
                    .as("what its own user reads: the looks see what there is")
                    .contains("environ", "maps", "fd", "fd/0", "fd/2", "task/environ", "signals");
            assertThat(look(List.of(SETPRIV.toString(), "--reuid=65534", "--regid=65534", "--clear-groups"), pid))
                    .containsExactly("cmdline", "comm", "stat", "status");
        }
    }

    /** Writes to what another process has open; returns the error, or nothing. */
    private static String writeInto(int pid, int descriptor) {
        try (FileOutputStream out = new FileOutputStream("/proc/" + pid + "/fd/" + descriptor)) {
            out.write("zzzzzzzzzzzzzzzz".getBytes(StandardCharsets.US_ASCII));
            return "";
        } catch (IOException refused) {
            return refused.toString();
        }
    }

    /** Between workers of one user there is no border: the parent kills the worker for which another one lied. */
    @Test
    void whatAWorkerWritesIntoTheChannelOfAnotherCostsThatOneItsTaskAndNoMore() throws Exception {
        Gate gate = workerFixture.gate();
        Gate.Handle handle = gate.handle();
        Tally tally = workerFixture.tally();
        Tally.Handle notes = tally.handle();
        try (Pool pool = workerFixture.open(Processes.of(2).heap("32m").output(Output.discard()))) {
            TaskFuture<Integer> victim = pool.submit(() -> {
                notes.note(TestTasks.pid());
                return handle.pass(1);
            });
            int pid = tally.awaitNotes(1).getFirst();
            gate.awaitArrivals(1);
            String refused = pool.submit(() -> writeInto(pid, 4)).result();
            assumeTrue(refused.isEmpty(), "this kernel lets a process open what another of its user has: " + refused);
            assertThat(victim.exception())
                    .isInstanceOf(WorkerLostException.class)
                    .hasMessageContaining("it sent what is no message");
            assertThat(pool.submit(() -> 7).result()).isEqualTo(7);
            gate.open();
            assertThat(pool.submit(TestTasks::pid).result()).isNotEqualTo(pid);
        }
    }
}
