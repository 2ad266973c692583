package dev.pando.dashboard;

import dev.pando.Pool;
import dev.pando.dashboard.internal.RecorderList;
import java.util.List;

/**
 * A page that shows pools of this program while they work: tasks, workers, stacks, failures and deaths. A value: each
 * method returns another one, and {@link #open} starts it.
 *
 * {@snippet :
 * try (Pool pool = Pool.open(Processes.of(4));
 *         DashboardServer page = Dashboard.on(pool).open()) {
 *     System.out.println(page.address());
 * }
 * }
 *
 * <p>The page is served on the loopback interface alone, to a browser that was given an address with a token. It shows
 * no argument and no result of a task, and changes nothing unless it is {@link #writable}.
 */
public final class Dashboard {
    /** About ten megabytes. */
    private static final int HISTORY = 50_000;

    /** About 64 megabytes. */
    private static final int LONGEST_HISTORY = 300_000;

    private static final int LAST_PORT = 65_535;

    private final List<Pool> pools;
    private final int port;
    private final int history;
    private final boolean isWritable;

    private Dashboard(List<Pool> pools, int port, int history, boolean isWritable) {
        this.pools = pools;
        this.port = port;
        this.history = history;
        this.isWritable = isWritable;
    }

    /**
     * A dashboard of these pools, in this order.
     *
     * @throws IllegalArgumentException there is no pool
     * @throws NullPointerException a pool is {@code null}
     */
    public static Dashboard on(Pool... pools) {
        if (pools.length == 0) {
            throw new IllegalArgumentException("a dashboard shows one pool at least");
        }
        return new Dashboard(List.of(pools), 0, HISTORY, false);
    }

    /**
     * The port of the page; 0, the default, is any that is free.
     *
     * @throws IllegalArgumentException there is no such port
     */
    public Dashboard port(int port) {
        if (port < 0 || port > LAST_PORT) {
            throw new IllegalArgumentException("port must be between 0 and " + LAST_PORT + ", not " + port);
        }
        return new Dashboard(pools, port, history, isWritable);
    }

    /**
     * How many ended tasks the task stream keeps, of all pools together. The default is 50 000, about ten megabytes.
     *
     * @throws IllegalArgumentException fewer than 1, or more than 300 000
     */
    public Dashboard history(int tasks) {
        if (tasks < 1 || tasks > LONGEST_HISTORY) {
            throw new IllegalArgumentException("tasks must be between 1 and " + LONGEST_HISTORY + ", not " + tasks);
        }
        return new Dashboard(pools, port, tasks, isWritable);
    }

    /** Lets the page stop tasks. A worker process that does not give its task up within its grace is killed. */
    public Dashboard writable() {
        return new Dashboard(pools, port, history, true);
    }

    /**
     * Starts the page, and logs an address of it.
     *
     * @throws java.io.UncheckedIOException the port is taken
     * @throws IllegalStateException this Java has no module {@code jdk.httpserver}
     */
    public DashboardServer open() {
        if (ModuleLayer.boot().findModule("jdk.httpserver").isEmpty()) {
            throw new IllegalStateException("this runtime has no module jdk.httpserver, which serves the page");
        }
        DashboardFeed feed = feed();
        try {
            return new DashboardServer(feed, port, isWritable);
        } catch (Throwable t) {
            feed.close();
            throw t;
        }
    }

    /** What the page is made of, as JSON, for a framework that serves it itself, behind a door of its own. */
    public DashboardFeed feed() {
        return new DashboardFeed(RecorderList.of(pools, history));
    }
}
