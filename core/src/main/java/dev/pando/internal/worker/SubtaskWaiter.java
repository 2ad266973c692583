package dev.pando.internal.worker;

import dev.pando.internal.deadlock.AwaitedTask;
import dev.pando.internal.deadlock.WaitEdge;
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
record SubtaskWaiter(String worker) implements OutsideWorker {

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

    @Override
    public String taskName() {
        return "a task";
    }
}
