package dev.pando.internal.task;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** An observer of three leaves while the task ends: the other two are told once in any case. */
@JCStressTest
@Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "The observer left in time.")
@Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "The observer left too late, and was told.")
@State
public class ForgetAnnounceStress {
    private final PromiseCell<Object> task = new PromiseCell<>();
    private final CountingObserver before = new CountingObserver();
    private final CountingObserver leaving = new CountingObserver();
    private final CountingObserver after = new CountingObserver();

    {
        task.observe(before);
        task.observe(leaving);
        task.observe(after);
    }

    @Actor
    public void leave() {
        task.forget(leaving);
    }

    @Actor
    public void end() {
        task.announce(task);
    }

    @Arbiter
    public void look(III_Result r) {
        r.r1 = before.times();
        r.r2 = after.times();
        r.r3 = leaving.times();
    }
}
