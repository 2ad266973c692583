package dev.pando.cluster.internal.command;

import dev.pando.cluster.internal.fabric.FabricException;
import dev.pando.cluster.internal.fabric.FabricOptions;
import dev.pando.cluster.internal.link.NodeCensus;
import dev.pando.cluster.internal.wire.NodeMessage;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** {@code pando nodes}: lists the nodes of a cluster. */
final class NodesCommand {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** How long to look for a member: a node answers at once, but not where it has no processor. */
    private static final Duration SEARCH = Duration.ofSeconds(3);

    private NodesCommand() {}

    static int run(List<String> typed, PrintStream out, PrintStream err) throws WrongCallException {
        CommandArguments given = CommandArguments.parse(typed, JoinOptions.NAMES, JoinOptions.FLAGS);
        FabricOptions options =
                JoinOptions.read(given, "census-" + ProcessHandle.current().pid(), 0, SEARCH);
        try {
            NodeCensus.Result found = NodeCensus.take(options, PATIENCE);
            if (found.nodes().isEmpty()) {
                err.println("pando nodes: no node answered; tried " + found.tried());
                return ClusterMain.CANNOT_JOIN;
            }
            out.printf(
                    "%-20s %-24s %6s %8s %8s %9s  %s%n",
                    "node", "pool", "slots", "running", "waiting", "programs", "version, age");
            for (NodeMessage.Status node : found.nodes()) {
                out.printf(
                        "%-20s %-24s %6d %8d %8d %9d  %s on Java %d, %d s%n",
                        node.node(),
                        node.pool(),
                        node.slots(),
                        node.running(),
                        node.waiting(),
                        node.programs(),
                        node.pando(),
                        node.java(),
                        node.age() / 1_000_000_000L);
            }
            return ClusterMain.OK;
        } catch (FabricException e) {
            err.println("pando nodes: " + e.getMessage());
            return ClusterMain.CANNOT_JOIN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ClusterMain.CANNOT_JOIN;
        }
    }
}
