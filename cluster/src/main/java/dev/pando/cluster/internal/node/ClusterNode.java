package dev.pando.cluster.internal.node;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.cluster.internal.fabric.FabricEntrance;
import dev.pando.cluster.internal.fabric.FabricException;
import dev.pando.cluster.internal.fabric.FabricMember;
import dev.pando.cluster.internal.fabric.FabricOptions;
import dev.pando.cluster.internal.fabric.GroupsFabric;
import dev.pando.cluster.internal.fabric.NodeFabric;
import dev.pando.cluster.internal.link.LetterOutbox;
import dev.pando.cluster.internal.link.SenderThreads;
import dev.pando.cluster.internal.link.VersionStamp;
import dev.pando.cluster.internal.wire.BadLetterException;
import dev.pando.cluster.internal.wire.LetterBundle;
import dev.pando.cluster.internal.wire.LetterReader;
import dev.pando.cluster.internal.wire.NodeMessage;
import dev.pando.spi.Backend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * A node: takes tasks of any program of its cluster, and runs them on workers of its own. Letters of one program come
 * in order, one at a time; those of two programs at once.
 */
public final class ClusterNode implements NodeFabric.Listener, AutoCloseable {
    /** For workers without a bound of their own: virtual threads. */
    private static final int MOST_SLOTS = 1024;

    /** How long a node that leaves waits for its workers to end: longer than the grace of a task that is stopped. */
    private static final long END_NANOS = 5_000_000_000L;

    /** How long a program has, beyond the grace of its tasks, to read the last answers of a node that leaves. */
    private static final long GOODBYE_NANOS = 1_000_000_000L;

    private final String name;
    private final Backend workers;
    private final NodeLog log;
    private final long since = System.nanoTime();

    /** If it was not said, made with the first session, which knows how many tasks such workers run at once. */
    @GuardedBy("this")
    private @Nullable SlotShare share;

    private final NodeTimer timer;
    private final ThreadPoolExecutor senders;

    /** Set when the node has joined; letters that come before are answered as soon as it is. */
    private volatile @Nullable NodeFabric fabric;

    private final SessionTable sessions = new SessionTable();
    private volatile boolean draining;

    @GuardedBy("this")
    private boolean hasEnded;

    private ClusterNode(String name, Backend workers, int slots, NodeLog log) {
        this.name = name;
        this.workers = workers;
        this.log = log;
        this.share = slots == 0 ? null : new SlotShare(slots);
        this.timer = new NodeTimer(name);
        this.senders = SenderThreads.named(name, thread -> {});
    }

    /**
     * Joins a cluster, or begins one.
     *
     * @param workers what the tasks of each program run on
     * @param slots how many tasks run here at once; 0: as many as such workers run
     * @throws FabricException it cannot listen, or the keys cannot be read
     */
    public static ClusterNode join(FabricOptions options, Backend workers, int slots, NodeLog log)
            throws FabricException {
        return join(options, workers, slots, log, GroupsFabric::join);
    }

    /** As {@link #join}, by another way into a fabric: for tests. */
    static ClusterNode join(FabricOptions options, Backend workers, int slots, NodeLog log, FabricEntrance entrance)
            throws FabricException {
        ClusterNode node = new ClusterNode(options.name(), workers, slots, log);
        try {
            NodeFabric joined = entrance.join(options, true, node);
            node.fabric = joined;
            synchronized (node) {
                node.notifyAll();
            }
            return node;
        } catch (FabricException | RuntimeException e) {
            node.end();
            throw e;
        }
    }

    @Override
    public void members(List<FabricMember> now) {
        List<ProgramSession> gone = sessions.keep(Set.copyOf(now));
        log.event("members", "count", now.size(), "names", now);
        gone.forEach(each -> close(each, "left"));
    }

    private void close(ProgramSession session, String why) {
        log.event("program gone", "program", session.name(), "why", why);
        session.close();
    }

