package dev.pando.cluster;

import dev.pando.cluster.internal.fabric.FabricOptions.Discovery;
import dev.pando.cluster.internal.fabric.FabricOptions.Inside;
import dev.pando.cluster.internal.fabric.FabricOptions.Multicast;
import dev.pando.cluster.internal.fabric.FabricOptions.Seeds;
import dev.pando.cluster.internal.link.NodeAddress;
import dev.pando.cluster.internal.program.ClusterEngine;
import dev.pando.cluster.internal.program.ClusterSettings;
import dev.pando.process.Processes;
import dev.pando.spi.Backend;
import dev.pando.spi.Engine;
import dev.pando.spi.Host;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Workers on other machines: the tasks of the pool run on nodes, which are programs started by {@code pando node}. What
 * a task needs of classes travels with it. Joining a cluster means running code there, so addresses that are not
 * loopback need {@link #tls} or an outspoken {@link #insecure}.
 *
 * <pre>{@code
 * try (Pool pool = Pool.open(Cluster.at("node1:7400").tls(keys))) {
 *     pool.submit(() -> Sums.upTo(100_000)).result();
 * }
 * }</pre>
 *
 * <p>Opening the pool joins the cluster and waits for a node. A node that is lost costs the tasks that it had: each may
 * have run, so a task with {@code retries} may run more than once.
 */
public final class Cluster implements Backend {
    private static final Duration JOIN_TIMEOUT = Duration.ofSeconds(10);

    private final ClusterSettings settings;
    private final String typed;
    private final boolean insecure;

    private Cluster(ClusterSettings settings, String typed, boolean insecure) {
        this.settings = settings;
        this.typed = typed;
        this.insecure = insecure;
    }

    private static Cluster of(Discovery where, @Nullable Backend inside, String typed) {
        return new Cluster(
                new ClusterSettings(where, inside, null, JOIN_TIMEOUT, Integer.MAX_VALUE, List.of()), typed, false);
    }

    /**
     * Nodes found through some of them: one of these must be there when the pool is opened, and the others are found
     * through it.
     *
     * @throws IllegalArgumentException one of these is not {@code host:port}
     */
    public static Cluster at(String address, String... more) {
        List<InetSocketAddress> seeds = new ArrayList<>();
        seeds.add(NodeAddress.parse(address));
        for (String each : more) {
            seeds.add(NodeAddress.parse(each));
        }
        String others = more.length == 0 ? "" : "\", \"" + String.join("\", \"", more);
        return of(new Seeds(List.copyOf(seeds)), null, "Cluster.at(\"" + address + others + "\")");
    }

    /**
     * Nodes found by name: every address that the name service has for this name when the pool is opened. Covers a
     * headless service of Kubernetes.
     *
     * @throws IllegalArgumentException the port is none
     */
    public static Cluster dns(String name, int port) {
        return of(NodeAddress.all(name, port), null, "Cluster.dns(\"" + name + "\", " + port + ")");
    }

    /**
     * Nodes found by IP multicast in the local network.
     *
     * @param group {@code 239.7.4.0:7400}, say
     * @throws IllegalArgumentException this is not {@code address:port} of a multicast group
     */
    public static Cluster multicast(String group) {
        InetSocketAddress address = NodeAddress.parse(group);
        if (address.getAddress() == null || !address.getAddress().isMulticastAddress()) {
            throw new IllegalArgumentException("'" + group + "' is no multicast group: take 239.7.4.0:7400, say");
        }
        return of(new Multicast(address), null, "Cluster.multicast(\"" + group + "\")");
    }

    /** One node inside this program, with a worker process for each processor. No port is open. */
    public static Cluster local() {
        return of(new Inside(""), Processes.auto(), "Cluster.local()");
    }

    /** One node inside this program, on these workers. No port is open. */
    public static Cluster local(Backend workers) {
        Objects.requireNonNull(workers, "workers must not be null");
        return of(new Inside(""), workers, "Cluster.local(" + workers + ")");
    }

    /** Encrypts every connection; each side shows a certificate, and refuses one of an authority it does not trust. */
    public Cluster tls(Tls keys) {
        Objects.requireNonNull(keys, "keys must not be null");
        return new Cluster(settings.withKeys(keys.keys()), typed + ".tls(...)", insecure);
    }

    /**
     * Allows connections without TLS to addresses that are not loopback. Then every program that reaches a node can run
     * code on it, and every program that reads the network can read the tasks.
     */
    public Cluster insecure() {
        return new Cluster(settings, typed + ".insecure()", true);
    }

    /**
     * How long opening the pool waits for a node, and how long tasks wait when the last node has left, before the pool
     * is broken. The default is 10 seconds.
     *
     * @throws IllegalArgumentException the time is zero or negative
     */
    public Cluster joinTimeout(Duration time) {
        if (Objects.requireNonNull(time, "time must not be null").compareTo(Duration.ZERO) <= 0) {
            throw new IllegalArgumentException("time must be longer than zero, not " + time);
        }
        return new Cluster(settings.withJoinTimeout(time), typed + ".joinTimeout(" + time + ")", insecure);
    }

    /**
     * How many tasks of this pool may be on nodes at once, so that a program leaves room for others. The default is as
     * many as the nodes have slots, and short ones that lie there until a slot is free.
     *
     * @throws IllegalArgumentException the number is zero or negative
     */
    public Cluster atMost(int tasks) {
        if (tasks <= 0) {
            throw new IllegalArgumentException("tasks must be greater than 0, not " + tasks);
        }
        return new Cluster(settings.withAtMost(tasks), typed + ".atMost(" + tasks + ")", insecure);
    }

    /**
     * Lets results have these classes too, as {@code Processes.accept} does for results of worker processes.
     *
     * @throws IllegalArgumentException one of these is no pattern; thrown when the pool is opened
     */
    public Cluster accept(String... patterns) {
        List<String> all = new ArrayList<>(settings.accepted());
        all.addAll(List.of(patterns));
        return new Cluster(settings.withAccepted(List.copyOf(all)), typed, insecure);
    }

    /**
     * Joins the cluster. Called by the pool when it is opened.
     *
     * @throws IllegalStateException no node answered, or an address is not loopback and neither {@link #tls} nor
     *     {@link #insecure} was said
     */
    @Override
    public Engine start(Host host) {
        NodeAddress.requireSafe(settings.where(), settings.keys() != null || insecure, ".tls(keys) or .insecure()");
        return ClusterEngine.open(host, settings);
    }

    @Override
    public String toString() {
        return typed;
    }
}
