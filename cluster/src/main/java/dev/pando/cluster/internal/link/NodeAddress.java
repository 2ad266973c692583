package dev.pando.cluster.internal.link;

import dev.pando.cluster.internal.fabric.FabricOptions.Discovery;
import dev.pando.cluster.internal.fabric.FabricOptions.Inside;
import dev.pando.cluster.internal.fabric.FabricOptions.Multicast;
import dev.pando.cluster.internal.fabric.FabricOptions.Seeds;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** Addresses of nodes as people write them, and which of them need encryption. */
public final class NodeAddress {
    private static final int LAST_PORT = 65_535;

    private NodeAddress() {}

    /**
     * Reads {@code host:port}. A host that is not known stays unresolved.
     *
     * @throws IllegalArgumentException it is not that
     */
    public static InetSocketAddress parse(String typed) {
        int colon = typed.lastIndexOf(':');
        String number = colon < 0 ? "" : typed.substring(colon + 1);
        if (colon < 1 || !number.matches("[0-9]{1,5}") || port(Integer.parseInt(number)) == 0) {
            throw new IllegalArgumentException(
                    "'" + typed + "' is no address of a node: take host:port, as in" + " localhost:7400");
        }
        return new InetSocketAddress(typed.substring(0, colon), Integer.parseInt(number));
    }

    private static int port(int given) {
        return given >= 1 && given <= LAST_PORT ? given : 0;
    }

    /** Returns every address that the name service has for this name; the name itself if it has none. */
    public static Seeds all(String name, int port) {
        if (port(port) == 0) {
            throw new IllegalArgumentException("port must be between 1 and " + LAST_PORT + ", not " + port);
        }
        List<InetSocketAddress> seeds = new ArrayList<>();
        try {
            for (InetAddress address : InetAddress.getAllByName(name)) {
                seeds.add(new InetSocketAddress(address, port));
            }
        } catch (UnknownHostException unknown) {
            seeds.add(InetSocketAddress.createUnresolved(name, port));
        }
        return new Seeds(List.copyOf(seeds));
    }

    /**
     * Refuses addresses that are not loopback unless the connection is safe, or declared unsafe.
     *
     * @param remedy what to say
     * @throws IllegalStateException it is neither
     */
    public static void requireSafe(Discovery where, boolean settled, String remedy) {
        String outside = switch (where) {
            case Inside _ -> null;
            case Multicast(InetSocketAddress group) -> group.toString();
            case Seeds(List<InetSocketAddress> seeds) ->
                seeds.stream()
                        .filter(seed ->
                                seed.getAddress() != null && !seed.getAddress().isLoopbackAddress())
                        .map(seed -> seed.getHostString() + ":" + seed.getPort())
                        .findFirst()
                        .orElse(null);
        };
        if (outside != null && !settled) {
            throw new IllegalStateException(
                    outside + " is not on this machine, and joining a cluster means running" + " code: say " + remedy);
        }
    }
}
