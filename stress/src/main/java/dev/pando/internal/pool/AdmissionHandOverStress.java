package dev.pando.internal.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.pando.internal.deadlock.BlockingWait;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/** Two threads want the only place, and its holder frees it first: both get it. (A lost wake-up would hang.) */
@JCStressTest
@Outcome(id = "true, true, 0", expect = ACCEPTABLE, desc = "Both were let in, and are out.")
@State
public class AdmissionHandOverStress {
    private final Admission admission = new Admission(1, () -> 0);

    {
        admission.enterAnyway();
    }

    @Actor
    public void one(ZZI_Result r) {
        awaitRoom();
        r.r1 = true;
        admission.leave();
    }

    @Actor
    public void other(ZZI_Result r) {
        admission.leave();
        awaitRoom();
        r.r2 = true;
        admission.leave();
    }

    @Arbiter
    public void look(ZZI_Result r) {
        r.r3 = admission.waiting();
    }

    private void awaitRoom() {
        try {
            admission.awaitRoom(StressPool.pool(), () -> false, BlockingWait.NEVER);
        } catch (InterruptedException never) {
            throw new AssertionError(never);
        }
    }
}
