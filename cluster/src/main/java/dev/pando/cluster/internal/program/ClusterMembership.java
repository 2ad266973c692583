package dev.pando.cluster.internal.program;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.cluster.internal.fabric.FabricException;
import dev.pando.cluster.internal.fabric.FabricMember;
import dev.pando.cluster.internal.fabric.FabricOptions;
import dev.pando.cluster.internal.fabric.GroupsFabric;
import dev.pando.cluster.internal.fabric.NodeFabric;
import dev.pando.cluster.internal.link.LetterOutbox;
import dev.pando.cluster.internal.link.SenderThreads;
import dev.pando.cluster.internal.link.VersionStamp;
import dev.pando.cluster.internal.node.ClusterNode;
import dev.pando.cluster.internal.node.NodeLog;
import dev.pando.cluster.internal.wire.BadLetterException;
import dev.pando.cluster.internal.wire.LetterBundle;
import dev.pando.cluster.internal.wire.LetterReader;
import dev.pando.cluster.internal.wire.LetterWriter;
import dev.pando.cluster.internal.wire.NodeMessage;
import dev.pando.shipping.ProgramClasses;
import dev.pando.spi.Backend;
import dev.pando.spi.Host;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The program as a member of the cluster: greets every other member, of which the nodes answer, and tells the engine
 * which came and which are gone. Threads: those of the fabric, and the senders.
 */
final class ClusterMembership implements NodeFabric.Listener {
    private static final System.Logger LOGGER = System.getLogger("dev.pando.cluster");

    private final ClusterEngine engine;
    private final Host host;
    private final ClusterSettings settings;
    private final ProgramClasses classes;
    private final ThreadPoolExecutor senders;
    private final CompletableFuture<NodeFabric> joined = new CompletableFuture<>();

    /** Completed by the first node that takes tasks. */
    private final CompletableFuture<Boolean> firstNode = new CompletableFuture<>();

    @GuardedBy("this")
    private final Map<FabricMember, NodeLink> links = new HashMap<>();

    @GuardedBy("this")
    private final Map<String, String> refusals = new LinkedHashMap<>();

    @GuardedBy("this")
    private int numbers;

    /** The one node of a cluster inside this program. Written before the program joins. */
    private @Nullable ClusterNode inside;

    ClusterMembership(ClusterEngine engine, Host host, ClusterSettings settings, ProgramClasses classes) {
        this.engine = engine;
        this.host = host;
        this.settings = settings;
        this.classes = classes;
        this.senders = SenderThreads.named(host.name(), host::leaving);
    }

