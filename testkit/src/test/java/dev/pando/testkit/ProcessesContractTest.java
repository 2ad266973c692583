package dev.pando.testkit;

import dev.pando.process.Processes;
import dev.pando.spi.Backend;
import java.time.Duration;

/** Worker processes keep the whole contract. */
class ProcessesContractTest extends PoolContract {
    /** No test waits for its end; shorter, a machine that stands still for it would cost a task its worker. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    @Override
    public Backend workers(int count) {
        return Processes.of(count).grace(GRACE).jvmArgs(WorkerFixture.BRIEF);
    }

    @Override
    public boolean sharesMemory() {
        return false;
    }
}
