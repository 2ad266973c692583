package dev.pando.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.internal.process.ProgramMemory;
import dev.pando.internal.process.memory.MemoryPeek;
import java.io.File;

/** What shared memory may not leave behind. */
final class SharedMemoryLeaks {
    private SharedMemoryLeaks() {}

    static void assertNoFileHasAName() {
        String prefix = "pando-memory-" + ProcessHandle.current().pid();
        String[] names = new File("/dev/shm").list((folder, name) -> name.startsWith(prefix));
        assertThat(names == null ? new String[0] : names).isEmpty();
    }

    static void assertNothingIsLent() {
        assertThat(MemoryPeek.held(ProgramMemory.lender())[0])
                .as("bytes still lent")
                .isZero();
    }
}
