package dev.pando.internal.task;

import dev.pando.TaskFuture;
import dev.pando.internal.deadlock.WaitEdge;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A future that no worker runs: it is completed by hand, or when the futures that it is made of are done. */
public final class PromiseCell<T extends @Nullable Object> extends TaskCell<T> {

    /** Run once if the future is cancelled. Written by the thread that ends the future, so that the end releases it. */
    private @Nullable Runnable whenCancelled;

    /** The futures that this one is made of; {@code null}: it is completed by hand. */
    private final @Nullable WaitEdge parts;

    private PromiseCell(TaskOptions options, long id, @Nullable Runnable whenCancelled, @Nullable WaitEdge parts) {
        super(options, id, System.nanoTime(), null);
        this.whenCancelled = whenCancelled;
        this.parts = parts;
    }

    public PromiseCell() {
        this(TaskOptions.BY_HAND, 0, null, null);
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
        PromiseCell<T> cell = new PromiseCell<>();
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
        whenCancelled = null;
        return settle(SUCCEEDED, value);
    }

    /** Fails the future as if a task had thrown this. {@code false}: it is done already. */
    public boolean promiseFailure(Throwable thrown) {
        if (!claimByHand(true)) {
            return false;
        }
        whenCancelled = null;
        return settle(FAILED, TaskFailure.threw(thrown));
    }

    @Override
    public @Nullable WaitEdge dependsOn() {
        return parts;
    }

    @Override
    void cancelledByHand() {
        Runnable completer = whenCancelled;
        whenCancelled = null;
        if (completer != null) {
            completer.run();
        }
    }
}
