package dev.pando.cluster.internal.command;

import com.sun.net.httpserver.HttpServer;
import dev.pando.cluster.internal.fabric.FabricException;
import dev.pando.cluster.internal.fabric.FabricOptions;
import dev.pando.cluster.internal.node.ClusterNode;
import dev.pando.cluster.internal.node.NodeLog;
import dev.pando.cluster.internal.node.PoolSpec;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** {@code pando node}: is a node until a signal ends it. */
final class NodeCommand {
    private static final int DRAIN_SECONDS = 30;

    private NodeCommand() {}

    /** Returns the exit code if the node could not come to be; or else does not return. */
    static int run(List<String> typed, PrintStream out, PrintStream err) throws WrongCallException {
        Set<String> names = new HashSet<>(JoinOptions.NAMES);
        names.addAll(Set.of("--pool", "--name", "--port", "--grace", "--log", "--health"));
        CommandArguments given = CommandArguments.parse(typed, names, JoinOptions.FLAGS);
        PoolSpec pool = pool(given);
        String form = given.value("--log", "text");
        if (!form.matches("text|json")) {
            throw new WrongCallException("'" + form + "' is no form of a log: take text or json");
        }
        String name = given.value("--name", "node-" + ProcessHandle.current().pid());
        Duration grace = Duration.ofSeconds(given.number("--grace", DRAIN_SECONDS, 0, 86_400));
        FabricOptions options =
                JoinOptions.read(given, name, given.number("--port", 0, 1, 65_535), FabricOptions.JOIN_TIMEOUT);
        int healthPort = given.number("--health", 0, 1, 65_535);
        NodeLog log = new NodeLog(out, form.equals("json"));
        try {
            // before the node joins, or else it would leave again at once
            HttpServer health = healthPort == 0 ? null : listen(healthPort);
            ClusterNode node = ClusterNode.join(options, pool.backend(), pool.count(), log);
            if (health != null) {
                serve(health, node);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(() -> leave(node, grace, health), "pando-leave"));
            log.event("ready", "name", name, "at", node.listensAt(), "pool", pool.typed());
            new CountDownLatch(1).await();
            return ClusterMain.OK;
        } catch (FabricException e) {
            err.println("pando node: " + e.getMessage());
            return ClusterMain.CANNOT_JOIN;
        } catch (IOException e) {
            err.println("pando node: cannot serve /healthz: " + e.getMessage() + "; choose another port for --health");
            return ClusterMain.CANNOT_JOIN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ClusterMain.OK;
        }
    }

    private static PoolSpec pool(CommandArguments given) throws WrongCallException {
        try {
            return PoolSpec.parse(given.value("--pool", "processes:4"));
        } catch (IllegalArgumentException e) {
            throw new WrongCallException(String.valueOf(e.getMessage()));
        }
    }

    private static HttpServer listen(int port) throws IOException {
        return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    }

    private static void serve(HttpServer server, ClusterNode node) {
        server.createContext("/healthz", exchange -> {
            boolean draining = node.isDraining();
            byte[] text = (draining ? "draining\n" : "ok\n").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(draining ? 503 : 200, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        server.start();
    }

    /** Runs while the JVM ends, and decides the exit code: that of a signal says nothing about the tasks. */
    private static void leave(ClusterNode node, Duration grace, @Nullable HttpServer health) {
        boolean done = false;
        try {
            done = node.drain(grace);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        node.close();
        if (health != null) {
            health.stop(0);
        }
        Runtime.getRuntime().halt(done ? ClusterMain.OK : ClusterMain.TASKS_LOST);
    }
}
