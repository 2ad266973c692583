package dev.pando.cluster.internal.command;

import dev.pando.cluster.internal.fabric.FabricOptions;
import dev.pando.cluster.internal.fabric.FabricOptions.Discovery;
import dev.pando.cluster.internal.fabric.FabricOptions.Keys;
import dev.pando.cluster.internal.fabric.FabricOptions.Multicast;
import dev.pando.cluster.internal.fabric.FabricOptions.Seeds;
import dev.pando.cluster.internal.link.NodeAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The options that {@code node} and {@code nodes} share: which cluster, and with which keys. */
final class JoinOptions {
    static final Set<String> NAMES = Set.of(
            "--join", "--dns", "--multicast", "--bind", "--key-store", "--trust-store", "--password-file", "--silence");
    static final Set<String> FLAGS = Set.of("--insecure");

    private JoinOptions() {}

    static FabricOptions read(CommandArguments given, String name, int port, Duration search)
            throws WrongCallException {
        Discovery where = where(given);
        Keys keys = keys(given);
        try {
            NodeAddress.requireSafe(
                    where,
                    keys != null || given.has("--insecure"),
                    "--key-store, --trust-store and --password-file, or --insecure");
        } catch (IllegalStateException unsafe) {
            throw new WrongCallException(String.valueOf(unsafe.getMessage()));
        }
        int silence = given.number("--silence", (int) FabricOptions.SILENCE.toSeconds(), 1, 3600);
        return new FabricOptions(name, where, given.value("--bind"), port, keys, search, Duration.ofSeconds(silence));
    }

    private static Discovery where(CommandArguments given) throws WrongCallException {
        String dns = given.value("--dns");
        String multicast = given.value("--multicast");
        String join = given.value("--join");
        int ways = (dns == null ? 0 : 1) + (multicast == null ? 0 : 1) + (join == null ? 0 : 1);
        if (ways != 1) {
            throw new WrongCallException(
                    "say once which cluster: --join host:port[,host:port], --dns name:port or --multicast"
                            + " address:port");
        }
        try {
            if (multicast != null) {
                return new Multicast(NodeAddress.parse(multicast));
            }
            if (dns != null) {
                InetSocketAddress name = NodeAddress.parse(dns);
                return NodeAddress.all(name.getHostString(), name.getPort());
            }
            List<InetSocketAddress> seeds = new ArrayList<>();
            for (String each : java.util.Objects.requireNonNull(join).split(",", -1)) {
                seeds.add(NodeAddress.parse(each));
            }
            return new Seeds(seeds);
        } catch (IllegalArgumentException e) {
            throw new WrongCallException(String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable Keys keys(CommandArguments given) throws WrongCallException {
        String key = given.value("--key-store");
        String trust = given.value("--trust-store");
        String file = given.value("--password-file");
        if (key == null && trust == null && file == null) {
            return null;
        }
        if (key == null || trust == null || file == null) {
            throw new WrongCallException("TLS needs all three of --key-store, --trust-store and --password-file");
        }
        try {
            return new Keys(
                    Path.of(key),
                    Path.of(trust),
                    Files.readString(Path.of(file)).strip());
        } catch (IOException e) {
            throw new WrongCallException("the password file " + file + " cannot be read: " + e);
        }
    }
}
