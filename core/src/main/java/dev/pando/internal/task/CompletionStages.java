package dev.pando.internal.task;

import dev.pando.TaskFuture;
import dev.pando.internal.deadlock.BlockingWait;
import dev.pando.internal.deadlock.CurrentWorker;
import dev.pando.internal.deadlock.WaitEdge;
import dev.pando.internal.util.MemoryPause;
import dev.pando.internal.util.Uninterruptibly;
import dev.pando.internal.util.WaiterList;
import dev.pando.spi.Waiter;
import dev.pando.spi.Waiters;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A task as a {@link CompletableFuture}. Cancelling the view cancels the task, and cancelling the task the view. */
final class CompletionStages {

    /** The JDK's future needs memory to end. Each try that finds none costs a collection of the garbage. */
    private static final int TRIES = 100;

    private CompletionStages() {}

    static <T extends @Nullable Object> CompletableFuture<T> viewOf(TaskCell<T> task) {
        View<T> view = new View<>(task);
        var _ = task.onDone(done -> {
            for (int tries = 1; !view.isDone() && tries <= TRIES; tries++) {
                try {
                    view.endAs(done);
                } catch (OutOfMemoryError noMemory) {
                    MemoryPause.rest();
                }
            }
        });
        return view;
    }

    /** Returns the wait that ends the stage, {@code null} if it is no view of a task: then its completer is unknown. */
    static @Nullable WaitEdge edgeTo(CompletionStage<?> stage) {
        return stage instanceof View<?> view ? WaitEdge.For.one(view.task, false) : null;
    }

    /** Dependants are views of the same task too, so that cancelling any of them reaches it. */
    private static final class View<T extends @Nullable Object> extends CompletableFuture<T> {
        private final TaskCell<?> task;

        /** Tasks that wait for this view. Made by the first of them. */
        private volatile @Nullable WaiterList waiting;

        View(TaskCell<?> task) {
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

        void endAs(TaskFuture<T> done) {
            if (done.isCancelled()) {
                super.cancel(false);
                return;
            }
            Throwable error = done.exception();
            if (error == null) {
                complete(done.result());
            } else {
                completeExceptionally(error);
            }
        }

        @Override
        public T join() {
            if (waitsInOwnWay()) {
                Uninterruptibly.await(() -> await(BlockingWait.NEVER));
            }
            return super.join();
        }

        @Override
        public T get() throws InterruptedException, ExecutionException {
            if (waitsInOwnWay()) {
                var _ = await(BlockingWait.NEVER);
            }
            return super.get();
        }

        @Override
        public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
            if (waitsInOwnWay() && !await(BlockingWait.deadline(unit.toNanos(timeout)))) {
                throw new TimeoutException(task + " was not done in time");
            }
            return super.get(timeout, unit);
        }

        /**
         * Returns whether the calling thread must wait as it would for the task itself: inside a task, so that a
         * deadlock is found and a task that no worker is left for is run; or in a coroutine, which must not park its
         * loop.
         */
        private boolean waitsInOwnWay() {
            return !isDone() && (CurrentWorker.get() != null || Waiters.own() != null);
        }

        private boolean await(long deadline) throws InterruptedException {
            Waiter waiter = Waiter.current();
            WaitEdge wait = WaitEdge.For.one(task, deadline != BlockingWait.NEVER);
            return waiting().await(waiter, () -> BlockingWait.await(waiter, wait, this::isDone, deadline));
        }

        private synchronized WaiterList waiting() {
            WaiterList there = waiting;
            if (there == null) {
                WaiterList made = new WaiterList();
                waiting = there = made;
                var _ = whenComplete((value, error) -> made.wakeAll());
            }
            return there;
        }
    }
}
