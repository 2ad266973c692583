package dev.pando.testkit;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What {@link java.util.concurrent.ExecutorService} promises, for a view of a pool: extend this class, and return the
 * view from {@link #executor}. It is a part of {@link PoolContract}.
 */
@Timeout(60)
public abstract class ExecutorContract implements Subject, ExecutorServiceContract {

    @RegisterExtension
    final Pools pools = new Pools();

    @Override
    public final Pools pools() {
        return pools;
    }
}
