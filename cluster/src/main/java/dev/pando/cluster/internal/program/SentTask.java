package dev.pando.cluster.internal.program;

import com.google.errorprone.annotations.CheckReturnValue;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.shipping.ShippedWork;
import dev.pando.spi.Job;
import dev.pando.spi.Seat;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a job, which a node was given: either begun for a slot that was free, or to lie at the node until one
 * is. Any thread may use it; the job is begun under the lock, so that no thread sees it begun without its attempt.
 */
final class SentTask {
    /** The number by which the node knows it. */
    final int run;

    final Job job;
    final ShippedWork work;
    private final NodeLink node;

    /** Its slot; null while it lies. The {@link NodeLink}'s. */
    @Nullable
    Seat slot;

    @GuardedBy("this")
    private int attempt;

    /** Whether the node gave it back, so that it will not begin. */
    @GuardedBy("this")
    private boolean returned;

    /** @param attempt 0 if it has not begun */
    SentTask(NodeLink node, int run, Job job, int attempt, @Nullable Seat slot, ShippedWork work) {
        this.node = node;
        this.run = run;
        this.job = job;
        this.attempt = attempt;
        this.slot = slot;
        this.work = work;
    }

    /** Returns the number of the attempt; 0 if it has not begun, as far as is known. */
    synchronized int attempt() {
        return attempt;
    }

    /**
     * Begins the job if it lies at the node, in its slot, or, if it has none yet, in one that is another's too. Returns
     * the number of the attempt; 0 if the job has ended or was given back.
     */
    int begin() {
        Seat seat = node.slotOf(this);
        synchronized (this) {
            if (attempt == 0 && !returned) {
                attempt = job.begin(seat);
            }
            return attempt;
        }
    }

    /** The node has not begun it, and will not: the job is in line again. */
    void giveBack() {
        if (giveBackUnbegun()) {
            job.backInLine();
        } else {
            var _ = job.giveBack(attempt());
        }
    }

    @CheckReturnValue
    private synchronized boolean giveBackUnbegun() {
        returned = attempt == 0;
        return returned;
    }

    long bytes() {
        return work.bytes().length;
    }
}
