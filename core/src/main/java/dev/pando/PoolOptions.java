package dev.pando;

import dev.pando.spi.Backend;
import dev.pando.spi.Timer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pool is opened with.
 *
 * @param queue how many tasks may wait for a worker
 * @param timeoutNanos of each task; {@link Terms#NO_TIMEOUT}: none
 * @param timer {@code null}: the system's clock
 */
record PoolOptions(
        Backend backend,
        String name,
        int queue,
        WhenFull whenFull,
        long timeoutNanos,
        List<PoolListener> listeners,
        List<ContextCarrier> carriers,
        boolean metered,
        @Nullable Timer timer) {

    PoolOptions {
        listeners = List.copyOf(listeners);
        carriers = List.copyOf(carriers);
    }
}
