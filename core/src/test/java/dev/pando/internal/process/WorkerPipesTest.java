package dev.pando.internal.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.TaskFuture;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How a worker and its parent are joined, as the system sees it: by pipes that no other process holds. */
@EnabledOnOs(OS.LINUX)
@Tag("processes")
class WorkerPipesTest {
    @RegisterExtension
    final HostilePool hostile = new HostilePool();

    /** A worker as it sees itself; its descriptors from 3 on include those that its program has opened. */
    record Self(long pid, Map<Integer, String> descriptors, String mark) implements Serializable {}

    private static Map<Integer, String> descriptors(String pid) throws IOException {
        Map<Integer, String> descriptors = new TreeMap<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc", pid, "fd"))) {
            for (Path one : all) {
                try {
                    descriptors.put(
                            Integer.parseInt(one.getFileName().toString()),
                            Files.readSymbolicLink(one).toString());
                } catch (IOException gone) {
                    // closed meanwhile
                }
            }
        }
        return descriptors;
    }

    private static Task<Self> look() {
        return () -> new Self(ProcessHandle.current().pid(), descriptors("self"), System.getenv("PANDO_WORKER"));
    }

    @Test
    void theChannelIsTwoPipesAndTheStandardStreamsAreNoPartOfIt() {
        Map<Integer, String> of = hostile.pool().submit(look()).result().descriptors();
        assertThat(of.get(0)).isEqualTo("/dev/null");
        assertThat(of.get(3)).startsWith("pipe:");
        assertThat(of.get(4)).startsWith("pipe:");
        assertThat(of.get(1))
                .as("stdout")
                .startsWith("pipe:")
                .isEqualTo(of.get(2))
                .isNotIn(of.get(3), of.get(4));
        assertThat(of.values()).as("open to others").noneMatch(what -> what.startsWith("socket:"));
    }

    /** Looks at every process of this machine whose descriptors are readable. */
    @Test
    void nobodyButTheParentAndTheWorkerHoldsTheChannel() throws Exception {
        hostile.pool(processes -> processes.spares(1));
        Self self = hostile.pool().submit(look()).result();
        for (int i = 0; i < 2; i++) {
            hostile.started.take(); // a starting one holds its parent's pipes
        }
        List<String> channel =
                List.of(self.descriptors().get(3), self.descriptors().get(4));
        List<Long> holders = new ArrayList<>();
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            try {
                if (descriptors(Long.toString(process.pid())).values().stream().anyMatch(channel::contains)) {
                    holders.add(process.pid());
                }
            } catch (IOException gone) {
                // or a process of another user, which cannot read ours either
            }
        }
        assertThat(holders)
                .containsExactlyInAnyOrder(self.pid(), ProcessHandle.current().pid());
    }

    @Test
    void aProgramThatATaskStartsDoesNotInheritTheChannel() {
        Pool pool = hostile.pool();
        Self self = pool.submit(look()).result();
        String listed = pool.submit((Task<String>) () -> {
                    Process helper =
                            new ProcessBuilder("/bin/sh", "-c", "for i in /proc/$$/fd/*; do readlink $i; done").start();
                    return new String(helper.getInputStream().readAllBytes(), UTF_8);
                })
                .result();
        assertThat(listed)
                .isNotEmpty()
                .doesNotContain(self.descriptors().get(3))
                .doesNotContain(self.descriptors().get(4));
    }

    @Test
    void theCommandLineTellsNoSecret() throws Exception {
        hostile.pool(processes -> processes
                .environment(Map.of("PASSWORD", "open sesame"))
                .initializer(() -> System.setProperty("given", "swordfish")));
        Self self = hostile.pool().submit(look()).result();
        String line = Files.readString(Path.of("/proc", Long.toString(self.pid()), "cmdline"));
        assertThat(line)
                .contains("dev.pando.internal.process.child.WorkerMain")
                .doesNotContain("sesame")
                .doesNotContain("swordfish")
                .doesNotContain(self.mark());
        TaskFuture<String> given =
                hostile.pool().submit((Task<String>) () -> System.getenv("PASSWORD") + System.getProperty("given"));
        assertThat(given.result()).isEqualTo("open sesameswordfish");
    }

    @Test
    void whatATaskReadsFromItsStandardInputIsNothing() {
        assertThat(hostile.pool().submit((Task<Integer>) () -> System.in.read()).result())
                .isEqualTo(-1);
    }
}
