package dev.pando;

import dev.pando.internal.PoolImpl;
import dev.pando.internal.pool.PoolOptions;
import dev.pando.internal.task.TaskOptions;
import dev.pando.internal.util.Checks;
import dev.pando.spi.Backend;
import dev.pando.spi.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A pool to be. Not for use by several threads. */
public final class PoolBuilder {
    private static final AtomicInteger UNNAMED = new AtomicInteger();

    private final Backend backend;
    private final List<PoolListener> listeners = new ArrayList<>();
    private final List<ContextCarrier> carriers = new ArrayList<>();
    private String name = "";
    private int queue = 10_000;
    private WhenFull whenFull = WhenFull.BLOCK;
    private long timeoutNanos = TaskOptions.NO_TIMEOUT;
    private boolean metered;
    private @Nullable Timer timer;

    PoolBuilder(Backend backend) {
        this.backend = backend;
    }

    /**
     * Names the pool, and its workers after it: {@code io-1}, {@code io-2}. The default is {@code pool1}, {@code pool2}
     * and so on.
     *
     * @throws IllegalArgumentException the name is blank
     */
    public PoolBuilder named(String name) {
        this.name = Checks.notBlank(name, "name");
        return this;
    }

    /**
     * How many tasks may wait for a worker, besides those that a free worker takes at once. The default is 10 000.
     *
     * @throws IllegalArgumentException the bound is zero or negative
     */
    public PoolBuilder queue(int bound) {
        this.queue = Checks.positive(bound, "bound");
        return this;
    }

    /** What a submission does when that many wait. The default is {@link WhenFull#BLOCK}. */
    public PoolBuilder whenFull(WhenFull whenFull) {
        this.whenFull = Checks.present(whenFull, "whenFull");
        return this;
    }

    /**
     * A timeout for each task, as {@link Submitter#timeout}. The default is none.
     *
     * @throws IllegalArgumentException the timeout is zero or negative
     */
    public PoolBuilder timeout(Duration timeout) {
        this.timeoutNanos = Checks.positive(timeout, "timeout");
        return this;
    }

    /** Adds a listener. */
    public PoolBuilder listener(PoolListener listener) {
        listeners.add(Checks.present(listener, "listener"));
        return this;
    }

    /** Adds something that travels from the submitting thread to the worker. The first added is the outermost. */
    public PoolBuilder carry(ContextCarrier carrier) {
        carriers.add(Checks.present(carrier, "carrier"));
        return this;
    }

    /**
     * Measures the CPU time and the allocation of each task, which costs about a microsecond a task. The default is not
     * to.
     *
     * @throws IllegalStateException this Java has no module {@code jdk.management}
     */
    public PoolBuilder metered() {
        if (ModuleLayer.boot().findModule("jdk.management").isEmpty()) {
            throw new IllegalStateException("this runtime has no module jdk.management, which measures threads");
        }
        this.metered = true;
        return this;
    }

    /** The clock for the deadlines of tasks: for tests, which move it by hand. */
    public PoolBuilder timer(Timer timer) {
        this.timer = Checks.present(timer, "timer");
        return this;
    }

    /**
     * Opens the pool.
     *
     * @throws IllegalArgumentException the backend cannot start as it is set up: the initializer of worker processes
     *     cannot travel, say
     */
    public Pool open() {
        if (name.isEmpty()) {
            name = "pool" + UNNAMED.incrementAndGet();
        }
        return new PoolImpl(new PoolOptions(
                backend, name, queue, whenFull, timeoutNanos, listeners, carriers, metered, true, timer));
    }
}
