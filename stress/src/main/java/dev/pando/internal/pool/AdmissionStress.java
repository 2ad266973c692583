package dev.pando.internal.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/** The only place is taken: its holder leaves while another submitter asks for it. */
@JCStressTest
@Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "It was free already.")
@Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "It was not free yet.")
@State
public class AdmissionStress {
    private final Admission admission = new Admission(1, () -> 0);

    {
        admission.enterAnyway();
    }

    @Actor
    public void leave() {
        admission.leave();
    }

    @Actor
    public void enter(ZI_Result r) {
        r.r1 = admission.tryEnter();
    }

    @Arbiter
    public void look(ZI_Result r) {
        r.r2 = admission.waiting();
    }
}
