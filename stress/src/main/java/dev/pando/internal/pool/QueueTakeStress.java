package dev.pando.internal.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Two workers ask for the only queued task: one gets it. */
@JCStressTest
@Outcome(
        id = {"true, false", "false, true"},
        expect = ACCEPTABLE,
        desc = "One has it.")
@State
public class QueueTakeStress {
    private final TaskQueue queue = new TaskQueue(() -> 1);

    {
        queue.add(StressPool.task());
    }

    @Actor
    public void one(ZZ_Result r) {
        r.r1 = queue.next() != null;
    }

    @Actor
    public void other(ZZ_Result r) {
        r.r2 = queue.next() != null;
    }
}
