package dev.pando.internal.loop;

import dev.pando.internal.util.MemoryPause;
import dev.pando.spi.Backend;
import dev.pando.spi.DirectEngine;
import dev.pando.spi.Host;
import dev.pando.spi.Job;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * A loop as the workers of a pool: each task is a coroutine. The loop is either the pool's own, and ends with the pool,
 * or one that runs already, for {@code Loop.group}.
 */
public final class LoopEngine implements DirectEngine {
    private final Host host;
    private final LoopRuntime loop;
    private final boolean own;
    private final BiConsumer<LoopRuntime, Coroutine> coroutineStarter;

    /** The tasks that were taken and have not ended. Raised by submitters, lowered by coroutines. */
    private final AtomicInteger alive = new AtomicInteger();

    private final AtomicBoolean closing = new AtomicBoolean();

    /** Whether a job was put back in line and no coroutine could be made for it: the next task to end sees to it. */
    private volatile boolean jobLeftInLine;

    /** Workers with a loop of their own. */
    public LoopEngine(Host host, LoopSettings settings) {
        this(host, settings, LoopRuntime::start);
    }

    LoopEngine(Host host, LoopSettings settings, BiConsumer<LoopRuntime, Coroutine> coroutineStarter) {
        this.host = host;
        this.loop = new LoopRuntime(host.name(), settings, host::ended);
        this.own = true;
        this.coroutineStarter = coroutineStarter;
    }

    /** Returns a backend whose workers are those of a loop that runs already. */
    static Backend within(LoopRuntime loop) {
        return new BorrowedLoop(loop);
    }

    private record BorrowedLoop(LoopRuntime loop) implements Backend {
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
        this.coroutineStarter = LoopRuntime::start;
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
        try {
            coroutineStarter.accept(loop, new PoolTaskCoroutine(loop, this, job));
        } catch (Throwable t) {
            alive.decrementAndGet(); // or else the pool would wait for a task that no coroutine has
            throw t;
        }
        return true;
    }

    @Override
    public void rescue(Job job) {
        take(job);
    }

    @Override
    public void wake() {
        for (Job job = host.next(); job != null; job = host.next()) {
            takeOrReturn(job);
        }
        if (!host.over() || alive.get() != 0) {
            return; // in this order: once the pool is over, the count cannot rise
        }
        if (!own) {
            host.ended();
        } else if (closing.compareAndSet(false, true)) {
            startClosing();
        }
    }

    private void startClosing() {
        try {
            coroutineStarter.accept(loop, new ClosingCoroutine(loop));
        } catch (Throwable t) {
            closing.set(false);
            throw t;
        }
    }

    private void takeOrReturn(Job job) {
        try {
            take(job);
        } catch (Throwable t) {
            job.backInLine();
            jobLeftInLine = true;
            throw t;
        }
    }

    void taskEnded() {
        alive.decrementAndGet();
        if (jobLeftInLine || host.over()) {
            wakeQuietly();
        }
    }

    /** A task could get no seat, and was not begun: it stands in line again. Never throws. */
    void couldNotBegin(Job job) {
        job.backInLine();
        jobLeftInLine = true;
        taskEnded();
    }

    /** A coroutine calls this with the turn, which an exception would never give back. */
    private void wakeQuietly() {
        while (!wokenQuietly() && alive.get() == 0) { // no other task would see to the line, or to the end
            MemoryPause.rest();
        }
    }

    private boolean wokenQuietly() {
        jobLeftInLine = false;
        try {
            wake();
            return true;
        } catch (Throwable noMemory) {
            jobLeftInLine = true;
            return false;
        }
    }
}
