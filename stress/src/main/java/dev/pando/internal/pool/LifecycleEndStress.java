package dev.pando.internal.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/** A pool's last worker leaves while it is killed: it is closed, reported once, and stays closed. */
@JCStressTest
@Outcome(id = "true, true, true, CLOSED", expect = ACCEPTABLE, desc = "Killed, then closed.")
@Outcome(id = "false, true, true, CLOSED", expect = ACCEPTABLE, desc = "Closed; there was nothing left to kill.")
@State
public class LifecycleEndStress {
    private final PoolLifecycle lifecycle = new PoolLifecycle();

    {
        lifecycle.advance(PoolState.CLOSING);
    }

    @Actor
    public void kill(LLLL_Result r) {
        r.r1 = lifecycle.advance(PoolState.KILLED);
    }

    @Actor
    public void lastWorker(LLLL_Result r) {
        r.r2 = lifecycle.advance(PoolState.CLOSED) && !lifecycle.advance(PoolState.CLOSED);
    }

    @Arbiter
    public void look(LLLL_Result r) {
        try {
            r.r3 = lifecycle.awaitClosed(0);
        } catch (InterruptedException e) {
            r.r3 = false;
        }
        r.r4 = lifecycle.state();
    }
}
