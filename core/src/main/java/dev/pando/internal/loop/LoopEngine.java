package dev.pando.internal.loop;

import dev.pando.spi.Backend;
import dev.pando.spi.DirectEngine;
import dev.pando.spi.Host;
import dev.pando.spi.Job;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A loop as the workers of a pool: each task is a coroutine. The loop is either the pool's own, and ends with the pool,
 * or one that runs already, for {@code Loop.group}.
 */
public final class LoopEngine implements DirectEngine {
    private final Host host;
    private final LoopRuntime loop;
    private final boolean own;

    /** The tasks that were taken and have not ended. Raised by submitters, lowered by coroutines. */
    private final AtomicInteger alive = new AtomicInteger();

    private final AtomicBoolean closing = new AtomicBoolean();

    /** Workers with a loop of their own. */
    public LoopEngine(Host host, LoopSettings settings) {
        this.host = host;
        this.loop = new LoopRuntime(host.name(), settings, host::ended);
        this.own = true;
    }

    /** Returns a backend whose workers are those of a loop that runs already. */
    static Backend within(LoopRuntime loop) {
        return new RunningLoop(loop);
    }

    private record RunningLoop(LoopRuntime loop) implements Backend {
        @Override
        public LoopEngine start(Host host) {
            return new LoopEngine(host, loop);
        }

        @Override
        public String toString() {
            return loop.name;
        }
    }

    private LoopEngine(Host host, LoopRuntime loop) {
        this.host = host;
        this.loop = loop;
        this.own = false;
    }

    Host host() {
        return host;
    }

    @Override
    public int width() {
        return Integer.MAX_VALUE;
    }

    @Override
    public boolean take(Job job) {
        alive.incrementAndGet();
        loop.start(new PoolTaskCoroutine(loop, this, job));
        return true;
    }

    @Override
    public void rescue(Job job) {
        take(job);
    }

    @Override
    public void wake() {
        for (Job job = host.next(); job != null; job = host.next()) {
            take(job);
        }
        if (!host.over() || alive.get() != 0) {
            return; // in this order: once the pool is over, the count cannot rise
        }
        if (!own) {
            host.ended();
        } else if (closing.compareAndSet(false, true)) {
            loop.start(new ClosingCoroutine(loop));
        }
    }

    void taskEnded() {
        alive.decrementAndGet();
        if (host.over()) {
            wake();
        }
    }
}
