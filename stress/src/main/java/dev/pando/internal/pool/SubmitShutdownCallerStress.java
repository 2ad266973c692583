package dev.pando.internal.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.pando.Pool;
import dev.pando.local.Caller;
import java.util.concurrent.RejectedExecutionException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/**
 * A task is submitted while the pool is shut down: accepted and done before the pool says that it has terminated, or
 * rejected.
 */
@JCStressTest
@Outcome(id = "true, true, true", expect = ACCEPTABLE, desc = "Accepted, and done when the pool had terminated.")
@Outcome(id = "false, false, true", expect = ACCEPTABLE, desc = "Rejected, and not run.")
@State
public class SubmitShutdownCallerStress {
    private final Pool pool = Pool.open(Caller.inline());
    private volatile boolean ran;

    @Actor
    public void submitter(ZZZ_Result r) {
        try {
            pool.submit((Runnable) () -> ran = true);
            r.r1 = true;
        } catch (RejectedExecutionException refused) {
            r.r1 = false;
        }
    }

    @Actor
    public void closer(ZZZ_Result r) {
        pool.close();
        r.r3 = pool.isTerminated();
        r.r2 = ran;
    }
}
