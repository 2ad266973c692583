package dev.pando.junit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An isolated class as users have them: the build itself runs it, in a worker. */
@Isolated(timeout = "1m", heap = "96m")
@Tag("processes")
class LiveTest {
    private static ProcessHandle parent;

    @BeforeAll
    static void find() {
        parent = ProcessHandle.current().parent().orElseThrow();
    }

    @Test
    void theBuildRunsThisInAWorkerWithTheHeapThatWasAskedFor() {
        assertThat(Runtime.getRuntime().maxMemory()).isLessThanOrEqualTo(96L << 20);
        assertThat(parent.info().command()).isPresent();
    }
}
