package dev.pando.internal.task;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZI_Result;

/** A worker begins the task while a caller cancels it without interrupting: one of the two wins. */
@JCStressTest
@Outcome(id = "1, false, 1", expect = ACCEPTABLE, desc = "Begun; the cancellation came too late.")
@Outcome(id = "0, true, 6", expect = ACCEPTABLE, desc = "Cancelled; the worker leaves it alone.")
@State
public class BeginCancelStress {
    private final TaskState task = new BareState();

    @Actor
    public void worker(IZI_Result r) {
        r.r1 = task.toRunning();
    }

    @Actor
    public void canceller(IZI_Result r) {
        r.r2 = task.toCancelled(false) == TaskState.Cancel.UNBEGUN;
    }

    @Arbiter
    public void look(IZI_Result r) {
        r.r3 = task.phase();
    }
}
