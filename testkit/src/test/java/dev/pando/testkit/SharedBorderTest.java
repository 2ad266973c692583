package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.process.Processes;
import dev.pando.shared.SharedClosedException;
import dev.pando.shared.SharedCounter;
import dev.pando.shared.SharedLock;
import dev.pando.shared.SharedQueue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Handles that are at a place where they are of no use, or very many of them. */
@Timeout(60)
class SharedBorderTest {
    private static final int MANY = 1_000_000;

    @RegisterExtension
    final Pools pools = new Pools();

    private Pool open(String name) {
        return pools.open(Pool.with(Processes.of(1)).named(name));
    }

    private static void assertRefused(TaskFuture<?> future, String owner) {
        assertThat(future.exception())
                .isInstanceOf(SharedClosedException.class)
                .hasMessageContaining("it belongs to pool " + owner + ", and this task runs in pool");
    }

    /**
     * A worker speaks to one pool: another one's locks could not be taken from it when it dies. Its own pool may have
     * no construct at all.
     */
    @Test
    void aHandleOfAnotherPoolSaysWhoseItIs() {
        String name = pools.name();
        Pool owner = open(name);
        Pool other = open(pools.name());
        SharedCounter counter = owner.shared().counter();
        SharedLock lock = owner.shared().lock();
        SharedQueue<String> queue = owner.shared().queue(1);
        assertRefused(other.submit(() -> counter.increment()), name);
        assertRefused(other.submit(() -> lock.tryLock()), name);
        assertRefused(other.submit(() -> queue.offer("a")), name);
        assertThat(owner.submit(() -> {
                            for (int i = 0; i < 1_000; i++) { // so often that it lies in memory
                                counter.increment();
                            }
                            return counter.get();
                        })
                        .result())
                .isEqualTo(1_000);
        assertRefused(other.submit(() -> counter.increment()), name);
        assertThat(counter.get()).isEqualTo(1_000);
        assertThat(queue.size()).isZero();
        assertThat(lock.tryLock()).isTrue();
        SharedCounter its = other.shared().counter();
        assertRefused(other.submit(() -> counter.increment()), name);
        assertThat(other.submit(() -> its.increment()).result()).isOne();
        assertThat(other.stats().workersLost()).isZero();
    }

    @Test
    void aMillionHandlesNameOneConstruct() {
        Pool pool = open(pools.name());
        SharedCounter counter = pool.shared().counter();
        List<SharedCounter> many = new ArrayList<>(Collections.nCopies(MANY, counter));
        assertThat(pool.submit(() -> {
                            many.forEach(SharedCounter::increment);
                            return many;
                        })
                        .result())
                .hasSize(MANY)
                .containsOnly(counter);
        assertThat(counter.get()).isEqualTo(MANY);
    }
}
