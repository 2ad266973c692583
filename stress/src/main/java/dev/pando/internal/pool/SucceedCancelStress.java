package dev.pando.internal.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.pando.internal.task.BareState;
import dev.pando.internal.task.TaskState;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/** A worker reports its value while a caller cancels the running task: one end, and the outcome is that end's. */
@JCStressTest
@Outcome(id = "true, TOO_LATE, 4, value", expect = ACCEPTABLE, desc = "Succeeded; the cancellation came too late.")
@Outcome(
        id = "false, TELL_WORKER, 6, null",
        expect = ACCEPTABLE,
        desc = "Cancelled; the report came too late, and the work is let go of.")
@State
public class SucceedCancelStress {
    private final TaskState task = BareState.running();

    @Actor
    public void worker(LLLL_Result r) {
        boolean mine = task.claim(1);
        r.r1 = mine;
        if (mine) {
            task.publish(TaskState.SUCCEEDED, "value", false);
            return;
        }
        while (task.stopping()) {
            Thread.onSpinWait();
        }
        task.vacate();
    }

    @Actor
    public void canceller(LLLL_Result r) {
        TaskState.Cancel found = task.toCancelled(true);
        r.r2 = found;
        if (found == TaskState.Cancel.TELL_WORKER) {
            task.stopDelivered();
        }
    }

    @Arbiter
    public void look(LLLL_Result r) {
        r.r3 = task.phase();
        r.r4 = task.outcome();
        if (task.occupied() || task.stopping()) {
            r.r3 = -1;
        }
    }
}
