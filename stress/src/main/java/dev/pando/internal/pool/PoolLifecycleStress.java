package dev.pando.internal.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/**
 * A pool is shut down and killed at once: it ends up killed, and each call knows whether it made the change.
 */
@JCStressTest
@Outcome(id = "true, true, KILLED", expect = ACCEPTABLE, desc = "Shut down, then killed.")
@Outcome(id = "false, true, KILLED", expect = ACCEPTABLE, desc = "Killed; there was nothing left to shut down.")
@State
public class PoolLifecycleStress {
    private final PoolLifecycle lifecycle = new PoolLifecycle();

    @Actor
    public void shutdown(ZZL_Result r) {
        r.r1 = lifecycle.advance(PoolState.CLOSING);
    }

    @Actor
    public void kill(ZZL_Result r) {
        r.r2 = lifecycle.advance(PoolState.KILLED);
    }

    @Arbiter
    public void look(ZZL_Result r) {
        r.r3 = lifecycle.state();
    }
}
