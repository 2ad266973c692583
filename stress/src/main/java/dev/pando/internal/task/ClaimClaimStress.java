package dev.pando.internal.task;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/** The worker and the deadline both claim to settle: one of them does, and its outcome stays. */
@JCStressTest
@Outcome(id = "true, false, 4, value", expect = ACCEPTABLE, desc = "The worker settled it.")
@Outcome(id = "false, true, 5, timed out", expect = ACCEPTABLE, desc = "The deadline settled it.")
@State
public class ClaimClaimStress {
    private final TaskState task = BareState.running();

    @Actor
    public void worker(LLLL_Result r) {
        boolean mine = task.claim(1);
        r.r1 = mine;
        if (mine) {
            task.publish(TaskState.SUCCEEDED, "value", false);
        }
    }

    @Actor
    public void alarm(LLLL_Result r) {
        boolean mine = task.claim(1);
        r.r2 = mine;
        if (mine) {
            task.publish(TaskState.FAILED, "timed out", true);
        }
    }

    @Arbiter
    public void look(LLLL_Result r) {
        r.r3 = task.phase();
        r.r4 = task.outcome();
    }
}
