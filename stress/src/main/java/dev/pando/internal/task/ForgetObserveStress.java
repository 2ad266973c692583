package dev.pando.internal.task;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** The only observer leaves while another comes: only the newcomer is in the list, and is told once. */
@JCStressTest
@Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "One came, one left.")
@State
public class ForgetObserveStress {
    private final PromiseCell<Object> task = new PromiseCell<>();
    private final CountingObserver leaving = new CountingObserver();
    private final CountingObserver coming = new CountingObserver();

    {
        task.observe(leaving);
    }

    @Actor
    public void leave() {
        task.forget(leaving);
    }

    @Actor
    public void come() {
        task.observe(coming);
    }

    @Arbiter
    public void look(III_Result r) {
        r.r1 = StressObserverCount.of(task);
        task.announce(task);
        r.r2 = coming.times();
        r.r3 = leaving.times();
    }
}
