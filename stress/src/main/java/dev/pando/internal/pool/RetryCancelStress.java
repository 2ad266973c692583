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

/**
 * The worker hands an expired attempt back while a caller cancels the task: in either order the task is
 * cancelled, and never begun again.
 */
@JCStressTest
@Outcome(id = "true, UNBEGUN, 6, 0", expect = ACCEPTABLE, desc = "Handed back, then cancelled as a task that waits.")
@Outcome(id = "false, TELL_WORKER, 6, 0", expect = ACCEPTABLE, desc = "Cancelled first; nothing is handed back.")
@State
public class RetryCancelStress {
    private final TaskState task = BareState.running();

    {
        if (!task.toExpired(1)) {
            throw new AssertionError();
        }
        task.stopDelivered();
    }

    @Actor
    public void worker(LLLL_Result r) {
        r.r1 = task.toPending(1);
    }

    @Actor
    public void canceller(LLLL_Result r) {
        r.r2 = task.toCancelled(true);
    }

    @Arbiter
    public void look(LLLL_Result r) {
        r.r3 = task.phase();
        r.r4 = task.toRunning();
    }
}
