package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.process.Processes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However a program ends, its workers and the processes they started end with it, and nothing is left of them. */
@Timeout(90)
class OrphansTest {
    @RegisterExtension
    final WorkerFixture workerFixture = new WorkerFixture();

    /** What starts the program. */
    private List<String> prefix = List.of();

    private Process start(Tally tally, List<String> options, String... arguments) throws Exception {
        List<String> line = new ArrayList<>(prefix);
        line.addAll(List.of(ProcessHandle.current().info().command().orElseThrow(), "-Xmx128m"));
        line.addAll(ProgramWorkshop.BRIEF);
        line.addAll(options);
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), ParentProgram.class.getName()));
        line.add(arguments[0]);
        line.add(String.valueOf(tally.handle().port()));
        line.addAll(List.of(arguments).subList(1, arguments.length));
        ProcessBuilder program = new ProcessBuilder(line).redirectErrorStream(true);
        workerFixture.mark(program);
        return program.start();
    }

    /** Starts a parent that does this, and waits until two workers are at work. */
    private Process parent(ParentProgram.Doing doing) throws Exception {
        Tally tally = workerFixture.tally();
        Process parent = start(tally, List.of(), "wait", doing.name());
        tally.awaitNotes(2);
        return parent;
    }

    private void awaitNobody(TestReporter reporter) {
        long from = System.nanoTime();
        WorkerFixture.await(
                "no process is left",
                () -> WorkerFixture.pids(workerFixture.mark).isEmpty());
        reporter.publishEntry("gone after ms", String.valueOf((System.nanoTime() - from) / 1_000_000));
    }

    @ParameterizedTest
    @EnumSource
    void nobodyOutlivesAParentThatIsKilled(ParentProgram.Doing doing, TestReporter reporter) throws Exception {
        Process parent = parent(doing);
        parent.toHandle().destroyForcibly();
        parent.waitFor();
        awaitNobody(reporter);
    }

    @ParameterizedTest
    @EnumSource
    void nobodyOutlivesAParentThatIsInterrupted(ParentProgram.Doing doing, TestReporter reporter) throws Exception {
        Process parent = parent(doing);
        WorkerFixture.signal("INT", parent.pid());
        assertThat(parent.waitFor()).isEqualTo(130);
        awaitNobody(reporter);
    }

    @Test
    void nobodyOutlivesAParentThatIsKilledWhileWorkersComeAndGo() throws Exception {
        killOften(10);
    }

    @Tag("full")
    @Timeout(3600)
    @Test
    void nobodyOutlivesAParentThatIsKilledWhileWorkersComeAndGoHoweverOften() throws Exception {
        killOften(Integer.getInteger("pando.kills", 100)); // 300 take ten minutes, and ran once without a process left
    }

    /** The kills are spread over the first second and a half of the program's pool. */
    private void killOften(int kills) throws Exception {
        for (int kill = 0; kill < kills; kill++) {
            Tally tally = workerFixture.tally();
            Process parent = start(tally, List.of(), "churn");
            tally.awaitNotes(1);
            LockSupport.parkNanos(1_500_000_000L * kill / kills);
            parent.toHandle().destroyForcibly();
            parent.waitFor();
            WorkerFixture.await(
                    "no process is left after kill " + kill,
                    () -> WorkerFixture.pids(workerFixture.mark).isEmpty());
        }
    }

    @Test
    void nobodyOutlivesAParentThatExits(TestReporter reporter) throws Exception {
        Tally tally = workerFixture.tally();
        Process parent = start(tally, List.of(), "exit");
        tally.awaitNotes(2);
        parent.getOutputStream().close();
        assertThat(parent.waitFor()).isEqualTo(7);
        awaitNobody(reporter);
    }

    @Test
    void aProgramThatForgotItsPoolDoesWhatItAcceptedAndEnds(TestReporter reporter) throws Exception {
        Tally tally = workerFixture.tally();
        Process parent = start(tally, List.of(), "forget");
        assertThat(said(parent)).isEqualTo(" 0");
        assertThat(tally.notes())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 20).boxed().toList());
        awaitNobody(reporter);
    }

    @Test
    void workThatIsHeldBackIsDoneBeforeTheProgramEnds(TestReporter reporter) throws Exception {
        Tally tally = workerFixture.tally();
        Process parent = start(tally, List.of(), "storm");
        assertThat(said(parent)).isEqualTo(" 0");
        assertThat(tally.notes()).containsExactly(1);
        awaitNobody(reporter);
    }

    /** A stopped worker cannot notice that its parent is gone, so another process has to. */
    @ParameterizedTest
    @EnumSource(names = {"HELPERS", "AT_REST"})
    void whatIsStoppedDoesNotOutliveAParentThatIsKilled(ParentProgram.Doing doing, TestReporter reporter)
            throws Exception {
        Process parent = parent(doing);
        freezeFamily(parent);
        parent.toHandle().destroyForcibly();
        parent.waitFor();
        awaitNobody(reporter);
    }

    /** The terminal sends its interrupt to the whole group of the program. */
    @Test
    void whatIsStoppedDoesNotOutliveAProgramThatIsInterruptedFromTheTerminal(TestReporter reporter) throws Exception {
        prefix = List.of("setsid");
        Process parent = parent(ParentProgram.Doing.HELPERS);
        freezeFamily(parent);
        WorkerFixture.signal("INT", -parent.pid());
        assertThat(parent.waitFor()).isEqualTo(130);
        awaitNobody(reporter);
    }

    @Test
    void nothingHoldsTheOutputOfAProgramThatIsGone() throws Exception {
        Process parent = parent(ParentProgram.Doing.HELPERS);
        List<ProcessHandle> all = parent.descendants().toList();
        freezeFamily(parent);
        assertThat(all).filteredOn(one -> holdsOutput(one.pid(), parent.pid())).isEmpty();
        parent.toHandle().destroyForcibly();
        assertThat(said(parent)).isEqualTo(" 137");
        for (ProcessHandle one : all) {
            WorkerFixture.awaitGone(one.pid());
        }
    }

    private static boolean holdsOutput(long pid, long program) {
        try (var descriptors = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
            String output = Files.readSymbolicLink(Path.of("/proc/" + program + "/fd/1"))
                    .toString();
            for (Path descriptor : descriptors) {
                if (Files.readSymbolicLink(descriptor).toString().equals(output)) {
                    return true;
                }
            }
            return false;
        } catch (IOException gone) {
            return false;
        }
    }

    /** Stops the workers of a program, and all that they started. */
    private void freezeFamily(Process parent) throws Exception {
        for (long pid : WorkerFixture.pids(workerFixture.mark)) {
            if (pid != parent.pid()) {
                ProcessCensus.freeze(pid);
            }
        }
    }

    private static String said(Process parent) throws Exception {
        return new String(parent.getInputStream().readAllBytes(), StandardCharsets.UTF_8) + " " + parent.waitFor();
    }

    @Test
    void anInterruptFromTheTerminalIsNotForWorkers() throws Exception {
        Gate gate = workerFixture.gate();
        Pool pool = workerFixture.open(Processes.of(1).heap("32m"));
        int pid = pool.submit(TestTasks::pid).result();
        TaskFuture<Integer> task = pool.submit(gate.handle()::pass, 1);
        gate.awaitArrivals(1);
        WorkerFixture.signal("INT", pid);
        gate.open();
        assertThat(task.result()).isEqualTo(1);
        assertThat(pool.submit(TestTasks::pid).result()).isEqualTo(pid);
    }

    @Test
    void poolsThatAreClosedLeaveNoDescriptorNoThreadNoProcessNoFile(@TempDir Path temporary) throws Exception {
        litter(temporary, 10);
    }

    @Tag("full")
    @Timeout(600)
    @Test
    void howeverManyPoolsThatAreClosedLeaveNoDescriptorNoThreadNoProcessNoFile(@TempDir Path temporary)
            throws Exception {
        litter(temporary, 30);
    }

    private void litter(Path temporary, int pools) throws Exception {
        Process parent =
                start(workerFixture.tally(), List.of("-Djava.io.tmpdir=" + temporary), "litter", String.valueOf(pools));
        assertThat(said(parent)).isEqualTo("descriptors flat, files \n 0");
    }
}
