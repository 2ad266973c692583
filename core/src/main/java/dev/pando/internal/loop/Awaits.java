package dev.pando.internal.loop;

import dev.pando.Futures;
import dev.pando.TaskFailedException;
import dev.pando.TaskFuture;
import dev.pando.internal.deadlock.WaitingWorker;
import dev.pando.internal.task.TaskCell;
import dev.pando.internal.task.WorkerSeat;
import dev.pando.internal.util.Checks;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Waits of a coroutine for futures. A coroutine that is cancelled while it waits cancels those futures. A cancelled
 * future of a coroutine is done at once, but its coroutine still cleans up: these waits go on until it has ended.
 */
final class Awaits {

    private Awaits() {}

    static <T extends @Nullable Object> T one(TaskFuture<T> future) {
        Checks.present(future, "future");
        return orCancel(List.of(future), future::result);
    }

    /** Waits as {@link #one}, but leaves the future alone if the caller is cancelled. */
    static <T extends @Nullable Object> T shielded(TaskFuture<T> future) {
        try {
            return future.result();
        } catch (CancellationException e) {
            awaitEnd(future);
            throw e;
        }
    }

    static <T extends @Nullable Object> List<T> all(Iterable<? extends TaskFuture<? extends T>> futures) {
        List<TaskFuture<? extends T>> all = listed(futures);
        TaskFuture<List<T>> whole = Futures.gather(all);
        return orCancel(all, () -> {
            if (whole.exception() == null) {
                return whole.result();
            }
            for (TaskFuture<? extends T> one : all) {
                if (one.isDone() && one.state() != Future.State.SUCCESS) {
                    one.result();
                }
            }
            return whole.result();
        });
    }

    static <T extends @Nullable Object> T first(Iterable<? extends TaskFuture<? extends T>> futures) {
        List<TaskFuture<? extends T>> all = listed(futures);
        if (all.isEmpty()) {
            throw new NoSuchElementException("a race needs at least one future");
        }
        try {
            return Futures.asCompleted(all).iterator().next().result();
        } finally {
            for (TaskFuture<?> loser : all) {
                loser.cancel(true);
            }
        }
    }

    private static <T extends @Nullable Object> List<TaskFuture<? extends T>> listed(
            Iterable<? extends TaskFuture<? extends T>> futures) {
        List<TaskFuture<? extends T>> all = new ArrayList<>();
        for (TaskFuture<? extends T> future : Checks.present(futures, "futures")) {
            all.add(Checks.present(future, "a future"));
        }
        return all;
    }

    /**
     * Cancels the futures if the caller was cancelled, which is so if a cancellation comes and none of the futures was.
     * Then waits for the end of those coroutines that were cancelled, unless the caller is cancelled once more.
     */
    private static <R extends @Nullable Object> R orCancel(List<? extends TaskFuture<?>> futures, Work<R> wait) {
        try {
            return wait.done();
        } catch (CancellationException e) {
            boolean oneOfThem = futures.stream().anyMatch(TaskFuture::isCancelled);
            if (!oneOfThem) {
                for (TaskFuture<?> future : futures) {
                    future.cancel(true);
                }
            }
            futures.forEach(Awaits::awaitEnd);
            throw e;
        }
    }

    /** Waits until the coroutine of a cancelled future has ended. Returns at once for any other future. */
    private static void awaitEnd(TaskFuture<?> future) {
        TaskCell<?> cell = (TaskCell<?>) future;
        WaitingWorker runner = cell.runner();
        boolean isCoroutine =
                runner instanceof Coroutine || (runner instanceof WorkerSeat seat && seat.waiter instanceof Coroutine);
        if (!isCoroutine) {
            return; // a thread may take for ever to obey its interrupt, and no coroutine needs it to
        }
        try {
            cell.awaitVacancy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the next verb says so
        }
    }

    private interface Work<R extends @Nullable Object> {
        R done();
    }

    /** Runs what may throw anything; a checked exception is wrapped. */
    static <T extends @Nullable Object> T unchecked(String what, Callable<T> body) {
        try {
            return body.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw TaskFailedException.carrying(what + " threw " + e, e);
        }
    }
}
