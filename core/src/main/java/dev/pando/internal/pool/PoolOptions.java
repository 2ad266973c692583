package dev.pando.internal.pool;

import dev.pando.ContextCarrier;
import dev.pando.PoolListener;
import dev.pando.WhenFull;
import dev.pando.internal.task.TaskOptions;
import dev.pando.spi.Backend;
import dev.pando.spi.Timer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pool is opened with.
 *
 * @param queue how many tasks may wait for a worker
 * @param timeoutNanos of each task; {@link TaskOptions#NO_TIMEOUT}: none
 * @param recorded whether a flight recording may show the pool
 * @param timer {@code null}: the system's clock
 */
public record PoolOptions(
        Backend backend,
        String name,
        int queue,
        WhenFull whenFull,
        long timeoutNanos,
        List<PoolListener> listeners,
        List<ContextCarrier> carriers,
        boolean metered,
        boolean recorded,
        @Nullable Timer timer) {

    public PoolOptions {
        listeners = List.copyOf(listeners);
        carriers = List.copyOf(carriers);
    }
}
