package dev.pando.cluster.internal.fabric;

import dev.pando.cluster.internal.fabric.FabricOptions.Inside;
import dev.pando.cluster.internal.fabric.FabricOptions.Keys;
import dev.pando.cluster.internal.fabric.FabricOptions.Multicast;
import dev.pando.cluster.internal.fabric.FabricOptions.Seeds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FRAG4;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.MFC;
import org.jgroups.protocols.MPING;
import org.jgroups.protocols.SHARED_LOOPBACK;
import org.jgroups.protocols.SHARED_LOOPBACK_PING;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.TCPPING;
import org.jgroups.protocols.UFC;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.stack.Protocol;
import org.jgroups.util.TLS;
import org.jgroups.util.TLSClientAuth;
import org.jspecify.annotations.Nullable;

/**
 * The protocols of a channel, bottom up: transport, discovery, merging after a partition, failure detection, order,
 * membership, flow control, fragments. A broken connection makes a member suspected at once, so that no second port is
 * needed for that; silence does after {@link FabricOptions#silence}.
 *
 * @param protocols in that order
 * @param at where the channel will listen
 */
record ProtocolStackPlan(List<Protocol> protocols, Place at) {
    /**
     * Where a channel listens.
     *
     * @param text in words
     * @param isSeed whether that is an address that others look for
     */
    record Place(String text, boolean isSeed) {}

    /** For a handshake on a machine that is busy: no member is slower for it. */
    private static final int CONNECT_MILLIS = 2000;

    private static final int HANDSHAKE_MILLIS = 15_000;

    /** How long a suspected member has to say that it lives. */
    private static final long VERIFY_MILLIS = 1000;

    /** What may be on its way to one member before the sender waits. */
    private static final long CREDITS = 8 << 20;

    static ProtocolStackPlan of(FabricOptions options, boolean first) throws FabricException {
        List<Protocol> stack = new ArrayList<>();
        Place at = new Place("inside this program", false);
        if (options.where() instanceof Inside) {
            SHARED_LOOPBACK loopback = new SHARED_LOOPBACK();
            ownThreads(loopback);
            stack.add(loopback);
            stack.add(new SHARED_LOOPBACK_PING());
        } else {
            at = addTransport(stack, options, first);
            stack.add(new FD_ALL3()
                    .setTimeout(options.silence().toMillis())
                    .setInterval(options.silence().toMillis() / 4));
            stack.add(new VERIFY_SUSPECT2().setValue("timeout", VERIFY_MILLIS));
        }
        stack.add(new NAKACK2().setValue("use_mcast_xmit", false));
        stack.add(new UNICAST3());
        stack.add(new STABLE());
        stack.add(membership(options));
        stack.add(new UFC().setValue("max_credits", CREDITS));
        stack.add(new MFC());
        stack.add(new FRAG4());
        return new ProtocolStackPlan(List.copyOf(stack), at);
    }

    private static GMS membership(FabricOptions options) {
        GMS membership = new GMS();
        membership.setJoinTimeout(options.joinTimeout().toMillis());
        membership.printLocalAddress(false);
        return membership;
    }

    /** Heartbeats must not wait for virtual threads of the program, which may hold all that carries them. */
    private static void ownThreads(org.jgroups.protocols.TP transport) {
        transport.useVirtualThreads(false);
    }

    private static Place addTransport(List<Protocol> stack, FabricOptions options, boolean first)
            throws FabricException {
        List<InetSocketAddress> seeds =
                options.where() instanceof Seeds(List<InetSocketAddress> some) ? some : List.of();
        for (InetSocketAddress seed : seeds) {
            if (seed.isUnresolved()) {
                throw new FabricException(
                        "the host " + seed.getHostString() + " is unknown: check its spelling, or the name service of"
                                + " this machine",
                        new java.net.UnknownHostException(seed.getHostString()));
            }
        }
        try {
            InetAddress bind = options.bind() == null ? FreePort.towards(seeds) : InetAddress.getByName(options.bind());
            int port = options.port();
            if (port == 0) {
                port = FreePort.choose(bind, seeds, first);
            } else if (!FreePort.isFree(bind, port)) {
                throw new FabricException(
                        "port " + port + " of " + bind.getHostAddress()
                                + " is taken, perhaps by another node: choose another, or none for any that is free",
                        new java.net.BindException());
            }
            TCP tcp = new TCP();
            tcp.setBindAddress(bind).setBindPort(port).setPortRange(0);
            tcp.setValue("enable_suspect_events", true);
            tcp.tcpNodelay(true); // or else the second of two letters waits for the receipt of the first, 40 ms
            tcp.setBundlerType("no-bundler"); // letters are bundled above, and a thread less is between
            tcp.setSockConnTimeout(CONNECT_MILLIS);
            tcp.setPeerAddrReadTimeout(HANDSHAKE_MILLIS);
            ownThreads(tcp);
            if (options.keys() != null) {
                encrypt(tcp, options.keys());
            }
            stack.add(tcp);
            stack.add(discovery(options, seeds, bind));
            stack.add(new MERGE3().setMinInterval(1000).setMaxInterval(5000));
            return new Place(bind.getHostAddress() + ":" + port, FreePort.isSeed(port, seeds));
        } catch (IOException e) {
            throw new FabricException(
                    "no address of this machine to listen at: " + e.getMessage() + "; say one with --bind", e);
        }
    }

    private static Protocol discovery(FabricOptions options, List<InetSocketAddress> seeds, InetAddress bind) {
        if (options.where() instanceof Multicast(InetSocketAddress group)) {
            return new MPING()
                    .setBindAddr(bind)
                    .setMcastAddr(group.getAddress())
                    .setMcastPort(group.getPort());
        }
        TCPPING ping = new TCPPING();
        ping.setInitialHosts(seeds);
        ping.setPortRange(0);
        return ping;
    }

    private static void encrypt(TCP tcp, @Nullable Keys keys) throws FabricException {
        Keys given = java.util.Objects.requireNonNull(keys);
        KeyFiles.check(given);
        TLS tls = tcp.tls();
        tls.enabled(true)
                .setProtocols(new String[] {"TLSv1.3"})
                .setClientAuth(TLSClientAuth.NEED)
                .setKeystoreType("PKCS12")
                .setKeystorePath(given.keyStore().toString())
                .setKeystorePassword(given.password())
                .setTruststoreType("PKCS12")
                .setTruststorePath(given.trustStore().toString())
                .setTruststorePassword(given.password());
    }
}
