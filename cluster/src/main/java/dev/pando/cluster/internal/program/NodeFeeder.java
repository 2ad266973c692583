package dev.pando.cluster.internal.program;

import com.google.errorprone.annotations.CheckReturnValue;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.cluster.internal.placement.NodePlacement;
import dev.pando.cluster.internal.wire.NodeMessage;
import dev.pando.shipping.ShippedWork;
import dev.pando.spi.Host;
import dev.pando.spi.Job;
import dev.pando.spi.PrefetchingHost;
import dev.pando.spi.Seat;
import dev.pando.spi.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes jobs off the line and gives each to the node that the placement names. Any thread may call it; the letters of
 * one call go out together, and no thread waits for another. The pool's code is called under no lock.
 */
final class NodeFeeder {
    /** A larger task does not lie: it needs a message of its own, and would travel again if it is called back. */
    private static final int LYING_BYTES = 8192;

    private final Host host;
    private final Duration joinTimeout;
    private final Runnable noNodeCame;

    @GuardedBy("placement")
    private final NodePlacement placement;

    private final Map<Integer, NodeLink> links = new ConcurrentHashMap<>();
    private final Map<Seat, NodeLink> bySeat = new ConcurrentHashMap<>();

    /** How many tasks run at once. Written under the lock of the placement; a map asks for each element. */
    private volatile int width = 1;

    /** Whether no task was ever sent. */
    private volatile boolean unused = true;

    /** Whether nothing is sent any more. */
    private volatile boolean stopped;

    /** Rings when no node has come for too long. */
    @GuardedBy("placement")
    private Timer.@Nullable Alarm noNode;

    NodeFeeder(Host host, NodePlacement placement, Duration joinTimeout, Runnable noNodeCame) {
        this.host = host;
        this.placement = placement;
        this.joinTimeout = joinTimeout;
        this.noNodeCame = noNodeCame;
    }

    int width() {
        return width;
    }

    boolean isUnused() {
        return unused;
    }

    void stop() {
        stopped = true;
    }

    boolean anyOut() {
        synchronized (placement) {
            return placement.tasks() > 0;
        }
    }

    Collection<NodeLink> links() {
        return links.values();
    }

    @Nullable
    NodeLink at(Seat seat) {
        return bySeat.get(seat);
    }

    /** Sends as much as the nodes have room for. */
    void pump() {
        Set<NodeLink> touched = new LinkedHashSet<>();
        boolean more = true;
        while (more && !stopped && host.anyInLine()) {
            more = sendOne(touched);
        }
        if (!stopped && !host.anyInLine()) {
            callBack(touched);
        }
        touched.forEach(link -> link.outbox.flush());
    }

    /** Returns whether it is worth trying again. */
    private boolean sendOne(Set<NodeLink> touched) {
        int node;
        synchronized (placement) {
            node = placement.place(isLong(placement.lying() + placement.nodes()));
            if (node == NodePlacement.NONE) {
                watchForNode();
                return false;
            }
        }
        NodeLink link = links.get(node);
        if (link != null && sendNext(link)) {
            touched.add(link);
            return true;
        }
        synchronized (placement) {
            placement.answered(node, 0);
            return placement.hasFreeSlot(); // a job may be back in line that another thread did not find there
        }
    }

    /**
     * Returns whether more tasks have not begun than this, and may be sent ahead. While the line is short, each waits
     * for the slot that is free first.
     */
    private boolean isLong(int line) {
        return host instanceof PrefetchingHost prefetching && prefetching.mayGoAhead() > line;
    }

    /** Gives the next job to this node. Returns false if there was none, it may not go there, or the node is gone. */
    private boolean sendNext(NodeLink link) {
        Seat slot = link.freeSlot(host);
        if (slot != null) {
            bySeat.putIfAbsent(slot, link);
        }
        for (Job job = host.next(); job != null; job = host.next()) {
            if (!(job.packedWork() instanceof PackedTask packed)) {
                continue; // it has ended
            }
            synchronized (placement) {
                placement.weighs(link.number, packed.work.bytes().length);
            }
            boolean sent = slot == null ? lay(link, job, packed) : begin(link, job, slot, packed.work);
            if (!sent) {
                synchronized (placement) {
                    placement.weighs(link.number, -packed.work.bytes().length);
                }
                return false;
            }
            unused = false;
            return true;
        }
        if (slot != null) {
            link.leaveSlot(slot);
        }
        return false;
    }

