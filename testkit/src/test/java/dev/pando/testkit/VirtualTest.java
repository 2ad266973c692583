package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.Pool;
import dev.pando.local.Virtual;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What only virtual threads have: one thread for each task, and as many threads as there are tasks. */
@Timeout(60)
class VirtualTest {
    @RegisterExtension
    final Pools pools = new Pools();

    @Test
    @Scenario({60, 200})
    void whatCannotBeIsRefused() {
        for (int limit : List.of(0, -1)) {
            assertThatThrownBy(() -> Virtual.atMost(limit))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("limit must be greater than 0, not " + limit);
        }
    }

    @Test
    void eachTaskHasAVirtualThreadOfItsOwn() {
        Pool pool = pools.open(Pool.with(Virtual.atMost(1)).named(pools.name()));
        Thread first = pool.submit(Thread::currentThread).result();
        Thread second = pool.submit(Thread::currentThread).result();
        assertThat(first.isVirtual()).isTrue();
        assertThat(second).isNotSameAs(first);
    }

    @Test
    void unlimitedRunsAsManyAtOnceAsThereAreTasks() throws Exception {
        Pool pool = pools.open(Pool.with(Virtual.unlimited()).named(pools.name()));
        java.util.concurrent.CountDownLatch all = new java.util.concurrent.CountDownLatch(2_000);
        for (int i = 0; i < 2_000; i++) {
            var _ = pool.submit(() -> {
                all.countDown();
                all.await();
            });
        }
        all.await();
        pool.close();
        assertThat(pool.stats().succeeded()).isEqualTo(2_000);
    }
}
