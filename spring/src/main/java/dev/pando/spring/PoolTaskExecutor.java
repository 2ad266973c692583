package dev.pando.spring;

import dev.pando.Pool;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.TaskRejectedException;

/**
 * A pool as Spring's {@code AsyncTaskExecutor}, for {@code @Async} and for whatever of Spring takes one. The pool must
 * have its workers in this JVM: what Spring submits is made of beans, which do not travel. Does not close the pool.
 */
public final class PoolTaskExecutor implements AsyncTaskExecutor {
    private final Pool pool;

    /** Runs tasks in this pool. */
    public PoolTaskExecutor(Pool pool) {
        this.pool = pool;
    }

    /**
     * Runs the task.
     *
     * @throws TaskRejectedException the pool is closed, or is full and rejects
     */
    @Override
    public void execute(Runnable task) {
        accepted(() -> {
            pool.execute(task);
            return pool;
        });
    }

    /**
     * Runs the task.
     *
     * @throws TaskRejectedException the pool is closed, or is full and rejects
     */
    @Override
    public Future<?> submit(Runnable task) {
        return accepted(() -> pool.submit(task));
    }

    /**
     * Runs the task.
     *
     * @throws TaskRejectedException the pool is closed, or is full and rejects
     */
    @Override
    public <T extends @Nullable Object> Future<T> submit(Callable<T> task) {
        return accepted(() -> pool.submit(task));
    }

    /**
     * Runs the task. To cancel what is returned cancels the task.
     *
     * @throws TaskRejectedException the pool is closed, or is full and rejects
     */
    @Override
    public CompletableFuture<Void> submitCompletable(Runnable task) {
        return submitCompletable(Executors.callable(task, null));
    }

    /**
     * Runs the task. To cancel what is returned cancels the task.
     *
     * @throws TaskRejectedException the pool is closed, or is full and rejects
     */
    @Override
    public <T extends @Nullable Object> CompletableFuture<T> submitCompletable(Callable<T> task) {
        return accepted(() -> pool.submit(task).toCompletableFuture());
    }

    private <T> T accepted(Supplier<T> submission) {
        try {
            return submission.get();
        } catch (RejectedExecutionException e) {
            throw new TaskRejectedException(pool + " did not accept a task", e);
        }
    }
}
