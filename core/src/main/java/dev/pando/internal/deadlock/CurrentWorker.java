package dev.pando.internal.deadlock;

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
        return WORKER.get();
    }

    public static void set(@Nullable WaitingWorker worker) {
        if (worker == null) {
            WORKER.remove();
        } else {
            WORKER.set(worker);
        }
    }
}
