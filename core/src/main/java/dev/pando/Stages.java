package dev.pando;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The bridge to {@link CompletionStage}, in both directions; a cancellation crosses it both ways. */
final class Stages {

    private Stages() {}

    static <T extends @Nullable Object> TaskFuture<T> toFuture(CompletionStage<T> stage) {
        PromiseCell<T> cell = new PromiseCell<>();
        var _ = stage.whenComplete((value, thrown) -> {
            Throwable error = thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
            if (error == null) cell.promise(value);
            else if (error instanceof java.util.concurrent.CancellationException) cell.cancel(false);
            else cell.promiseFailure(error);
        });
        var _ = cell.onDone(done -> {
            if (done.isCancelled()) stage.toCompletableFuture().cancel(true);
        });
        return cell;
    }

    static <T extends @Nullable Object> CompletableFuture<T> toCompletableFuture(TaskCell<T> cell) {
        View<T> view = new View<>(cell);
        var _ = cell.onDone(done -> {
            if (done.isCancelled()) {
                view.cancelHere();
                return;
            }
            Throwable error = done.exception();
            if (error == null) view.complete(done.result());
            else view.completeExceptionally(error);
        });
        return view;
    }

    /** Dependants are views of the same task too, so that cancelling any of them reaches it. */
    private static final class View<T extends @Nullable Object> extends CompletableFuture<T> {
        private final TaskFuture<?> task;

        View(TaskFuture<?> task) {
            this.task = task;
        }

        @Override
        public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
            return new View<>(task);
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            boolean cancelled = super.cancel(mayInterruptIfRunning); // first, or the task would end it in another way
            if (cancelled) task.cancel(true); // a CompletableFuture's flag means nothing; whoever cancels a view means it
            return cancelled;
        }

        void cancelHere() {
            super.cancel(false);
        }
    }
}
