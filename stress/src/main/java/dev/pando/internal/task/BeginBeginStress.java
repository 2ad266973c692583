package dev.pando.internal.task;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Two workers hold the same task, one out of turn: one of them begins it. */
@JCStressTest
@Outcome(
        id = {"1, 0, 1", "0, 1, 1"},
        expect = ACCEPTABLE,
        desc = "One began it, as attempt 1.")
@State
public class BeginBeginStress {
    private final TaskState task = new BareState();

    @Actor
    public void one(III_Result r) {
        r.r1 = task.toRunning();
    }

    @Actor
    public void other(III_Result r) {
        r.r2 = task.toRunning();
    }

    @Arbiter
    public void look(III_Result r) {
        r.r3 = task.attempts();
    }
}
