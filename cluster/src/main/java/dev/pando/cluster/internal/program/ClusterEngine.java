package dev.pando.cluster.internal.program;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.cluster.internal.link.LetterOutbox;
import dev.pando.cluster.internal.placement.NodePlacement;
import dev.pando.cluster.internal.wire.NodeMessage;
import dev.pando.shipping.ProgramClasses;
import dev.pando.shipping.ProgramOffers;
import dev.pando.shipping.ShippedClass;
import dev.pando.shipping.ShippedWork;
import dev.pando.shipping.ShippingCodec;
import dev.pando.spi.Host;
import dev.pando.spi.Job;
import dev.pando.spi.NodeEngine;
import dev.pando.spi.NodeFacts;
import dev.pando.spi.PackingEngine;
import dev.pando.spi.Seat;
import dev.pando.spi.Timer;
import dev.pando.spi.UnreadyException;
import dev.pando.spi.UnsendableException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a cluster as the pool sees them: packs tasks, gives each to the node that the placement names, and
 * settles it by what that node says. Any thread may call it; the pool's code is called under no lock.
 */
public final class ClusterEngine implements NodeEngine, PackingEngine {
    /** What one node may have of tasks, in bytes, whatever its slots. */
    private static final long MOST_BYTES = 64 << 20;

    private final Host host;
    private final ClusterSettings settings;
    private final ProgramClasses classes = new ProgramClasses();
    private final TaskPacker packer;
    private final AnswerDesk answers;
    private final ProgramOffers offers;
    private final ClusterMembership membership;

    @GuardedBy("placement")
    private final NodePlacement placement;

    private final Map<Integer, NodeLink> links = new ConcurrentHashMap<>();
    private final Map<Seat, NodeLink> bySeat = new ConcurrentHashMap<>();
    private final AtomicBoolean finishing = new AtomicBoolean();
    private volatile boolean killed;

    /** Whether no task was ever sent: then the thread that closes the pool leaves the cluster itself. */
    private volatile boolean unused = true;

    /** Rings when no node has come for too long. */
    @GuardedBy("placement")
    private Timer.@Nullable Alarm noNode;

    private ClusterEngine(Host host, ClusterSettings settings) {
        this.host = host;
        this.settings = settings;
        ShippingCodec codec = ShippingCodec.ofProgram(classes, settings.accepted());
        this.packer = new TaskPacker(codec);
        this.answers = new AnswerDesk(host, codec);
        this.offers = ProgramOffers.of(host, codec);
        this.placement = new NodePlacement(settings.atMost(), MOST_BYTES);
        this.membership = new ClusterMembership(this, host, settings, classes);
    }

    /**
     * Joins the cluster, and waits for its first node.
     *
     * @throws IllegalStateException there is none, or the cluster cannot be joined
     */
    public static ClusterEngine open(Host host, ClusterSettings settings) {
        ClusterEngine engine = new ClusterEngine(host, settings);
        engine.membership.join();
        return engine;
    }

    @Override
    public int width() {
        synchronized (placement) {
            return Math.max(1, placement.width());
        }
    }

    @Override
    public Object pack(Callable<?> work) throws UnsendableException {
        return packer.pack(work);
    }

    @Override
    public boolean canWait() {
        return false;
    }

    @Override
    public void rescue(Job job) {
        throw new IllegalStateException("a task on a node waits for nothing here: " + job.name());
    }

    @Override
    public void wake() {
        pump();
        finishIfOver(unused ? Runnable::run : membership.senders());
    }

    /** As {@link #wake}, on a thread that must not wait: of the fabric, say. */
    private void advance() {
        pump();
        finishIfOver(membership.senders());
    }

    private void pump() {
        while (!killed && host.anyInLine()) {
            int node;
            synchronized (placement) {
                node = placement.place();
                if (node == NodePlacement.NONE) {
                    watchForNode();
                    return;
                }
            }
            NodeLink link = links.get(node);
            boolean sent = link != null && sendNext(link);
            if (!sent) {
                synchronized (placement) {
                    placement.answered(node, 0);
                }
            }
        }
    }

    /** Gives the next job to this node, which has room. Returns false if there was none, or the node is gone. */
    private boolean sendNext(NodeLink link) {
        Seat seat = link.seat(host);
        if (seat == null) {
            return false;
        }
        bySeat.put(seat, link);
        for (Job job = host.next(); job != null; job = host.next()) {
            Object packed = job.packedWork();
            int attempt = job.begin(seat);
            if (attempt == 0) {
                continue;
            }
            unused = false;
            ShippedWork work = (ShippedWork) Objects.requireNonNull(packed);
            synchronized (placement) {
                placement.weighs(link.number, work.bytes().length);
            }
            if (!link.send(job, attempt, seat, work)) {
                bySeat.remove(seat);
                var _ = job.giveBack(attempt);
                return false;
            }
            return true;
        }
        link.leaveSeat(seat);
        return false;
    }

    /** While tasks wait and there is no node, a time runs after which the pool says so. */
    @GuardedBy("placement")
    private void watchForNode() {
        if (placement.nodes() == 0 && noNode == null) {
            noNode = host.timer().after(settings.joinTimeout().toNanos(), this::noNodeCame);
        }
    }

