package dev.pando.dashboard;

import dev.pando.dashboard.internal.AccessGuard;
import dev.pando.dashboard.internal.PageServer;
import java.net.URI;

/** A page that is served until it is closed. It does not keep the JVM alive. */
public final class DashboardServer implements AutoCloseable {
    private final DashboardFeed feed;
    private final PageServer server;

    DashboardServer(DashboardFeed feed, int port, boolean isWritable) {
        this.feed = feed;
        this.server = new PageServer(new AccessGuard(), port, isWritable, feed.source());
        System.getLogger("dev.pando.dashboard")
                .log(System.Logger.Level.INFO, () -> "pools can be seen at " + address());
    }

    /** An address that lets one browser in, once: each call makes another. */
    public URI address() {
        return server.address();
    }

    /** The port of the page. */
    public int port() {
        return server.port();
    }

    /** Ends the page, and stops recording. The pools go on. */
    @Override
    public void close() {
        server.close();
        feed.close();
    }
}
