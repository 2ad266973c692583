package dev.pando.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.process.ProgramMemory;
import dev.pando.internal.process.memory.MemoryPeek;
import java.io.File;
import java.util.concurrent.TimeUnit;

/** What shared memory may not leave behind. */
final class SharedMemoryLeaks {
    private SharedMemoryLeaks() {}

    static void assertNoFileHasAName() {
        String prefix = "pando-memory-" + ProcessHandle.current().pid() + "-"; // and none whose number begins so
        String[] names = new File("/dev/shm").list((folder, name) -> name.startsWith(prefix));
        assertThat(names == null ? new String[0] : names).isEmpty();
    }

    /** What a task took along that no worker has answered is given back once the task is collected. */
    static void assertNothingIsLent() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (MemoryPeek.held(ProgramMemory.lender())[0] > 0 && System.nanoTime() - end < 0) {
            System.gc();
        }
        assertThat(MemoryPeek.held(ProgramMemory.lender())[0])
                .as("bytes still lent")
                .isZero();
    }
}
