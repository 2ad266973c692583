package dev.pando.internal.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.pando.internal.deadlock.BlockingWait;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/**
 * A submitter waits for room while the place becomes free: the wake-up is never lost. (A lost wake-up would hang.)
 */
@JCStressTest
@Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "Let in.")
@State
public class AdmissionRoomStress {
    private final Admission admission = new Admission(1, () -> 0);

    {
        admission.enterAnyway();
    }

    @Actor
    public void leave() {
        admission.leave();
    }

    @Actor
    public void enter(ZI_Result r) {
        try {
            admission.awaitRoom(StressPool.pool(), () -> false, BlockingWait.NEVER);
        } catch (InterruptedException never) {
            throw new AssertionError(never);
        }
        r.r1 = true;
    }

    @Arbiter
    public void look(ZI_Result r) {
        r.r2 = admission.waiting();
    }
}
