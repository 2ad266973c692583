package dev.pando.cluster;

import dev.pando.local.Threads;
import dev.pando.spi.Backend;
import dev.pando.testkit.PoolContract;

/** One node inside the program keeps the whole contract. Its workers are threads, so that no test starts a JVM. */
class LocalContractTest extends PoolContract {

    @Override
    public Backend workers(int count) {
        return Cluster.local(Threads.of(count));
    }

    @Override
    public boolean sharesMemory() {
        return false;
    }

    @Override
    public boolean canShare() {
        return false;
    }

    @Override
    public boolean canTell() {
        return true;
    }

    @Override
    public boolean canCall() {
        return true;
    }
}
