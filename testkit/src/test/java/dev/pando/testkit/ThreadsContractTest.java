package dev.pando.testkit;

import dev.pando.local.Threads;
import dev.pando.spi.Backend;
import org.junit.jupiter.api.Tag;

@Tag("quick")
class ThreadsContractTest extends PoolContract {

    @Override
    public Backend workers(int count) {
        return Threads.of(count);
    }

    @Override
    public boolean namesThreads() {
        return true;
    }
}
