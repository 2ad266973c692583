package dev.pando.cluster.internal.link;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.cluster.internal.fabric.FabricException;
import dev.pando.cluster.internal.fabric.FabricMember;
import dev.pando.cluster.internal.fabric.FabricOptions;
import dev.pando.cluster.internal.fabric.GroupsFabric;
import dev.pando.cluster.internal.fabric.NodeFabric;
import dev.pando.cluster.internal.wire.BadLetterException;
import dev.pando.cluster.internal.wire.LetterBundle;
import dev.pando.cluster.internal.wire.LetterReader;
import dev.pando.cluster.internal.wire.LetterWriter;
import dev.pando.cluster.internal.wire.NodeMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Joins a cluster for a moment and asks every member what it is. Programs do not answer. */
public final class NodeCensus implements NodeFabric.Listener {
    /** How long to wait for further answers after the last one, because programs are members and give none. */
    private static final long QUIET_NANOS = 500_000_000L;

    @GuardedBy("this")
    private final Map<FabricMember, NodeMessage.Status> answers = new LinkedHashMap<>();

    @GuardedBy("this")
    private List<FabricMember> members = List.of();

    private NodeCensus() {}

    /**
     * What was found.
     *
     * @param tried which addresses were asked, in words
     */
    public record Result(List<NodeMessage.Status> nodes, String tried) {}

    /**
     * Returns the nodes of a cluster.
     *
     * @throws FabricException the cluster cannot be joined
     * @throws InterruptedException the calling thread was interrupted
     */
    public static Result take(FabricOptions options, Duration patience) throws FabricException, InterruptedException {
        NodeCensus census = new NodeCensus();
        try (NodeFabric fabric = GroupsFabric.join(options, false, census)) {
            return new Result(census.ask(fabric, patience), fabric.tried());
        }
    }

    private List<NodeMessage.Status> ask(NodeFabric fabric, Duration patience)
            throws FabricException, InterruptedException {
        List<FabricMember> there;
        synchronized (this) {
            there = new ArrayList<>(members);
        }
        there.remove(fabric.self());
        byte[] question = LetterBundle.pack(List.of(LetterWriter.bytes(0, new NodeMessage.Who())));
        for (FabricMember member : there) {
            fabric.send(member, question);
        }
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (this) {
            int before = -1;
            while (answers.size() < there.size() && (answers.isEmpty() || answers.size() > before)) {
                before = answers.size();
                long until = before == 0 ? deadline : Math.min(deadline, System.nanoTime() + QUIET_NANOS);
                awaitMore(before, until);
                if (System.nanoTime() - deadline >= 0) {
                    break;
                }
            }
            List<NodeMessage.Status> found = new ArrayList<>(answers.values());
            found.sort(Comparator.comparing(NodeMessage.Status::node));
            return found;
        }
    }

    @GuardedBy("this")
    private void awaitMore(int than, long until) throws InterruptedException {
        while (answers.size() == than) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                return;
            }
            wait(left / 1_000_000 + 1);
        }
    }

    @Override
    public synchronized void members(List<FabricMember> now) {
        members = List.copyOf(now);
    }

    @Override
    public void received(FabricMember from, byte[] message) {
        try {
            for (byte[] letter : LetterBundle.unpack(message)) {
                if (LetterReader.read(letter).message() instanceof NodeMessage.Status status) {
                    synchronized (this) {
                        answers.put(from, status);
                        notifyAll();
                    }
                }
            }
        } catch (BadLetterException e) {
            // a node of another version: it is not listed
        }
    }
}
