package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.process.Processes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the heap of a worker grows to. */
@Timeout(60)
class WorkerHeapTest {
    private static final int MEBIBYTES = 16;
    private static final int ROUNDS = 60;

    @RegisterExtension
    final Pools pools = new Pools();

    /** Arrays that have no room beside other new objects stay until the whole heap is collected. */
    @Test
    void aWorkerThatMeetsOneLargeArrayAtATimeDoesNotKeepThemAll() {
        Pool pool = pools.open(Pool.with(Processes.of(1)).named(pools.name()));
        for (int round = 0; round < ROUNDS; round++) {
            double[] there = new double[MEBIBYTES << 17];
            assertThat(pool.submit(array -> array, there).result()).hasSameSizeAs(there);
        }
        long heap = pool.submit(() -> Runtime.getRuntime().totalMemory()).result();
        assertThat(heap >> 20).as("MiB of heap").isLessThan(MEBIBYTES * ROUNDS / 2);
    }
}
