package dev.pando;

import java.util.Optional;

/**
 * Is told of the ends of tasks and of workers by a pool that is open already, for as long as its {@link
 * PoolView.Watch} lasts. Unlike a {@link PoolListener} it learns of an end alone and asks for the rest, so that a
 * watcher which looks at every hundredth task costs next to nothing, and tasks are sent to worker processes ahead of
 * their turn as ever.
 *
 * <p>It is called on the thread where it happens, so it must be quick. What it throws is logged and changes nothing.
 */
public interface PoolWatcher {

    /** A task is done; a task without a worker was cancelled before it began. */
    default void ended(TaskFuture<?> task) {}

    /** A worker is ready. */
    default void workerStarted(String worker) {}

    /**
     * A worker died. Told before the tasks that it took along end.
     *
     * @param loss its death certificate, absent where only the reason is known. Its task is empty if the worker had
     *     none.
     */
    default void workerLost(String worker, String reason, Optional<WorkerLoss> loss) {}
}
