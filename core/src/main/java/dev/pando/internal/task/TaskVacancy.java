package dev.pando.internal.task;

import dev.pando.internal.deadlock.AwaitedTask;
import dev.pando.internal.deadlock.BlockingWait;
import dev.pando.internal.deadlock.WaitEdge;
import dev.pando.internal.deadlock.WaitingPool;
import dev.pando.internal.deadlock.WaitingWorker;
import dev.pando.internal.util.Uninterruptibly;
import dev.pando.internal.util.WaiterList;
import dev.pando.spi.Waiter;
import org.jspecify.annotations.Nullable;

/**
 * The moment at which no worker is inside a task any more, as the deadlock detector sees it. A task that was cancelled
 * is done earlier.
 */
record TaskVacancy(AwaitedTask task, TaskState state) implements AwaitedTask {

    /** Waits for the moment. The worker wakes these watchers when it is out. */
    void await(WaiterList watchers) throws InterruptedException {
        Waiter waiter = Waiter.current();
        WaitEdge wait = WaitEdge.For.one(this, false);
        watchers.await(waiter, () -> BlockingWait.await(waiter, wait, this::isDone, BlockingWait.NEVER));
    }

    /** The same, but no interrupt ends the wait, and the detector does not learn of it. */
    void awaitUninterruptibly(WaiterList watchers) {
        Waiter waiter = Waiter.current();
        Uninterruptibly.await(() ->
                watchers.await(waiter, () -> waiter.await(state, () -> !state.occupied(), Waiter.NEVER)));
    }

    @Override
    public boolean isDone() {
        return task.isDone() && !state.occupied();
    }

    @Override
    public boolean isPending() {
        return false;
    }

    @Override
    public @Nullable WaitEdge dependsOn() {
        return null;
    }

    @Override
    public @Nullable WaitingPool pool() {
        return task.pool();
    }

    @Override
    public @Nullable WaitingWorker runner() {
        return task.runner();
    }

    /** Does nothing: the task has a worker. */
    @Override
    public void rescue(WaitingWorker asking) {}

    @Override
    public String toString() {
        return "the end of the clean-up of " + task;
    }
}
