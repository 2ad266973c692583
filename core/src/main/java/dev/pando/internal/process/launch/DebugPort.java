package dev.pando.internal.process.launch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The port at which a debugger finds a worker of one pool: one worker at a time, since a port has one listener. After
 * its end the next worker that starts listens.
 */
final class DebugPort {
    private final int port;

    @GuardedBy("this")
    private @Nullable Process listener;

    DebugPort(int port) {
        this.port = port;
    }

    /** Returns the options with which the next worker listens; none if another worker does. */
    synchronized List<String> options() {
        Process there = listener;
        if (there != null && there.isAlive()) {
            return List.of();
        }
        // quiet, because what a worker prints is its task's
        return List.of("-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,quiet=y,address=127.0.0.1:" + port);
    }

    /** Notes the worker that was started with the options. */
    synchronized void taken(Process by) {
        listener = by;
    }
}
