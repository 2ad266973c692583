package dev.pando.internal.task;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.pando.Promise;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/** A promise is broken while its future is cancelled: one of the two ends it, and its callback is called once. */
@JCStressTest
@Outcome(id = "true, false, 1", expect = ACCEPTABLE, desc = "Broken.")
@Outcome(id = "false, true, 1", expect = ACCEPTABLE, desc = "Cancelled.")
@State
public class PromiseFailCancelStress {
    private final Promise<String> promise = new Promise<>();
    private final AtomicInteger calls = new AtomicInteger();

    {
        promise.future().onDone(done -> calls.incrementAndGet());
    }

    @Actor
    public void fail(ZZI_Result r) {
        try {
            promise.fail(new Exception("broken"));
            r.r1 = true;
        } catch (IllegalStateException tooLate) {
            r.r1 = false;
        }
    }

    @Actor
    public void cancel(ZZI_Result r) {
        r.r2 = promise.future().cancel(true);
    }

    @Arbiter
    public void look(ZZI_Result r) {
        r.r3 = calls.get();
    }
}
