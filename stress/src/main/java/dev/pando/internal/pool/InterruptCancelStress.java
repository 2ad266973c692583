package dev.pando.internal.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.pando.internal.task.TaskCell;
import dev.pando.internal.task.WorkerSeat;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/**
 * A running task is cancelled with an interrupt while its worker reports: afterwards no interrupt is left on the
 * worker, or else the interrupt would hit the next task.
 */
@JCStressTest
@Outcome(id = "true, false, SUCCESS, false", expect = ACCEPTABLE, desc = "The report came first.")
@Outcome(
        id = "false, true, CANCELLED, false",
        expect = ACCEPTABLE,
        desc = "The cancellation came first; its interrupt was taken back.")
@State
public class InterruptCancelStress {
    private final TaskCell<Object> task = StressPool.task();
    private volatile boolean running;
    private volatile boolean decided;

    @Actor
    public void worker(LLLL_Result r) {
        WorkerSeat seat = StressPool.sit();
        int attempt = task.begin(seat);
        running = true;
        r.r1 = task.succeed(attempt, "value");
        seat.leave();
        while (!decided) {
            Thread.onSpinWait();
        }
        r.r4 = Thread.interrupted();
    }

    @Actor
    public void canceller(LLLL_Result r) {
        while (!running) {
            Thread.onSpinWait();
        }
        r.r2 = task.cancel(true);
        decided = true;
    }

    @Arbiter
    public void look(LLLL_Result r) {
        r.r3 = task.state();
    }
}
