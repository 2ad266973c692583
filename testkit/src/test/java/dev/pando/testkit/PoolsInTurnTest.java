package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.local.Threads;
import dev.pando.local.Virtual;
import dev.pando.loop.Loop;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import dev.pando.spi.Backend;
import java.io.File;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Pools that come and go in one program leave nothing behind: no thread, descriptor, process, file, memory. */
@EnabledOnOs(OS.LINUX)
@Tag("processes")
class PoolsInTurnTest {
    @Test
    @Timeout(180)
    void aHundredPoolsLeaveNothing() {
        inTurn(100, 5);
    }

    @Tag("full")
    @Test
    @Timeout(3600)
    void aThousandPoolsLeaveNothing() {
        inTurn(1_000, 10);
    }

    /** @param each how many pools there are to one of processes */
    private static void inTurn(int pools, int each) {
        open(0);
        open(1);
        open(2);
        open(3); // the classes of each kind are loaded
        ParentVitals before = ParentVitals.now();
        List<String> files = files();
        for (int pool = 1; pool <= pools; pool++) {
            open(pool % each == 0 ? 0 : 1 + pool % 3);
        }
        before.assertRestored();
        assertThat(files()).as("files of this process").isEqualTo(files);
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("turn"));
    }

    private static void open(int kind) {
        Backend backend = switch (kind) {
            case 0 -> Processes.of(1).heap("32m").jvmArgs(WorkerFixture.BRIEF).output(Output.discard());
            case 1 -> Threads.of(2);
            case 2 -> Virtual.atMost(2);
            default -> Loop.create();
        };
        try (Pool pool = Pool.with(backend).named("turn").open()) {
            assertThat(pool.submit(x -> x + 1, 6).result()).isEqualTo(7);
        }
    }

    /** Returns what this process has in the folders for temporary files, by the number in the name. */
    private static List<String> files() {
        String mine = "-" + ProcessHandle.current().pid() + "-";
        return Arrays.stream(new File[] {new File(System.getProperty("java.io.tmpdir")), new File("/dev/shm")})
                .flatMap(folder -> Arrays.stream(folder.list()))
                .filter(name -> name.startsWith("pando-") && name.contains(mine))
                .sorted()
                .toList();
    }
}
