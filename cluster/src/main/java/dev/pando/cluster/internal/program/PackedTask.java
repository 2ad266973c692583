package dev.pando.cluster.internal.program;

import dev.pando.shipping.ShippedWork;
import dev.pando.spi.Prefetched;
import dev.pando.spi.SubmissionSite;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task as it was packed; and, while it lies at a node, which attempt that is. What a node has begun is known when it
 * answers. So a caller that wants a task back that lies at a node finds that it has begun, as it may have.
 */
final class PackedTask implements Prefetched, SubmissionSite {
    final ShippedWork work;

    /** Written before the job goes ahead, which publishes it. */
    private volatile @Nullable SentTask lying;

    PackedTask(ShippedWork work) {
        this.work = work;
    }

    void liesAs(SentTask task) {
        lying = task;
    }

    @Override
    public void look() {
        // the node has not said
    }

    @Override
    public boolean takeBack() {
        SentTask there = lying;
        if (there != null) {
            there.begin();
        }
        return false;
    }

    @Override
    public List<StackTraceElement> handedIn() {
        return work.handedIn();
    }
}
