package dev.pando.internal.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.pando.internal.task.TaskCell;
import dev.pando.internal.task.WorkerSeat;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZZ_Result;

/**
 * A task is begun for the second time, by another worker, while it is cancelled with an interrupt: the worker of the
 * first attempt is not interrupted, and the one of the second is left clean.
 */
@JCStressTest
@Outcome(id = "CANCELLED, false, false", expect = ACCEPTABLE, desc = "Cancelled, before or after it was begun again.")
@Outcome(id = "SUCCESS, false, false", expect = ACCEPTABLE, desc = "It was done first.")
@State
public class InterruptRetriedStress {
    private final TaskCell<Object> task = StressPool.retried();
    private final Thread first = new Thread(() -> {});
    private volatile boolean decided;

    {
        task.begin(StressPool.sit(first));
        task.fail(1, StressPool.LOST);
    }

    @Actor
    public void worker(LZZ_Result r) {
        WorkerSeat seat = StressPool.sit();
        int attempt = task.begin(seat);
        if (attempt != 0) {
            task.succeed(attempt, "value");
        }
        seat.leave();
        while (!decided) {
            Thread.onSpinWait();
        }
        r.r3 = Thread.interrupted();
    }

    @Actor
    public void canceller() {
        task.cancel(true);
        decided = true;
    }

    @Arbiter
    public void look(LZZ_Result r) {
        r.r1 = task.state();
        r.r2 = first.isInterrupted();
    }
}