    private void noNodeCame() {
        synchronized (placement) {
            noNode = null;
            if (placement.nodes() > 0) {
                return;
            }
        }
        if (host.anyInLine()) {
            host.broken(new UnreadyException("the last node of the cluster has left, and in "
                    + settings.joinTimeout().toSeconds() + " s none has come (" + membership.tried() + ")"));
        }
        finishIfOver(membership.senders());
    }

    /** Returns an account of the calls of a node that is reached so. */
    NodeCalls callsOf(LetterOutbox outbox) {
        return new NodeCalls(offers, outbox);
    }

    /** A node takes so many tasks from now on. */
    void slots(NodeLink link, int slots) {
        if (link.isLeaving()) {
            return; // its welcome was overtaken
        }
        links.put(link.number, link);
        link.slots(slots);
        Timer.Alarm alarm;
        synchronized (placement) {
            placement.slots(link.number, slots);
            alarm = noNode;
            noNode = null;
        }
        if (alarm != null) {
            alarm.cancel();
        }
        advance();
    }

    /** A node is gone, with the tasks that it had. */
    void left(NodeLink link, String reason) {
        links.remove(link.number);
        for (SentTask task : link.end()) {
            var _ = task.job().fail(task.attempt(), AnswerDesk.lost(link, reason));
        }
        for (Seat seat : link.takeSeats()) {
            bySeat.remove(seat);
            seat.lost(reason);
        }
        synchronized (placement) {
            var _ = placement.left(link.number);
        }
        advance();
    }

    /** A node said something. */
    void received(NodeLink link, NodeMessage.ToProgram message) {
        switch (message) {
            case NodeMessage.Answer answer -> {
                SentTask task = link.take(answer.run());
                if (task != null) {
                    answers.settle(task, answer, link);
                    free(link, task);
                }
            }
            case NodeMessage.Lost(int run, var loss) -> {
                SentTask task = link.take(run);
                if (task != null) {
                    var _ = task.job().fail(task.attempt(), loss);
                    free(link, task);
                }
            }
            case NodeMessage.Returned(int run) -> {
                SentTask task = link.take(run);
                if (task != null) {
                    var _ = task.job().giveBack(task.attempt());
                    free(link, task);
                }
            }
            case NodeMessage.Stuck(int run, var frames) ->
                link.withSent(run, task -> task.job().stuck(task.attempt(), frames));
            case NodeMessage.Progress(int run, double fraction, String text) ->
                link.withSent(run, task -> task.job().progress(task.attempt(), fraction, text));
            case NodeMessage.Call call -> {
                if (!link.calls.call(call, link.sent(call.run()))) {
                    left(link, "it calls more often than a node may");
                    link.outbox.close();
                }
            }
            case NodeMessage.Withdraw(int question) -> link.calls.withdraw(question);
            case NodeMessage.Wanted(int question, int loader, String type) -> {
                ShippedClass found = link.classes.find(loader, type);
                link.outbox.send(new NodeMessage.Code(question, found.definer(), found.digest(), found.file()));
            }
            case NodeMessage.Slots(int slots) -> {
                slots(link, slots);
                if (slots == 0) {
                    link.leaves();
                    partIfFinished(link);
                }
            }
            case NodeMessage.Status status -> link.survey.told(status);
            case NodeMessage.Welcome _, NodeMessage.Refused _ -> {}
        }
    }

    private void free(NodeLink link, SentTask task) {
        link.leaveSeat(task.seat());
        synchronized (placement) {
            placement.answered(link.number, task.bytes());
        }
        partIfFinished(link);
        advance();
    }

    /** Lets a node go that is about to leave, once all that it had is settled: it waits for this goodbye. */
    private void partIfFinished(NodeLink link) {
        if (!link.part()) {
            return;
        }
        links.remove(link.number);
        link.outbox.send(new NodeMessage.Bye());
        for (Seat seat : link.takeSeats()) {
            bySeat.remove(seat);
            seat.leave();
        }
    }

    @Override
    public void stop(Job job, int attempt, Seat seat) {
        NodeLink link = bySeat.get(seat);
        if (link != null) {
            link.stop(job, attempt, seat);
        }
    }

    @Override
    public List<NodeFacts> nodes() {
        return NodeSurvey.of(List.copyOf(links.values()));
    }

    @Override
    public void kill() {
        killed = true;
        for (NodeLink link : links.values()) {
            left(link, "the pool was killed");
        }
        finishIfOver(membership.senders());
    }

    private void finishIfOver(Executor on) {
        if (!host.over()) {
            return;
        }
        synchronized (placement) {
            if (placement.tasks() > 0) {
                return;
            }
        }
        if (finishing.compareAndSet(false, true)) {
            on.execute(() -> membership.leave(this::finished));
        }
    }

    private void finished() {
        offers.stop();
        for (NodeLink link : links.values()) {
            link.takeSeats().forEach(Seat::leave);
        }
        links.clear();
        bySeat.clear();
        host.ended();
    }
}
