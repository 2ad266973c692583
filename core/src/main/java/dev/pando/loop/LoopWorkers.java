package dev.pando.loop;

import dev.pando.spi.DirectEngine;
import dev.pando.spi.Host;
import dev.pando.spi.Job;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A loop as the workers of a pool: each task is a coroutine. Either the loop is the pool's own, and ends with it; or the
 * pool is a part of a loop that runs already, for {@code Loop.group}.
 */
final class LoopWorkers implements DirectEngine {
    private final Host host;
    private final LoopEngine loop;
    private final boolean own;

    /** Tasks taken and not ended. Raised by whoever submits, lowered by who ran it. */
    private final AtomicInteger alive = new AtomicInteger();

    private final AtomicBoolean closing = new AtomicBoolean();

    /** Workers with a loop of their own. */
    LoopWorkers(Host host, Loop settings) {
        this.host = host;
        this.loop = new LoopEngine(host.name(), settings, host::ended);
        this.own = true;
    }

    /** Workers of a loop that runs. */
    LoopWorkers(Host host, LoopEngine loop) {
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
        loop.start(new PoolTask(loop, this, job));
        return true;
    }

    @Override
    public void rescue(Job job) {
        take(job);
    }

    @Override
    public void wake() {
        for (Job job = host.next(); job != null; job = host.next()) take(job);
        if (!host.over() || alive.get() != 0) return; // in this order: when it is over, nobody new comes alive
        if (!own) host.ended();
        else if (closing.compareAndSet(false, true)) loop.start(new Closing(loop));
    }

    /** A task has ended. */
    void left() {
        alive.decrementAndGet();
        if (host.over()) wake();
    }
}
