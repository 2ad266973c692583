package dev.pando.dashboard.internal;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.PoolView;
import dev.pando.internal.tool.PoolTool;
import org.jspecify.annotations.Nullable;

/**
 * The dashboard of all pools of a program, which {@code -Dpando.dashboard=on} opens with the first of them. It ends
 * with the program.
 */
public final class AutomaticDashboard implements PoolTool {
    private static final int HISTORY = 50_000;

    /** Pools that were closed and are still shown: a program that opens one for each request has no end of them. */
    private static final int MOST_CLOSED = 16;

    private final RecorderList recorders = new RecorderList(HISTORY);

    @GuardedBy("this")
    private @Nullable PageServer server;

    /** Called by the service loader. */
    public AutomaticDashboard() {}

    @Override
    public String property() {
        return "pando.dashboard";
    }

    @Override
    public void opened(PoolView view) {
        recorders.forgetClosed(MOST_CLOSED);
        recorders.add(view);
        String address = started();
        if (address != null) {
            System.err.println("pando: the pools of this program can be seen, by one browser, at " + address);
        }
    }

    /** Returns the address, to the first caller alone. */
    private synchronized @Nullable String started() {
        if (server != null) {
            return null;
        }
        AccessGuard guard = new AccessGuard();
        server = new PageServer(guard, 0, false, new StateWriter(recorders));
        return server.address().toString();
    }
}
