package dev.pando;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

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
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "The worker asked too early; the task stands in line.")
@State
public class LineSweepStress {
    private final Line line = new Line(() -> 0);
    private final TaskCell<Object> task = Stage.task();

    {
        for (int i = 0; i < 65; i++) {
            TaskCell<Object> dead = Stage.task();
            line.add(dead);
            dead.toCancelled(false);
            if (i < 64) line.withdrawn();
        }
    }

    @Actor
    public void sweep() {
        line.withdrawn();
    }

    @Actor
    public void work(ZZ_Result r) {
        line.add(task);
        r.r1 = line.next() == task;
    }

    @Arbiter
    public void look(ZZ_Result r) {
        r.r2 = line.next() == task;
    }
}
