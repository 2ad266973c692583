package dev.pando.internal.task;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/** An observer comes while the task ends: it is told once, or refused. */
@JCStressTest
@Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "In time: told once.")
@Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "Too late: refused, and not told.")
@State
public class ObserveAnnounceStress {
    private final PromiseCell<Object> task = new PromiseCell<>();
    private final CountingObserver observer = new CountingObserver();

    @Actor
    public void observer(ZI_Result r) {
        r.r1 = task.observe(observer);
    }

    @Actor
    public void end() {
        task.announce(task);
    }

    @Arbiter
    public void look(ZI_Result r) {
        r.r2 = observer.times();
    }
}
