package dev.pando.testkit;

import dev.pando.process.Processes;
import dev.pando.spi.Backend;

/** Worker processes keep the whole contract. */
class ProcessesContractTest extends PoolContract {

    @Override
    public Backend workers(int count) {
        return Processes.of(count).jvmArgs(WorkerFixture.BRIEF);
    }

    @Override
    public boolean sharesMemory() {
        return false;
    }
}
