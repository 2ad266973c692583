package dev.pando.internal.deadlock;

import dev.pando.spi.Waiter;
import org.jspecify.annotations.Nullable;

/**
 * The worker that the calling thread is, so that a wait or a submission finds out that it comes from inside a task.
 * Tasks that neither wait nor submit pay nothing for it.
 */
public final class CurrentWorker {
    private static final ThreadLocal<@Nullable WaitingWorker> WORKER = new ThreadLocal<>();

    private CurrentWorker() {}

    /** Returns the innermost worker of the calling thread; {@code null}: the thread runs no task. */
    public static @Nullable WaitingWorker get() {
        try {
            return WORKER.get();
        } catch (OutOfMemoryError noEntry) {
            return null; // only a thread without an entry needs memory here, and such a thread runs no task
        }
    }

    /**
     * Returns the innermost worker of the calling thread, whose waiter this is: a coroutine that is no task of a pool
     * is a worker itself, and marks no thread.
     */
    public static @Nullable WaitingWorker of(@Nullable Waiter waiter) {
        WaitingWorker innermost = WORKER.get();
        return innermost == null && waiter instanceof WaitingWorker own ? own : innermost;
    }

    public static void set(@Nullable WaitingWorker worker) {
        if (worker == null) {
            WORKER.remove();
        } else {
            WORKER.set(worker);
        }
    }
}
