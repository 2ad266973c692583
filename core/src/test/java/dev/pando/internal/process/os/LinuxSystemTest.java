package dev.pando.internal.process.os;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(OS.LINUX)
@Tag("processes")
class LinuxSystemTest {
    private final OperatingSystem os = OperatingSystem.here();
    private final TestProcesses testProcesses = new TestProcesses();

    @AfterEach
    void nobodyStaysBehind() throws Exception {
        testProcesses.close();
    }

    /** Answers each byte with its successor, and prints about it on standard output and standard error. */
    static final class Echo {
        private Echo() {}

        public static void main(String[] args) throws Exception {
            InputStream commands = OperatingSystem.here().commands();
            OutputStream answers = OperatingSystem.here().answers();
            System.out.println("out " + System.in.read());
            System.err.println("err " + String.join(" ", args));
            for (int b = commands.read(); b >= 0; b = commands.read()) {
                answers.write(b + 1);
            }
            answers.write('!');
        }
    }

    @Test
    void aWorkerHasAChannelOfItsOwn() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(os.detached(List.of(
                TestProcesses.JAVA,
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                Echo.class.getName(),
                "a b",
                "$HOME")));
        Process worker = builder.start();
        try {
            worker.getOutputStream().write('a');
            worker.getOutputStream().flush();
            assertThat(worker.getInputStream().read()).isEqualTo('b');
            assertThat(ProcFs.stat(worker.pid()).session())
                    .as("session of the worker")
                    .isEqualTo(worker.pid());
            assertThat(worker.toHandle().info().command()).get().asString().endsWith("java");

            worker.getOutputStream().close();

            assertThat(worker.getInputStream().readAllBytes()).asString(UTF_8).isEqualTo("!");
            assertThat(worker.getErrorStream().readAllBytes()).asString(UTF_8).isEqualTo("out -1\nerr a b $HOME\n");
            assertThat(worker.waitFor()).isZero();
        } finally {
            worker.toHandle().destroyForcibly();
        }
    }

    @Test
    void aProgramThatIsNotThereIsToldByItsExitCode() throws Exception {
        Process worker = new ProcessBuilder(os.detached(List.of("/dev/null/nothing"))).start();
        assertThat(worker.getErrorStream().readAllBytes()).asString(UTF_8).contains("/dev/null/nothing");
        assertThat(worker.waitFor()).isIn(126, 127);
    }

    @Test
    void residentOfTheLivingAndOfTheDead() throws Exception {
        assertThat(os.resident(ProcessHandle.current().pid()).getAsLong()).isBetween(1L << 20, 1L << 40);

        Process child = testProcesses.stranger("/bin/sleep", "300");
        assertThat(os.resident(child.pid())).isPresent();
        child.destroyForcibly();
        assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(os.resident(child.pid())).isEmpty();
    }

    private long zombie() throws Exception {
        Process parent = testProcesses.shell("sh -c 'echo $$ >&4' & exec sleep 300");
        long child = testProcesses.pid(parent.inputReader());
        while (ProcFs.stat(child).state() != 'Z') {
            Thread.onSpinWait();
        }
        return child;
    }

    @Test
    void residentOfAZombie() throws Exception {
        assertThat(os.resident(zombie())).isEmpty();
    }

    @Test
    void aZombieHasEnded() throws Exception {
        assertThat(os.hasEnded(zombie())).isTrue();
    }

    @Test
    void whoSleepsHasNotEnded() throws Exception {
        assertThat(os.hasEnded(testProcesses.stranger("/bin/sleep", "300").pid()))
                .isFalse();
    }

    /** The file of a process may be unreadable for other reasons, such as a lack of descriptors. */
    @Test
    void whoCannotBeLookedAtIsNotKnownToHaveEnded() throws Exception {
        Process child = testProcesses.stranger("/bin/sleep", "300");
        child.destroyForcibly();
        assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(os.hasEnded(child.pid())).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "129,SIGHUP",
        "134,SIGABRT",
        "135,SIGBUS",
        "137,SIGKILL",
        "139,SIGSEGV",
        "143,SIGTERM",
        "159,SIGSYS",
        "162,signal 34"
    })
    void signals(int exitCode, String name) {
        assertThat(os.signal(exitCode)).hasValue(name);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 193, 255, -1, Integer.MIN_VALUE})
    void noSignals(int exitCode) {
        assertThat(os.signal(exitCode)).isEmpty();
    }

    @Test
    void aRealSignal() throws Exception {
        Process child = testProcesses.shell("kill -TERM $$");
        assertThat(os.signal(child.waitFor())).hasValue("SIGTERM");
    }
}
