package dev.pando.internal.process.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The process that ends the workers of a program that is gone. */
@EnabledOnOs(OS.LINUX)
@Tag("processes")
class OrphanWatchTest {
    private final TestProcesses testProcesses = new TestProcesses();

    @AfterEach
    void nobodyStaysBehind() throws Exception {
        testProcesses.close();
    }

    @TempDir
    Path folder;

    private Process watch(String marks) throws Exception {
        return testProcesses.stranger(OperatingSystem.here()
                .orphanWatch(marks, folder.resolve("pando 1-").toString())
                .toArray(String[]::new));
    }

    private static void awaitStopped(long pid) {
        while (ProcFs.stat(pid).state() != 'T') {
            Thread.onSpinWait();
        }
    }

    /** The script ignores its signals first. A signal before that ends it, as the name of its command cannot tell. */
    private static void awaitDeafness(long pid) {
        long signals = 0x4007; // HUP, INT, QUIT and TERM
        Pattern ignored = Pattern.compile("SigIgn:\\s*(\\p{XDigit}+)");
        while (true) {
            Matcher line = ignored.matcher(ProcFs.read("/proc/" + pid + "/status", ProcFs.SMALL));
            if (line.find() && (Long.parseLong(line.group(1), 16) & signals) == signals) {
                return;
            }
            Thread.onSpinWait();
        }
    }

    @Test
    void endsAStoppedWorkerAndWhatIsInItsGroupWhenItsInputEnds() throws Exception {
        Process worker =
                testProcesses.shell("env -i /bin/sh -c 'kill -STOP $$' & echo $! >&4; kill -STOP $$; exec sleep 300");
        long child = testProcesses.pid(worker.inputReader());
        awaitStopped(child);
        awaitStopped(worker.pid());
        Process stranger = testProcesses.stranger("/bin/sleep", "300");
        Process watch = watch(testProcesses.mark);

        watch.getOutputStream().close();

        assertThat(watch.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(watch.exitValue()).isZero();
        assertThat(worker.waitFor()).isEqualTo(137);
        TestProcesses.awaitEnd(child);
        assertThat(stranger.isAlive()).isTrue();
    }

    @Test
    void looksNobodyUpBeforeItsInputEnds() throws Exception {
        Process worker = testProcesses.shell("read line <&3");
        Process watch = watch(testProcesses.mark);
        awaitDeafness(watch.pid());
        for (String signal : List.of("INT", "TERM", "HUP")) {
            assertThat(testProcesses
                            .stranger("/bin/sh", "-c", "kill -" + signal + " " + watch.pid())
                            .waitFor())
                    .isZero();
        }
        assertThat(worker.isAlive()).isTrue();

        watch.getOutputStream().close();

        assertThat(watch.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(worker.waitFor()).as("it looked after all these signals").isEqualTo(137);
    }

    @Test
    void leadsASessionOfItsOwnSoThatATerminalDoesNotReachIt() throws Exception {
        Process watch = watch(testProcesses.mark);
        while (ProcFs.stat(watch.pid()).session() != watch.pid()) {
            Thread.onSpinWait();
        }
        watch.getOutputStream().close();
        assertThat(watch.waitFor()).isZero();
    }

    @Test
    void removesTheFoldersOfTheProgramThatAreEmpty() throws Exception {
        Files.createDirectory(folder.resolve("pando 1-empty"));
        Path used = Files.createDirectory(folder.resolve("pando 1-used"));
        Path log = Files.createFile(used.resolve("log"));
        Path other = Files.createDirectory(folder.resolve("pando 11-other"));
        Process watch = watch(testProcesses.mark);
        watch.getOutputStream().close();
        assertThat(watch.waitFor()).isZero();
        assertThat(folder.toFile().listFiles()).containsExactlyInAnyOrder(used.toFile(), other.toFile());
        assertThat(log).exists();
    }
}