    @CheckReturnValue
    private boolean begin(NodeLink link, Job job, Seat slot, ShippedWork work) {
        int attempt = job.begin(slot);
        if (attempt == 0) {
            link.leaveSlot(slot);
            return false;
        }
        if (link.send(job, attempt, slot, work)) {
            return true;
        }
        bySeat.remove(slot);
        var _ = job.giveBack(attempt);
        return false;
    }

    /** Has this job lie at the node. Returns false if it may not: it is in line again. */
    @CheckReturnValue
    private static boolean lay(NodeLink link, Job job, PackedTask packed) {
        boolean small = packed.work.bytes().length <= LYING_BYTES;
        if (small && job instanceof PrefetchingHost.Candidate candidate && link.lay(candidate, packed)) {
            return true;
        }
        job.backInLine();
        return false;
    }

    /** A slot is free, and no task is in line: one that lies at another node may take it. */
    private void callBack(Set<NodeLink> touched) {
        NodePlacement.Recall recall;
        synchronized (placement) {
            recall = placement.recall();
        }
        if (recall == null) {
            return;
        }
        NodeLink link = links.get(recall.node());
        if (link == null) {
            calledBack(recall.node(), 0);
            return;
        }
        link.outbox.add(new NodeMessage.Recall(recall.most()));
        touched.add(link);
    }

    /** A node has given back so many tasks. */
    void calledBack(int node, int count) {
        synchronized (placement) {
            placement.gaveBack(node, count);
        }
    }

    /** While tasks wait and there is no node, a time runs after which the pool says so. */
    @GuardedBy("placement")
    private void watchForNode() {
        if (placement.nodes() == 0 && noNode == null) {
            noNode = host.timer().after(joinTimeout.toNanos(), this::timeIsUp);
        }
    }

    private void timeIsUp() {
        synchronized (placement) {
            noNode = null;
            if (placement.nodes() > 0) {
                return;
            }
        }
        noNodeCame.run();
    }

    /** A node takes so many tasks from now on. */
    void slots(NodeLink link, int slots) {
        link.slots(slots);
        links.put(link.number, link);
        Timer.Alarm alarm;
        synchronized (placement) {
            placement.slots(link.number, slots);
            width = Math.max(1, placement.width());
            alarm = noNode;
            noNode = null;
        }
        if (alarm != null) {
            alarm.cancel();
        }
    }

    /** A node is gone, with the tasks that it had. */
    void left(NodeLink link, String reason) {
        links.remove(link.number);
        List<SentTask> lost = link.end();
        for (Seat seat : link.takeSeats()) {
            bySeat.remove(seat);
            seat.lost(reason); // before its tasks are told, so that a reader of their failure finds the loss counted
        }
        for (SentTask task : lost) {
            var _ = task.job.fail(task.attempt(), AnswerDesk.lost(link, reason));
        }
        synchronized (placement) {
            var _ = placement.left(link.number);
            width = Math.max(1, placement.width());
        }
    }

    /** A task that was taken off the account of its node has left it. It ran for so long; -1: it came to nothing. */
    void free(NodeLink link, SentTask task, long nanos) {
        link.leaveSlot(task);
        synchronized (placement) {
            if (nanos < 0) {
                placement.answered(link.number, task.bytes());
            } else {
                placement.answered(link.number, task.bytes(), nanos);
            }
        }
    }

    /** Lets a node go that is about to leave, once all that it had is settled: it waits for this goodbye. */
    void partIfFinished(NodeLink link) {
        if (!link.part()) {
            return;
        }
        links.remove(link.number);
        for (Seat seat : link.takeSeats()) { // before the goodbye: once the node has left, its seats count as lost
            bySeat.remove(seat);
            seat.leave();
        }
        link.outbox.send(new NodeMessage.Bye());
    }

    /** The pool has ended: every worker goes home. */
    void close() {
        for (NodeLink link : links.values()) {
            link.takeSeats().forEach(Seat::leave);
        }
        links.clear();
        bySeat.clear();
    }
}
