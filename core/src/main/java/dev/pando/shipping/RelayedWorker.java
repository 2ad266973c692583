package dev.pando.shipping;

import dev.pando.internal.worker.GuestContext;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * What the program calls a worker that runs a task for it on another machine: {@link dev.pando.Worker} answers by it.
 *
 * @param name as in {@link dev.pando.TaskInfo#worker}
 * @param attempt which attempt at the task it is, from 1
 * @param reports where the task's reports go; {@code null}: to the parent of this worker process
 */
public record RelayedWorker(
        String name, int attempt, @Nullable TaskReports reports) {

    /**
     * Runs a task on the calling thread. What it may ask of its pool is refused.
     *
     * @throws Exception whatever the task throws
     */
    public <V extends @Nullable Object> V call(Callable<V> task) throws Exception {
        TaskReports told = reports;
        GuestContext guest = told == null
                ? GuestContext.inWorker(name, attempt)
                : GuestContext.onThread(name, attempt, told::progress, told::isStopping);
        try (guest) {
            return task.call();
        }
    }
}
