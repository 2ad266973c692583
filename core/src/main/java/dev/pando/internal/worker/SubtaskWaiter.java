package dev.pando.internal.worker;

import dev.pando.internal.deadlock.AwaitedTask;
import dev.pando.internal.deadlock.DeadlockDetector;
import dev.pando.internal.deadlock.WaitEdge;
import dev.pando.internal.deadlock.WaitingWorker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A thread of a worker process that has submitted sub-tasks. Before it waits for some of them, it runs those that have
 * not begun, so that a pool in which every worker waits moves on: what a waiting worker does not run itself is being
 * run by another, whose own waits are one level deeper, and the deepest waits for nothing. A wait with an end of its
 * own runs nothing, or else it could end too late.
 *
 * @param worker the name of the worker
 */
record SubtaskWaiter(String worker) implements WaitingWorker {

    @Override
    public void waitFor(@Nullable WaitEdge wait) {
        if (!(wait instanceof WaitEdge.For some) || some.timed()) {
            return;
        }
        for (AwaitedTask task : List.copyOf(some.tasks())) {
            if (task.isDone() && !some.all()) {
                return;
            }
            if (task.runner() instanceof RemoteSubtask<?> subtask) {
                subtask.help();
            } else if (task.dependsOn() != null) {
                waitFor(task.dependsOn());
            }
        }
    }

    /** No other worker of this program waits for this one. */
    @Override
    public @Nullable WaitEdge waits() {
        return null;
    }

    @Override
    public boolean serves() {
        return false;
    }

    @Override
    public boolean isTimed() {
        return false;
    }

    @Override
    public String taskName() {
        return "a task";
    }

    @Override
    public DeadlockDetector.@Nullable Verdict verdict() {
        return null;
    }

    @Override
    public void judged(DeadlockDetector.Verdict verdict) {}
}