    @Override
    public void received(FabricMember from, byte[] message) {
        sessions.heard(from);
        try {
            for (byte[] letter : LetterBundle.unpack(message)) {
                NodeMessage.Letter read = LetterReader.read(letter);
                if (read.message() instanceof NodeMessage.ToNode toNode) {
                    received(from, read.session(), toNode);
                }
            }
        } catch (BadLetterException e) {
            log.event("bad letter", "from", from, "reason", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void rests(FabricMember from) {
        ProgramSession session = sessions.of(from);
        if (session != null) {
            session.wake();
        }
    }

    private void received(FabricMember from, long number, NodeMessage.ToNode message) {
        switch (message) {
            case NodeMessage.Hello hello -> greet(from, number, hello);
            case NodeMessage.Who() -> new LetterOutbox(joined(), from, number, senders).send(status());
            case NodeMessage.Bye() -> leave(from, number);
            case NodeMessage.Run run -> {
                ProgramSession session = sessions.find(from, number);
                if (session != null && draining) {
                    session.tell(new NodeMessage.Returned(run.run()));
                } else if (session != null) {
                    session.accept(run);
                }
            }
            case NodeMessage.Stop(int run) -> {
                ProgramSession session = sessions.find(from, number);
                if (session != null) {
                    session.stop(run);
                }
            }
            case NodeMessage.Locate(int run) -> {
                ProgramSession session = sessions.find(from, number);
                if (session != null) {
                    session.locate(run);
                }
            }
            case NodeMessage.Recall(int most) -> {
                ProgramSession session = sessions.find(from, number);
                if (session != null) {
                    session.recall(most);
                }
            }
            case NodeMessage.Code code -> {
                ProgramSession session = sessions.find(from, number);
                if (session != null) {
                    session.classes().answered(code);
                }
            }
            case NodeMessage.Reply reply -> {
                ProgramSession session = sessions.find(from, number);
                if (session != null) {
                    session.calls().answered(reply);
                }
            }
        }
    }

    private void greet(FabricMember from, long number, NodeMessage.Hello hello) {
        LetterOutbox outbox = new LetterOutbox(joined(), from, number, senders);
        String objection = VersionStamp.objection(hello);
        if (objection != null || draining) {
            refuse(hello, outbox, objection == null ? "it is about to leave" : objection);
            return;
        }
        ProgramSession session;
        try {
            session = new ProgramSession(hello.program() + "-at-" + name, hello.metered(), workers, outbox, timer, log);
        } catch (RuntimeException e) {
            refuse(hello, outbox, "it cannot start " + workers + ": " + e.getMessage());
            return;
        }
        SlotShare shared = shareOf(session);
        session.shares(shared);
        ProgramSession earlier = sessions.put(from, number, outbox, session);
        if (earlier != null) {
            close(earlier, "came again");
        }
        log.event("program came", "program", hello.program(), "from", from);
        outbox.send(new NodeMessage.Welcome(name, shared.slots(), workers.toString()));
        if (draining) { // since a moment ago: the welcome must not be the last word
            session.tell(new NodeMessage.Slots(0));
        }
    }

    private void refuse(NodeMessage.Hello hello, LetterOutbox outbox, String reason) {
        log.event("program refused", "program", hello.program(), "reason", reason);
        outbox.send(new NodeMessage.Refused(name, reason));
    }

    private SlotShare shareOf(ProgramSession session) {
        synchronized (this) {
            SlotShare known = share;
            if (known == null) {
                share = known =
                        new SlotShare(Math.min(MOST_SLOTS, session.engine().width()));
            }
            return known;
        }
    }

    private void leave(FabricMember from, long number) {
        ProgramSession session = sessions.remove(from, number);
        if (session != null) {
            close(session, "said goodbye");
        }
    }

    /** Letters may come before {@link GroupsFabric#join} has returned. Throws if it has failed. */
    private NodeFabric joined() {
        synchronized (this) {
            boolean interrupted = false;
            NodeFabric now = fabric;
            while (now == null) {
                if (hasEnded) {
                    throw new IllegalStateException("node " + name + " could not join");
                }
                try {
                    wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                now = fabric;
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return now;
        }
    }

    /** Returns what {@code pando nodes} shows. */
    public NodeMessage.Status status() {
        List<ProgramSession> now = sessions.all();
        SlotShare known;
        synchronized (this) {
            known = share;
        }
        return new NodeMessage.Status(
                name,
                workers.toString(),
                draining || known == null ? 0 : known.slots(),
                known == null ? 0 : known.running(),
                now.stream().mapToInt(ProgramSession::waiting).sum(),
                now.size(),
                VersionStamp.PANDO,
                VersionStamp.JAVA,
                System.nanoTime() - since);
    }

    /**
     * Takes no further task, gives back what has not begun, and waits for the rest, and until the programs have read
     * what came of it. A program that has says goodbye; without that the news that the node is gone could overtake the
     * last answer. Returns whether all did.
     */
    public boolean drain(Duration grace) throws InterruptedException {
        draining = true;
        log.event("draining");
        for (ProgramSession session : sessions.all()) {
            session.tell(new NodeMessage.Slots(0));
            session.drain();
        }
        List<String> left = sessions.awaitGoodbyes(System.nanoTime() + grace.toNanos(), GOODBYE_NANOS);
        if (!left.isEmpty()) {
            log.event("not finished", "programs", left);
        }
        return left.isEmpty();
    }

    /** Leaves the cluster, and stops what still runs. */
    @Override
    public void close() {
        NodeFabric joined = fabric;
        if (joined != null) {
            joined.close();
        }
        end();
    }

    private void end() {
        synchronized (this) {
            hasEnded = true;
            notifyAll(); // a thread of the fabric may wait for the node to join
        }
        List<ProgramSession> now = new ArrayList<>(sessions.all());
        now.forEach(ProgramSession::close);
        now.addAll(sessions.ending());
        long deadline = System.nanoTime() + END_NANOS;
        now.forEach(session -> session.awaitEnd(deadline));
        senders.shutdown();
        timer.close();
        log.event("left");
    }

    /** Returns whether it takes no further task, because it is about to leave. */
    public boolean isDraining() {
        return draining;
    }

    /** Returns where it listens, in words. */
    public String listensAt() {
        return joined().listensAt();
    }
}
