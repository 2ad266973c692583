package dev.pando.internal.process;

import dev.pando.spi.Engine;
import dev.pando.spi.Host;
import dev.pando.spi.Job;
import dev.pando.spi.PackingEngine;
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
        // not a StackWalker and no stream: each program that opens a pool would load them, some 10 ms of its start
        StackTraceElement[] stack = new Throwable().getStackTrace();
        String reason = isCalledFrom(WORKER, stack) ? reason(host.name(), stack) : null;
        return reason == null ? null : new BarredEngine(host, reason);
    }

    private static boolean isCalledFrom(String beginning, StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (frame.getClassName().startsWith(beginning)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String reason(String pool, StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (frame.getMethodName().equals("<clinit>")) {
                String type = frame.getClassName();
                return "pool " + pool + " has no workers here: this is a worker process, and the static initializer of "
                        + type + " opened the pool, as it did in the program. Each worker would start workers in turn."
                        + " Open the pool in a method, or in a class that no task uses";
            }
        }
        if (isCalledFrom(UNPACKING, stack)) {
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
