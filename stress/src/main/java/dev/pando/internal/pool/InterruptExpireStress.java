package dev.pando.internal.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.pando.internal.task.TaskCell;
import dev.pando.internal.task.WorkerSeat;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZLZ_Result;

/**
 * A deadline passes for the last time while the worker reports: one end, and no interrupt is left on the worker.
 */
@JCStressTest
@Outcome(id = "true, SUCCESS, false", expect = ACCEPTABLE, desc = "The report came first.")
@Outcome(
        id = "false, FAILED, false",
        expect = ACCEPTABLE,
        desc = "The deadline came first; its interrupt was taken back.")
@State
public class InterruptExpireStress {
    private final TaskCell<Object> task = StressPool.task();
    private volatile boolean running;
    private volatile boolean decided;

    @Actor
    public void worker(ZLZ_Result r) {
        WorkerSeat seat = StressPool.sit();
        int attempt = task.begin(seat);
        running = true;
        r.r1 = task.succeed(attempt, "value");
        seat.leave();
        while (!decided) {
            Thread.onSpinWait();
        }
        r.r3 = Thread.interrupted();
    }

    @Actor
    public void alarm() {
        while (!running) {
            Thread.onSpinWait();
        }
        task.expire(1);
        decided = true;
    }

    @Arbiter
    public void look(ZLZ_Result r) {
        r.r2 = task.state();
    }
}
