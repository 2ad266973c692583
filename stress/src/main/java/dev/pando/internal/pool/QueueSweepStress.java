package dev.pando.internal.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.pando.internal.task.TaskCell;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * Dead entries are swept out while a task is queued and a worker asks for it: the task is handed out once.
 */
@JCStressTest
@Outcome(id = "true, false", expect = ACCEPTABLE, desc = "The worker got it.")
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "The worker asked too early; the task stands in the queue.")
@State
public class QueueSweepStress {
    private final TaskQueue queue = new TaskQueue(() -> 0);
    private final TaskCell<Object> task = StressPool.task();

    {
        for (int i = 0; i < 65; i++) {
            TaskCell<Object> dead = StressPool.task();
            queue.add(dead);
            dead.toCancelled(false);
            if (i < 64) {
                queue.countDead();
            }
        }
    }

    @Actor
    public void sweep() {
        queue.countDead();
    }

    @Actor
    public void work(ZZ_Result r) {
        queue.add(task);
        r.r1 = queue.next() == task;
    }

    @Arbiter
    public void look(ZZ_Result r) {
        r.r2 = queue.next() == task;
    }
}
