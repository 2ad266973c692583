package dev.pando.internal.task;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/** A worker's report meets the deadline of a task that may be tried again: one of the two decides. */
@JCStressTest
@Outcome(id = "true, false, 3", expect = ACCEPTABLE, desc = "The report came in time.")
@Outcome(id = "false, true, 2", expect = ACCEPTABLE, desc = "Expired; the report came too late.")
@State
public class ClaimExpireStress {
    private final TaskState task = BareState.running();

    @Actor
    public void worker(ZZI_Result r) {
        r.r1 = task.claim(1);
    }

    @Actor
    public void alarm(ZZI_Result r) {
        r.r2 = task.toExpired(1);
    }

    @Arbiter
    public void look(ZZI_Result r) {
        r.r3 = task.phase();
    }
}
