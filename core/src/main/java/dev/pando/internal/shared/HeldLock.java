package dev.pando.internal.shared;

import dev.pando.internal.deadlock.AwaitedTask;
import dev.pando.internal.deadlock.WaitEdge;
import dev.pando.internal.deadlock.WaitingPool;
import dev.pando.internal.deadlock.WaitingWorker;
import org.jspecify.annotations.Nullable;

/**
 * A lock that a thread waits for, as the deadlock detector sees it: done when the call is, and until then run by the
 * worker of the thread that holds the lock. A holder in another process is not in the graph, and so may come.
 */
record HeldLock(SharedTable table, ConstructState lock, SharedCall call) implements AwaitedTask {

    @Override
    public boolean isDone() {
        return call.isOver();
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
        return null;
    }

    @Override
    public @Nullable WaitingWorker runner() {
        return table.holderOf(lock) instanceof LocalCalls.LocalCall held ? held.worker : null;
    }

    @Override
    public void rescue(WaitingWorker asking) {}

    @Override
    public String toString() {
        return "a shared lock";
    }
}
