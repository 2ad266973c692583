package dev.pando.local;

import dev.pando.internal.util.Checks;
import dev.pando.spi.Backend;
import dev.pando.spi.Engine;
import dev.pando.spi.Host;

/**
 * A virtual thread for each task: for work that mostly waits. Virtual threads are daemons, by the JVM's own rule: a
 * program that ends without closing its pool ends without waiting for them.
 */
public final class Virtual implements Backend {
    private final int limit;

    private Virtual(int limit) {
        this.limit = limit;
    }

    /** Every task begins at once, so nothing ever waits in the queue, and its bound bounds nothing. */
    public static Virtual unlimited() {
        return new Virtual(Integer.MAX_VALUE);
    }

    /**
     * So many at a time; the others stand in line.
     *
     * @throws IllegalArgumentException the limit is zero or negative
     */
    public static Virtual atMost(int limit) {
        return new Virtual(Checks.positive(limit, "limit"));
    }

    @Override
    public Engine start(Host host) {
        return new VirtualEngine(host, limit);
    }

    @Override
    public String toString() {
        return limit == Integer.MAX_VALUE ? "Virtual.unlimited()" : "Virtual.atMost(" + limit + ")";
    }
}
