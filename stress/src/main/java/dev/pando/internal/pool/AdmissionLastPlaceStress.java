package dev.pando.internal.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/** Two submitters ask for the last place: one gets it. */
@JCStressTest
@Outcome(
        id = {"true, false, 1", "false, true, 1"},
        expect = ACCEPTABLE,
        desc = "One is inside.")
@State
public class AdmissionLastPlaceStress {
    private final Admission admission = new Admission(1, () -> 0);

    @Actor
    public void one(ZZI_Result r) {
        r.r1 = admission.tryEnter();
    }

    @Actor
    public void other(ZZI_Result r) {
        r.r2 = admission.tryEnter();
    }

    @Arbiter
    public void look(ZZI_Result r) {
        r.r3 = admission.waiting();
    }
}
