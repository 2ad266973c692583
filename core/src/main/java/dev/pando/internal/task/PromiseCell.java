package dev.pando.internal.task;

import dev.pando.DeadlockException;
import dev.pando.PoolException;
import dev.pando.TaskFuture;
import dev.pando.internal.deadlock.WaitEdge;
import dev.pando.internal.deadlock.WaitingWorker;
import dev.pando.internal.util.WaiterList;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A future that no worker runs: it is completed by hand, by a coroutine, or when the futures that it is made of are
 * done.
 */
public final class PromiseCell<T extends @Nullable Object> extends TaskCell<T> {

    /** Run once if the future is cancelled. Written by the thread that ends the future, so that the end releases it. */
    private @Nullable Runnable whenCancelled;

    /** The futures that this one is made of; {@code null}: it is completed by hand. */
    private final @Nullable WaitEdge parts;

    /**
     * The coroutine that completes the future, as long as it has not ended. Written by the thread that ends the future,
     * and by the coroutine at its end.
     */
    private @Nullable PromiseCompleter completer;

    /** The threads that wait until the completer of a cancelled future has ended. Made by the first of them. */
    private volatile @Nullable WaiterList watchers;

    private PromiseCell(TaskOptions options, long id, @Nullable Runnable whenCancelled, @Nullable WaitEdge parts) {
        super(options, id, System.nanoTime(), null);
        this.whenCancelled = whenCancelled;
        this.parts = parts;
    }

    public PromiseCell() {
        this(TaskOptions.BY_HAND, 0, null, null);
    }

    /** Returns a future that a coroutine completes, which says by {@link #completerEnded} that it is over. */
    public static <T extends @Nullable Object> PromiseCell<T> of(PromiseCompleter completer, String name, long id) {
        PromiseCell<T> cell = new PromiseCell<>(TaskOptions.byHand(name), id, null, null);
        cell.completer = completer;
        return cell;
    }

    /** A future whose completer is told if it is cancelled. */
    public PromiseCell(TaskOptions options, long id, Runnable whenCancelled) {
        this(options, id, Objects.requireNonNull(whenCancelled), null);
    }

    /** A future that ends when these others do. */
    public PromiseCell(WaitEdge parts) {
        this(TaskOptions.BY_HAND, 0, null, Objects.requireNonNull(parts));
    }

    /** Returns a future that ends as the stage does. Cancelling one cancels the other. */
    public static <T extends @Nullable Object> TaskFuture<T> of(CompletionStage<T> stage) {
        PromiseCell<T> cell = new PromiseCell<>(TaskOptions.BY_HAND, 0, null, CompletionStages.edgeTo(stage));
        var _ = stage.whenComplete((value, thrown) -> {
            Throwable error =
                    thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
            if (error == null) {
                cell.promise(value);
            } else if (error instanceof java.util.concurrent.CancellationException) {
                cell.cancel(false);
            } else {
                cell.promiseFailure(error);
            }
        });
        var _ = cell.onDone(done -> {
            if (done.isCancelled()) {
                stage.toCompletableFuture().cancel(true);
            }
        });
        return cell;
    }

    /** Completes the future. {@code false}: it is done already. */
    public boolean promise(@Nullable Object value) {
        if (!claimByHand(true)) {
            return false;
        }
        forgetCompleter();
        return settle(SUCCEEDED, value);
    }

    /** Fails the future as if a task had thrown this. {@code false}: it is done already. */
    public boolean promiseFailure(Throwable thrown) {
        TaskFailure kept = kept(thrown);
        if (!claimByHand(true)) {
            return false;
        }
        forgetCompleter();
        return settle(FAILED, kept);
    }

    /** Fails the future as a pool does. {@code false}: it is done already. */
    public boolean promiseVerdict(PoolException verdict) {
        if (!claimByHand(true)) {
            return false;
        }
        forgetCompleter();
        return settle(FAILED, TaskFailure.ofPool(verdict));
    }

    private void forgetCompleter() {
        whenCancelled = null;
        completer = null;
    }

    private static TaskFailure kept(Throwable thrown) {
        try {
            return thrown instanceof DeadlockException verdict // the library's own, even when it passed through code
                    ? TaskFailure.ofPool(verdict)
                    : TaskFailure.threw(thrown);
        } catch (OutOfMemoryError noMemory) {
            return UNTOLD;
        }
    }

    @Override
    public @Nullable WaitEdge dependsOn() {
        return parts;
    }

    @Override
    public @Nullable WaitingWorker runner() {
        return completer;
    }

    @Override
    void cancelledByHand() {
        Runnable told = whenCancelled;
        PromiseCompleter inside = completer;
        whenCancelled = null;
        if (!occupied()) {
            completer = null;
        }
        if (told != null) {
            told.run();
        }
        if (inside != null) {
            inside.cancelled();
        }
    }

    /** The completer has ended, after it gave what it had to give, or found the future cancelled. */
    public void completerEnded() {
        completer = null;
        if (!occupied()) {
            return;
        }
        vacate();
        WaiterList waiting = watchers;
        if (waiting != null) {
            waiting.wakeAll();
        }
    }

    @Override
    public void awaitVacancy() throws InterruptedException {
        if (occupied()) {
            new TaskVacancy(this, this).await(watchersMade());
        }
    }

    private synchronized WaiterList watchersMade() {
        WaiterList there = watchers;
        if (there == null) {
            watchers = there = new WaiterList();
        }
        return there;
    }
}
