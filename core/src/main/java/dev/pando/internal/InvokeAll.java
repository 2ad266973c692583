package dev.pando.internal;

import dev.pando.When;
import dev.pando.internal.deadlock.BlockingWait;
import dev.pando.internal.task.PromiseCell;
import dev.pando.internal.task.TaskCell;
import dev.pando.internal.util.Checks;
import dev.pando.internal.wait.FirstSuccess;
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

/**
 * {@code invokeAll} and {@code invokeAny}, as {@link java.util.concurrent.ExecutorService} promises them: the deadline
 * and an interrupt count while a task waits for room as well.
 */
final class InvokeAll {

    private InvokeAll() {}

    /** All are done on return; those that were not by the deadline are cancelled. */
    static <T extends @Nullable Object> List<Future<T>> all(
            SubmitterImpl pool, Collection<? extends Callable<T>> tasks, long deadline) throws InterruptedException {
        List<Callable<T>> wanted = present(tasks);
        List<TaskCell<T>> cells = new ArrayList<>(wanted.size());
        boolean finished = false;
        try {
            for (Callable<T> task : wanted) {
                TaskCell<T> cell =
                        isOver(deadline) ? null : pool.core.intake().accept(pool.options, task, () -> false, deadline);
                if (cell == null) {
                    break;
                }
                cells.add(cell);
            }
            boolean inTime = cells.size() == wanted.size();
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
        while (futures.size() < wanted.size()) {
            futures.add(cancelled());
        }
        return futures;
    }

    /** Returns the value of the first task that succeeds. The others are cancelled, or never submitted. */
    static <T extends @Nullable Object> T any(
            SubmitterImpl pool, Collection<? extends Callable<T>> tasks, long deadline)
            throws InterruptedException, ExecutionException, TimeoutException {
        List<Callable<T>> wanted = present(tasks);
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("tasks must not be empty");
        }
        FirstSuccess<T> first = new FirstSuccess<>();
        try {
            for (Callable<T> task : wanted) {
                if (first.isThere()) {
                    break;
                }
                TaskCell<T> cell = isOver(deadline)
                        ? null
                        : pool.core.intake().accept(pool.options, task, first::isThere, deadline);
                if (cell == null) {
                    break;
                }
                first.add(cell);
            }
            boolean complete = first.size() == wanted.size();
            if (complete && !first.isThere()) {
                complete = first.await(deadline);
            }
            TaskCell<T> winner = first.get();
            if (winner != null) {
                return winner.resultNow();
            }
            if (!complete) {
                throw new TimeoutException("none of " + wanted.size() + " tasks succeeded in time");
            }
            throw failed(first.failures());
        } finally {
            first.cancelRest();
        }
    }

    private static ExecutionException failed(List<Throwable> failures) {
        ExecutionException none =
                new ExecutionException("none of " + failures.size() + " tasks succeeded", failures.getFirst());
        for (Throwable other : failures.subList(1, failures.size())) {
            none.addSuppressed(other);
        }
        return none;
    }

    private static boolean isOver(long deadline) {
        return deadline != BlockingWait.NEVER && Waiter.current().now() - deadline >= 0;
    }

    /** Checks all before the first is submitted, so that a call that is refused has begun nothing. */
    private static <T extends @Nullable Object> List<Callable<T>> present(Collection<? extends Callable<T>> tasks) {
        List<Callable<T>> all = new ArrayList<>(Checks.present(tasks, "tasks"));
        for (Callable<T> task : all) {
            Checks.present(task, "task");
        }
        return all;
    }

    private static <T extends @Nullable Object> TaskCell<T> cancelled() {
        TaskCell<T> cell = new PromiseCell<>();
        cell.cancel(false);
        return cell;
    }
}
