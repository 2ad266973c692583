package dev.pando.micrometer;

import dev.pando.Pool;
import dev.pando.local.Threads;
import dev.pando.spi.Backend;
import dev.pando.testkit.ExecutorContract;
import java.util.concurrent.ExecutorService;

/** A pool in the shape of the JDK's class keeps the contract that the pool keeps. */
class ExecutorViewContractTest extends ExecutorContract {

    @Override
    public Backend workers(int count) {
        return Threads.of(count);
    }

    @Override
    public ExecutorService executor(Pool pool) {
        return PoolMetrics.executor(pool);
    }
}
