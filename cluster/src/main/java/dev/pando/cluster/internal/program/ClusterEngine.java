package dev.pando.cluster.internal.program;

import dev.pando.cluster.internal.link.LetterOutbox;
import dev.pando.cluster.internal.placement.NodePlacement;
import dev.pando.cluster.internal.wire.NodeMessage;
import dev.pando.shipping.ProgramClasses;
import dev.pando.shipping.ProgramOffers;
import dev.pando.shipping.ShippedClass;
import dev.pando.shipping.ShippingCodec;
import dev.pando.spi.Host;
import dev.pando.spi.Job;
import dev.pando.spi.NodeEngine;
import dev.pando.spi.NodeFacts;
import dev.pando.spi.PackingEngine;
import dev.pando.spi.PrefetchingEngine;
import dev.pando.spi.Seat;
import dev.pando.spi.UnreadyException;
import dev.pando.spi.UnsendableException;
import dev.pando.spi.VisibleEngine;
import dev.pando.spi.WorkerFacts;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The nodes of a cluster as the pool sees them: packs tasks, gives each to the node that the placement names, and
 * settles it by what that node says. Any thread may call it; the pool's code is called under no lock.
 */
public final class ClusterEngine implements NodeEngine, PackingEngine, PrefetchingEngine, VisibleEngine {
    /** What one node may have of tasks, in bytes, whatever its slots. */
    private static final long MOST_BYTES = 64 << 20;

    private final Host host;
    private final ClusterSettings settings;
    private final ProgramClasses classes = new ProgramClasses();
    private final TaskPacker packer;
    private final AnswerDesk answers;
    private final ProgramOffers offers;
    private final ClusterMembership membership;

    private final NodeFeeder feeder;
    private final AtomicBoolean finishing = new AtomicBoolean();

    private ClusterEngine(Host host, ClusterSettings settings) {
        this.host = host;
        this.settings = settings;
        ShippingCodec codec = ShippingCodec.ofProgram(classes, settings.accepted());
        this.packer = new TaskPacker(codec);
        this.answers = new AnswerDesk(host, codec);
        this.offers = ProgramOffers.of(host, codec);
        this.feeder = new NodeFeeder(
                host, new NodePlacement(settings.atMost(), MOST_BYTES), settings.joinTimeout(), this::noNodeCame);
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
        return feeder.width();
    }

    @Override
    public Object pack(Callable<?> work) throws UnsendableException {
        return new PackedTask(packer.pack(work));
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
    public long soon(Seat seat) {
        return 0;
    }

    @Override
    public void catchUp() {
        // what a node has begun is known when it answers
    }

    /** What lies at a node may have begun there: it counts as begun, and is stopped as what runs is. */
    @Override
    public int regain() {
        feeder.links().forEach(NodeLink::beginAll);
        return 0;
    }

    @Override
    public void wake() {
        feeder.pump();
        finishIfOver(feeder.isUnused() ? Runnable::run : membership.senders());
    }

    /** As {@link #wake}, on a thread that must not wait: of the fabric, say. */
    void advance() {
        feeder.pump();
        finishIfOver(membership.senders());
    }

    private void noNodeCame() {
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
        feeder.slots(link, slots);
        advance();
    }

    /** A node is gone, with the tasks that it had. */
    void left(NodeLink link, String reason) {
        feeder.left(link, reason);
        advance();
    }

    /** A node said something. What that makes room for is sent by {@link #advance}, which must follow. */
    void received(NodeLink link, NodeMessage.ToProgram message) {
        switch (message) {
            case NodeMessage.Answer answer -> {
                SentTask task = link.take(answer.run());
                if (task != null) {
                    answers.settle(task, task.begin(), answer, link);
                    free(link, task, answer.nanos());
                }
            }
            case NodeMessage.Lost(int run, var loss) -> {
                SentTask task = link.take(run);
                if (task != null) {
                    var _ = task.job.fail(task.begin(), loss);
                    free(link, task, -1);
                }
            }
            case NodeMessage.Returned(int run) -> returned(link, run);
            case NodeMessage.Recalled(List<Integer> runs) -> {
                runs.forEach(run -> returned(link, run));
                feeder.calledBack(link.number, runs.size());
            }
            case NodeMessage.Stuck(int run, var frames) ->
                link.withSent(run, task -> task.job.stuck(task.begin(), frames));
            case NodeMessage.Located(int run, var frames) -> link.withSent(run, task -> task.located(frames));
            case NodeMessage.Progress(int run, double fraction, String text) ->
                link.withSent(run, task -> task.job.progress(task.begin(), fraction, text));
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
                    feeder.partIfFinished(link);
                }
            }
            case NodeMessage.Status status -> link.survey.told(status);
            case NodeMessage.Welcome _, NodeMessage.Refused _ -> {}
        }
    }

    private void returned(NodeLink link, int run) {
        SentTask task = link.take(run);
        if (task != null) {
            task.giveBack();
            free(link, task, -1);
        }
    }

    private void free(NodeLink link, SentTask task, long nanos) {
        feeder.free(link, task, nanos);
        feeder.partIfFinished(link);
    }

    @Override
    public void stop(Job job, int attempt, Seat seat) {
        NodeLink link = feeder.at(seat);
        if (link != null) {
            link.stop(job, attempt, seat);
        }
    }

    @Override
    public void look(Job job, int attempt, Seat seat, Consumer<List<StackTraceElement>> seen) {
        NodeLink link = feeder.at(seat);
        SentTask task = link == null ? null : link.sent(job);
        if (link == null || task == null || task.attempt() != attempt) {
            seen.accept(List.of());
        } else if (task.look(seen)) {
            link.outbox.send(new NodeMessage.Locate(task.run));
        }
    }

    /** Returns none: the seats are the slots of the nodes, of which there is no more to tell. */
    @Override
    public List<WorkerFacts> workers() {
        return List.of();
    }

    @Override
    public List<NodeFacts> nodes() {
        return NodeSurvey.of(List.copyOf(feeder.links()));
    }

    @Override
    public void kill() {
        feeder.stop();
        for (NodeLink link : feeder.links()) {
            left(link, "the pool was killed");
        }
        finishIfOver(membership.senders());
    }

    private void finishIfOver(Executor on) {
        if (host.over() && !feeder.anyOut() && finishing.compareAndSet(false, true)) {
            on.execute(() -> membership.leave(this::finished));
        }
    }

    private void finished() {
        offers.stop();
        feeder.close();
        host.ended();
    }
}
