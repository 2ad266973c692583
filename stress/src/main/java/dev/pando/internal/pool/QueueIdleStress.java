package dev.pando.internal.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.pando.internal.task.TaskCell;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * A task is queued while a worker goes idle, by the protocol of the engine of threads: the worker lists itself, then
 * polls; the submitter adds, then looks for an idle worker. One of the two sees the other.
 */
@JCStressTest
@Outcome(id = "true, false", expect = ACCEPTABLE, desc = "The worker found the task.")
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "The submitter found the worker idle, and wakes it.")
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "Both; the wake-up is one too many.")
@State
public class QueueIdleStress {
    private final TaskQueue queue = new TaskQueue(() -> 1);
    private final TaskCell<Object> task = StressPool.task();
    private final ConcurrentLinkedDeque<Object> idle = new ConcurrentLinkedDeque<>();

    @Actor
    public void worker(ZZ_Result r) {
        idle.addFirst(this);
        r.r1 = queue.next() != null;
    }

    @Actor
    public void submitter(ZZ_Result r) {
        queue.add(task);
        r.r2 = idle.pollFirst() != null;
    }
}
