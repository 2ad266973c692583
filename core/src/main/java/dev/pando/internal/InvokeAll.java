package dev.pando.internal;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.When;
import dev.pando.internal.deadlock.BlockingWait;
import dev.pando.internal.task.PromiseCell;
import dev.pando.internal.task.TaskCell;
import dev.pando.internal.util.Checks;
import dev.pando.internal.wait.CompletionQueue;
import dev.pando.internal.wait.MultiWait;
import dev.pando.spi.Waiter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** {@code invokeAll} and {@code invokeAny}, as {@link java.util.concurrent.ExecutorService} promises them. */
final class InvokeAll {

    private InvokeAll() {}

    /** All are done on return; those that were not by the deadline are cancelled. */
    static <T extends @Nullable Object> List<Future<T>> all(
            Pool pool, Collection<? extends Callable<T>> tasks, long deadline) throws InterruptedException {
        List<TaskCell<T>> cells = new ArrayList<>(Checks.present(tasks, "tasks").size());
        boolean finished = false;
        try {
            for (Callable<T> task : tasks) {
                if (deadline != BlockingWait.NEVER && Waiter.current().now() - deadline >= 0 && !cells.isEmpty()) {
                    break;
                }
                cells.add((TaskCell<T>) pool.submit(task));
            }
            boolean inTime = cells.size() == tasks.size();
            // woken once, and not for each
            finished = inTime && MultiWait.of(cells, When.ALL_COMPLETED).await(deadline);
        } finally {
            if (!finished) {
                for (TaskCell<T> cell : cells) {
                    cell.cancel(true);
                }
            }
        }
        List<Future<T>> futures = new ArrayList<>(cells);
        while (futures.size() < tasks.size()) {
            futures.add(cancelled());
        }
        return futures;
    }

    /** The value of the first that succeeds; the others are cancelled. */
    static <T extends @Nullable Object> T any(Pool pool, Collection<? extends Callable<T>> tasks, long deadline)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (Checks.present(tasks, "tasks").isEmpty()) {
            throw new IllegalArgumentException("tasks must not be empty");
        }
        List<TaskFuture<T>> futures = new ArrayList<>(tasks.size());
        try {
            for (Callable<T> task : tasks) {
                futures.add(pool.submit(task));
            }
            return firstSuccess(futures, deadline);
        } finally {
            for (TaskFuture<T> future : futures) {
                future.cancel(true);
            }
        }
    }

    private static <T extends @Nullable Object> T firstSuccess(List<TaskFuture<T>> futures, long deadline)
            throws InterruptedException, ExecutionException, TimeoutException {
        List<Throwable> failures = new ArrayList<>();
        try (CompletionQueue<T> arrivals = new CompletionQueue<>(futures)) {
            for (int remaining = futures.size(); remaining > 0; remaining--) {
                TaskCell<T> next = arrivals.take(deadline);
                if (next == null) {
                    throw new TimeoutException("none of " + futures.size() + " tasks succeeded in time");
                }
                if (next.state() == Future.State.SUCCESS) {
                    return next.resultNow();
                }
                failures.add(
                        next.isCancelled()
                                ? new java.util.concurrent.CancellationException(next.name() + " was cancelled")
                                : next.exceptionNow());
            }
        }
        ExecutionException none =
                new ExecutionException("none of " + futures.size() + " tasks succeeded", failures.get(0));
        for (Throwable other : failures.subList(1, failures.size())) {
            none.addSuppressed(other);
        }
        throw none;
    }

    private static <T extends @Nullable Object> TaskCell<T> cancelled() {
        TaskCell<T> cell = new PromiseCell<>();
        cell.cancel(false);
        return cell;
    }
}
