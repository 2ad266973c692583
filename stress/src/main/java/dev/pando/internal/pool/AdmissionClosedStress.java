package dev.pando.internal.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.pando.internal.deadlock.BlockingWait;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/** A submitter waits for room in a pool that closes: it is rejected, and not counted. (A lost wake-up would hang.) */
@JCStressTest
@Outcome(id = "false, 1", expect = ACCEPTABLE, desc = "Rejected; the place stays with its holder.")
@State
public class AdmissionClosedStress {
    private final Admission admission = new Admission(1, () -> 0);
    private final PoolLifecycle lifecycle = new PoolLifecycle();

    {
        admission.enterAnyway();
    }

    @Actor
    public void close() {
        lifecycle.advance(PoolState.CLOSING);
        admission.wakeAll();
    }

    @Actor
    public void enter(ZI_Result r) {
        try {
            r.r1 = admission.awaitRoom(StressPool.pool(), () -> !lifecycle.isOpen(), BlockingWait.NEVER);
        } catch (InterruptedException never) {
            throw new AssertionError(never);
        }
    }

    @Arbiter
    public void look(ZI_Result r) {
        r.r2 = admission.waiting();
    }
}
