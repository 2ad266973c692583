package dev.pando.internal.task;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Two observers come, and the second actor ends the task: its observer is told once; the other too, or it is refused.
 */
@JCStressTest
@Outcome(
        id = {"1, 1"},
        expect = ACCEPTABLE,
        desc = "Both came in time.")
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "One came too late.")
@State
public class ObserversAnnounceStress {
    private final PromiseCell<Object> task = new PromiseCell<>();
    private final CountingObserver one = new CountingObserver();
    private final CountingObserver other = new CountingObserver();
    private boolean oneIn;
    private boolean otherIn;

    @Actor
    public void one() {
        oneIn = task.observe(one);
    }

    @Actor
    public void otherThenEnd() {
        otherIn = task.observe(other);
        task.announce(task);
    }

    @Arbiter
    public void look(II_Result r) {
        r.r1 = oneIn == (one.times() == 1) ? one.times() : -1;
        r.r2 = otherIn == (other.times() == 1) ? other.times() : -1;
    }
}
