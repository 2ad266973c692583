package dev.pando.internal.task;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.pando.Promise;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/** Work on a promise begins while it is cancelled without interrupting: it is begun and kept, or cancelled. */
@JCStressTest
@Outcome(id = "true, false, SUCCESS", expect = ACCEPTABLE, desc = "Begun; the cancellation came too late.")
@Outcome(id = "false, true, CANCELLED", expect = ACCEPTABLE, desc = "Cancelled; do not begin.")
@State
public class PromiseBeginCancelStress {
    private final Promise<String> promise = new Promise<>();

    @Actor
    public void work(ZZL_Result r) {
        r.r1 = promise.markRunning();
        if (r.r1) {
            promise.complete("value");
        }
    }

    @Actor
    public void cancel(ZZL_Result r) {
        r.r2 = promise.future().cancel(false);
    }

    @Arbiter
    public void look(ZZL_Result r) {
        r.r3 = promise.future().state();
    }
}
