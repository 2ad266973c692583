package dev.pando.internal.task;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/** Two neighbours leave at once: the list holds exactly the two other observers, and each is told once. */
@JCStressTest
@Outcome(id = "2, 1, 1, 0", expect = ACCEPTABLE, desc = "Both are out.")
@State
public class ForgetForgetStress {
    private final PromiseCell<Object> task = new PromiseCell<>();
    private final CountingObserver oldest = new CountingObserver();
    private final CountingObserver one = new CountingObserver();
    private final CountingObserver other = new CountingObserver();
    private final CountingObserver newest = new CountingObserver();

    {
        task.observe(oldest);
        task.observe(one);
        task.observe(other);
        task.observe(newest);
    }

    @Actor
    public void one() {
        task.forget(one);
    }

    @Actor
    public void other() {
        task.forget(other);
    }

    @Arbiter
    public void look(IIII_Result r) {
        r.r1 = StressObserverCount.of(task);
        task.announce(task);
        r.r2 = oldest.times();
        r.r3 = newest.times();
        r.r4 = one.times() + other.times();
    }
}
