package dev.pando.internal.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.pando.internal.task.BareState;
import dev.pando.internal.task.TaskState;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/** The worker gives up an expired attempt just when its grace is over: the task is tried again, or fails. */
@JCStressTest
@Outcome(id = "true, false, 0", expect = ACCEPTABLE, desc = "It will be tried again.")
@Outcome(id = "false, true, 3", expect = ACCEPTABLE, desc = "The grace was over first; it fails.")
@State
public class RetryGraceStress {
    private final TaskState task = BareState.running();

    {
        if (!task.toExpired(1)) {
            throw new AssertionError();
        }
        task.stopDelivered();
    }

    @Actor
    public void worker(ZZI_Result r) {
        r.r1 = task.toPending(1);
    }

    @Actor
    public void alarm(ZZI_Result r) {
        r.r2 = task.claimExpired(1);
    }

    @Arbiter
    public void look(ZZI_Result r) {
        r.r3 = task.phase();
    }
}