    /** Joins, and waits for a node. Leaves nothing behind if that fails. */
    void join() {
        try {
            FabricOptions options = options();
            Backend workers = settings.inside();
            if (workers != null) {
                inside = ClusterNode.join(options.named(host.name() + "-node"), workers, 0, NodeLog.none());
            }
            NodeFabric fabric = GroupsFabric.join(options, false, this);
            joined.complete(fabric);
            awaitNode(fabric);
        } catch (FabricException e) {
            abandon();
            throw new IllegalStateException(e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            abandon();
            throw e;
        }
    }

    private FabricOptions options() {
        return new FabricOptions(
                host.name(),
                settings.inside() == null ? settings.where() : new FabricOptions.Inside("pando-" + UUID.randomUUID()),
                null,
                0,
                settings.keys(),
                FabricOptions.JOIN_TIMEOUT,
                FabricOptions.SILENCE);
    }

    private void awaitNode(NodeFabric fabric) {
        try {
            firstNode.get(settings.joinTimeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            String others;
            synchronized (this) {
                others = refusals.isEmpty() ? "" : "; refused by " + refusals;
            }
            throw new IllegalStateException(
                    "no node of the cluster answered within "
                            + settings.joinTimeout().toMillis() + " ms; tried "
                            + fabric.tried() + others
                            + ". Is a node running there (`pando node --join host:port`), and are its keys of the same"
                            + " authority?",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while it waited for a node of the cluster", e);
        } catch (ExecutionException impossible) { // it is never completed so
            throw new AssertionError(impossible);
        }
    }

    private void abandon() {
        NodeFabric fabric = joined.getNow(null);
        joined.cancel(false); // a sender may wait for the program to join
        if (fabric != null) {
            fabric.close();
        }
        if (inside != null) {
            inside.close();
        }
        senders.shutdown();
    }

    @Override
    public void members(List<FabricMember> now) {
        List<NodeLink> gone = new ArrayList<>();
        List<FabricMember> fresh = new ArrayList<>();
        synchronized (this) {
            Set<FabricMember> there = new HashSet<>(now);
            links.entrySet().removeIf(entry -> {
                boolean left = !there.contains(entry.getKey());
                if (left) {
                    gone.add(entry.getValue());
                }
                return left;
            });
            for (FabricMember member : now) {
                if (!links.containsKey(member)) {
                    fresh.add(member);
                }
            }
        }
        try {
            senders.execute(() -> greet(fresh)); // not here: the fabric may not have returned from joining
        } catch (RejectedExecutionException leaving) {
            return;
        }
        for (NodeLink link : gone) {
            link.outbox.close();
            if (link.welcome) {
                engine.left(link, "it left the cluster, was killed, or could not be reached for too long");
            }
        }
    }

    private void greet(List<FabricMember> fresh) {
        NodeFabric fabric;
        try {
            fabric = joined.join();
        } catch (CancellationException abandoned) {
            return;
        }
        FabricMember self = fabric.self();
        for (FabricMember member : fresh) {
            if (member.equals(self)) {
                continue;
            }
            long session = ThreadLocalRandom.current().nextLong();
            LetterOutbox outbox = new LetterOutbox(fabric, member, session, senders);
            synchronized (this) {
                if (links.containsKey(member)) {
                    continue;
                }
                links.put(
                        member,
                        new NodeLink(++numbers, session, member, outbox, classes.receiver(), engine.callsOf(outbox)));
            }
            outbox.send(new NodeMessage.Hello(
                    NodeMessage.PROTOCOL, VersionStamp.PANDO, VersionStamp.JAVA, host.name(), host.metered()));
        }
    }

    @Override
    public void received(FabricMember from, byte[] message) {
        NodeLink link;
        synchronized (this) {
            link = links.get(from);
        }
        if (link == null) {
            return; // another program, or a node that counts as gone
        }
        link.outbox.heard();
        try {
            for (byte[] letter : LetterBundle.unpack(message)) {
                NodeMessage.Letter read = LetterReader.read(letter);
                if (read.session() == link.session && read.message() instanceof NodeMessage.ToProgram toProgram) {
                    received(link, toProgram);
                }
            }
        } catch (BadLetterException e) {
            LOGGER.log(System.Logger.Level.WARNING, "node " + link.name() + " sent " + e.getMessage());
        }
    }

    @Override
    public void rests(FabricMember from) {
        engine.advance();
    }

    private void received(NodeLink link, NodeMessage.ToProgram message) {
        switch (message) {
            case NodeMessage.Welcome(String node, int slots, String workers) -> {
                link.named(node, workers);
                link.welcome = true;
                engine.slots(link, slots);
                firstNode.complete(true);
            }
            case NodeMessage.Refused(String node, String reason) -> {
                synchronized (this) {
                    refusals.put(node, reason);
                }
                LOGGER.log(
                        System.Logger.Level.WARNING,
                        "pool " + host.name() + " cannot use node " + node + ": " + reason);
            }
            default -> engine.received(link, message);
        }
    }

    /** Returns what was tried to find nodes, for messages. */
    String tried() {
        return Objects.requireNonNull(joined.getNow(null)).tried();
    }

    Executor senders() {
        return senders;
    }

    /** Says goodbye to every node, leaves, and then calls this. Takes a moment. */
    void leave(Runnable then) {
        NodeFabric fabric = joined.join();
        List<NodeLink> known;
        synchronized (this) {
            known = List.copyOf(links.values());
            links.clear();
        }
        for (NodeLink link : known) {
            sayGoodbye(fabric, link);
        }
        fabric.close();
        if (inside != null) {
            inside.close();
        }
        senders.shutdown();
        then.run();
    }

    private static void sayGoodbye(NodeFabric fabric, NodeLink link) {
        try {
            byte[] bye = LetterWriter.bytes(link.session, new NodeMessage.Bye());
            fabric.send(link.member, LetterBundle.pack(List.of(bye)));
        } catch (FabricException e) {
            // it learns from the fabric that this program is gone
        }
    }
}
