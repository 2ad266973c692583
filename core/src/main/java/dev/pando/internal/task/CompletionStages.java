package dev.pando.internal.task;

import dev.pando.TaskFuture;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A task as a {@link CompletableFuture}. Cancelling the view cancels the task, and cancelling the task the view. */
final class CompletionStages {

    private CompletionStages() {}

    static <T extends @Nullable Object> CompletableFuture<T> viewOf(TaskFuture<T> task) {
        View<T> view = new View<>(task);
        var _ = task.onDone(done -> {
            if (done.isCancelled()) {
                view.cancelHere();
                return;
            }
            Throwable error = done.exception();
            if (error == null) {
                view.complete(done.result());
            } else {
                view.completeExceptionally(error);
            }
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
            // a CompletableFuture ignores its flag, so cancelling a view means true
            if (cancelled) {
                task.cancel(true);
            }
            return cancelled;
        }

        void cancelHere() {
            super.cancel(false);
        }
    }
}
