package dev.pando.internal.process.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.process.os.OperatingSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
@Tag("processes")
class OrphanWatchdogTest {
    private final OrphanWatchdog watchdog = new OrphanWatchdog(OperatingSystem.here());
    private final String program = watchdog.newMark().replaceAll("-1$", "-");

    /** Returns the process of this watchdog, which names the marks on its command line. */
    private List<ProcessHandle> process() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info()
                        .arguments()
                        .map(List::of)
                        .orElse(List.of())
                        .contains(OperatingSystem.MARK + "=" + program))
                .filter(ProcessHandle::isAlive)
                .toList();
    }

    @Test
    void isThereFromTheFirstWorkerToTheLastPool() {
        watchdog.watch();
        assertThat(process()).as("without a pool").isEmpty();
        watchdog.poolOpened();
        watchdog.poolOpened();
        assertThat(process()).as("without a worker").isEmpty();
        watchdog.watch();
        watchdog.watch();
        assertThat(process()).hasSize(1);
        watchdog.poolClosed();
        assertThat(process()).as("with a pool left").hasSize(1);
        watchdog.poolClosed();
        assertThat(process()).as("when the last pool has ended").isEmpty();
        watchdog.poolOpened();
        watchdog.watch();
        assertThat(process()).as("for a new pool").hasSize(1);
        watchdog.poolClosed();
        assertThat(process()).isEmpty();
    }

    @Test
    void isReplacedWhenItWasKilled() throws Exception {
        watchdog.poolOpened();
        watchdog.watch();
        ProcessHandle first = process().getFirst();
        first.destroyForcibly();
        first.onExit().get(20, TimeUnit.SECONDS);
        while (process().isEmpty()) {
            watchdog.watch(); // the JDK tells the parent of an end a moment later
        }
        watchdog.poolClosed();
        assertThat(process()).isEmpty();
    }

    @Test
    void holdsNothingOfTheProgramsButItsInput() throws Exception {
        watchdog.poolOpened();
        watchdog.watch();
        Path process = Path.of("/proc/" + process().getFirst().pid());
        assertThat(Files.readSymbolicLink(process.resolve("cwd"))).isEqualTo(Path.of("/"));
        assertThat(Files.readSymbolicLink(process.resolve("fd/1"))).isEqualTo(Path.of("/dev/null"));
        assertThat(Files.readSymbolicLink(process.resolve("fd/2"))).isEqualTo(Path.of("/dev/null"));
        assertThat(Files.readString(process.resolve("environ"))).doesNotContain(OperatingSystem.MARK);
        watchdog.poolClosed();
    }

    @Test
    void eachPoolHasAMarkOfItsOwn() {
        assertThat(watchdog.newMark()).isEqualTo(program + "2").isNotEqualTo(watchdog.newMark());
    }
}
