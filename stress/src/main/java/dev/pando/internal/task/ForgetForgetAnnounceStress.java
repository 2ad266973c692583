package dev.pando.internal.task;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Two neighbours leave while the task ends: the remaining observers are told once. */
@JCStressTest
@Outcome(
        id = {"1, 1, 0", "1, 1, 1"},
        expect = ACCEPTABLE,
        desc = "The remaining observers were told once; those that left, perhaps.")
@State
public class ForgetForgetAnnounceStress {
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
    public void otherThenEnd() {
        task.forget(other);
        task.announce(task);
    }

    @Arbiter
    public void look(III_Result r) {
        r.r1 = oldest.times();
        r.r2 = newest.times();
        r.r3 = one.times() > 1 || other.times() > 1 ? -1 : one.times() + other.times();
    }
}
