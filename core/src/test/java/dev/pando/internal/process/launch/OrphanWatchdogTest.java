package dev.pando.internal.process.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.process.os.OperatingSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
@Tag("processes")
class OrphanWatchdogTest {
    private final OrphanWatchdog watchdog = new OrphanWatchdog(OperatingSystem.here());
    private final String program = watchdog.newMark().replaceAll("-1$", "-");

    private int pools;

    private void openPool() {
        watchdog.poolOpened();
        pools++;
    }

    private void closePool() {
        pools--;
        watchdog.poolClosed();
    }

    /** Ends the process after a failed assertion too, or else every test that counts this JVM's processes fails. */
    @AfterEach
    void closePools() {
        while (pools > 0) {
            closePool();
        }
    }

    /**
     * Returns the process of this watchdog, which names the marks on its command line. The kernel closes the pipe for
     * which {@code start()} waits before it sets the command line, so that a new process has none for a moment.
     */
    private List<ProcessHandle> process() {
        return ProcessHandle.current()
                .children()
                .filter(child -> arguments(child).contains(OperatingSystem.MARK + "=" + program))
                .filter(ProcessHandle::isAlive)
                .toList();
    }

    private static List<String> arguments(ProcessHandle child) {
        while (child.isAlive()) {
            Optional<String[]> arguments = child.info().arguments();
            if (arguments.isPresent()) {
                return List.of(arguments.get());
            }
            Thread.onSpinWait();
        }
        return List.of();
    }

    @Test
    void isThereFromTheFirstWorkerToTheLastPool() {
        watchdog.watch();
        assertThat(process()).as("without a pool").isEmpty();
        openPool();
        openPool();
        assertThat(process()).as("without a worker").isEmpty();
        watchdog.watch();
        watchdog.watch();
        assertThat(process()).hasSize(1);
        closePool();
        assertThat(process()).as("with a pool left").hasSize(1);
        closePool();
        assertThat(process()).as("when the last pool has ended").isEmpty();
        openPool();
        watchdog.watch();
        assertThat(process()).as("for a new pool").hasSize(1);
        closePool();
        assertThat(process()).isEmpty();
    }

    @Test
    void isReplacedWhenItWasKilled() throws Exception {
        openPool();
        watchdog.watch();
        ProcessHandle first = process().getFirst();
        first.destroyForcibly();
        first.onExit().get(20, TimeUnit.SECONDS);
        while (process().isEmpty()) {
            watchdog.watch(); // the JDK tells the parent of an end a moment later
        }
        closePool();
        assertThat(process()).isEmpty();
    }

    @Test
    void holdsNothingOfTheProgramsButItsInput() throws Exception {
        openPool();
        watchdog.watch();
        Path process = Path.of("/proc/" + process().getFirst().pid());
        assertThat(Files.readSymbolicLink(process.resolve("cwd"))).isEqualTo(Path.of("/"));
        assertThat(Files.readSymbolicLink(process.resolve("fd/1"))).isEqualTo(Path.of("/dev/null"));
        assertThat(Files.readSymbolicLink(process.resolve("fd/2"))).isEqualTo(Path.of("/dev/null"));
        assertThat(Files.readString(process.resolve("environ"))).doesNotContain(OperatingSystem.MARK);
    }

    @Test
    void eachPoolHasAMarkOfItsOwn() {
        assertThat(watchdog.newMark()).isEqualTo(program + "2").isNotEqualTo(watchdog.newMark());
    }
}
