package dev.pando.local;

import dev.pando.internal.util.Checks;
import dev.pando.spi.Backend;
import dev.pando.spi.Engine;
import dev.pando.spi.Host;
import org.jspecify.annotations.Nullable;

/**
 * Platform threads: for work that computes, for code that must not meet itself on more than so many threads, and for
 * everything ordinary.
 */
public final class Threads implements Backend {
    private final int count;
    private final @Nullable Runnable initializer;

    private Threads(int count, @Nullable Runnable initializer) {
        this.count = count;
        this.initializer = initializer;
    }

    /**
     * So many threads at most; they are started when there is work for them.
     *
     * @throws IllegalArgumentException the count is zero or negative
     */
    public static Threads of(int count) {
        return new Threads(Checks.positive(count, "count"), null);
    }

    /** As many as suit work that partly waits: {@code min(32, processors + 4)}. */
    public static Threads auto() {
        return of(Math.min(32, Runtime.getRuntime().availableProcessors() + 4));
    }

    /**
     * Runs this on each thread before its first task. A thread on which it throws takes no work; if it throws on the
     * first, the pool is broken, and everything submitted ends in {@code PoolBrokenException}.
     */
    public Threads initializer(Runnable initializer) {
        return new Threads(count, Checks.present(initializer, "initializer"));
    }

    @Override
    public Engine start(Host host) {
        return new ThreadsEngine(host, count, initializer);
    }

    @Override
    public String toString() {
        return "Threads.of(" + count + ")";
    }
}
