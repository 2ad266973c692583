package dev.pando.internal.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.pando.internal.task.TaskCell;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LII_Result;

/**
 * A deadline with a retry left meets a cancellation, so that two threads interrupt the worker: the worker is held
 * during each interrupt, or else the interrupt might hit its next task.
 */
@JCStressTest
@Outcome(id = "CANCELLED, 1, 0", expect = ACCEPTABLE, desc = "Cancelled first: one interrupt.")
@Outcome(
        id = "CANCELLED, 2, 0",
        expect = ACCEPTABLE,
        desc = "Expired, then cancelled: two interrupts, the worker held.")
@State
public class InterruptTwoStress {
    private final TaskCell<Object> task = StressPool.retried();
    private final AtomicInteger interrupts = new AtomicInteger();
    private final AtomicInteger unheld = new AtomicInteger();

    private final Thread worker = new Thread(() -> {}) {
        @Override
        public void interrupt() {
            interrupts.incrementAndGet();
            if (!task.stopping()) {
                unheld.incrementAndGet();
            }
        }
    };

    {
        task.begin(StressPool.sit(worker));
    }

    @Actor
    public void alarm() {
        task.expire(1);
    }

    @Actor
    public void canceller() {
        task.cancel(true);
    }

    @Arbiter
    public void look(LII_Result r) {
        r.r1 = task.state();
        r.r2 = interrupts.get();
        r.r3 = unheld.get();
    }
}
