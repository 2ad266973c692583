package dev.pando.internal.process;

import dev.pando.spi.Engine;
import dev.pando.spi.Host;
import dev.pando.spi.Job;
import dev.pando.spi.PackingEngine;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The engine of a pool of processes that a worker process opens only because it prepares a task: in a static
 * initializer, or in code that runs while the task is unpacked. Each worker of such a pool would do the same, so that
 * processes would breed without end. This engine starts none, and refuses every task with the reason.
 */
public final class BarredEngine implements Engine, PackingEngine {
    private static final String WORKER = "dev.pando.internal.process.child.";
    private static final String UNPACKING = "dev.pando.internal.codec.";

    private final Host host;
    private final String reason;

    private BarredEngine(Host host, String reason) {
        this.host = host;
        this.reason = reason;
    }

    /** Returns an engine if the calling thread is a worker's and prepares a task, else null. */
    public static @Nullable Engine ifPreparing(Host host) {
        List<StackWalker.StackFrame> stack = StackWalker.getInstance().walk(frames -> frames.toList());
        boolean inWorker = stack.stream().anyMatch(frame -> frame.getClassName().startsWith(WORKER));
        String reason = inWorker ? reason(host.name(), stack) : null;
        return reason == null ? null : new BarredEngine(host, reason);
    }

    private static @Nullable String reason(String pool, List<StackWalker.StackFrame> stack) {
        for (StackWalker.StackFrame frame : stack) {
            if (frame.getMethodName().equals("<clinit>")) {
                String type = frame.getClassName();
                return "pool " + pool + " has no workers here: this is a worker process, and the static initializer of "
                        + type + " opened the pool, as it did in the program. Each worker would start workers in turn."
                        + " Open the pool in a method, or in a class that no task uses";
            }
        }
        if (stack.stream().anyMatch(frame -> frame.getClassName().startsWith(UNPACKING))) {
            return "pool " + pool + " has no workers here: this is a worker process, and the pool was opened while a"
                    + " task was unpacked, in a readObject or readResolve. Open the pool in the task itself";
        }
        return null;
    }

    @Override
    public int width() {
        return 1;
    }

    @Override
    public Object pack(Callable<?> work) {
        throw new IllegalStateException(reason);
    }

    @Override
    public void wake() {
        if (host.over()) {
            host.ended();
        }
    }

    @Override
    public void rescue(Job job) {
        throw new IllegalStateException(reason);
    }
}
