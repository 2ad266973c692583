package dev.pando.cluster.internal.fabric;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;

/** Where a member listens. A port that was free a moment ago may be taken: then the engine says so. */
final class FreePort {

    private FreePort() {}

    /** Returns a free port: the first of these seeds that is an address of this machine and free, or else any. */
    static int choose(InetAddress at, List<InetSocketAddress> seeds, boolean mayBeSeed) throws IOException {
        if (mayBeSeed) {
            for (InetSocketAddress seed : seeds) {
                if (isHere(seed.getAddress()) && isFree(at, seed.getPort())) {
                    return seed.getPort();
                }
            }
        }
        try (ServerSocket any = new ServerSocket(0, 1, at)) {
            return any.getLocalPort();
        }
    }

    /** Returns whether a member that listens at this port of this machine is at one of these addresses. */
    static boolean isSeed(int port, List<InetSocketAddress> seeds) throws SocketException {
        for (InetSocketAddress seed : seeds) {
            if (seed.getPort() == port && isHere(seed.getAddress())) {
                return true;
            }
        }
        return false;
    }

    static boolean isFree(InetAddress at, int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true); // as the engine does: a port whose last connection lingers is free
            probe.bind(new InetSocketAddress(at, port), 1);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isHere(InetAddress address) throws SocketException {
        return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    }

    /** Returns the address of this machine from which the first seed is reached. Nothing is sent. */
    static InetAddress towards(List<InetSocketAddress> seeds) throws IOException {
        for (InetSocketAddress seed : seeds) {
            if (seed.getAddress().isLoopbackAddress() || isHere(seed.getAddress())) {
                return seed.getAddress();
            }
        }
        if (seeds.isEmpty()) {
            return InetAddress.getLocalHost();
        }
        try (var route = new java.net.DatagramSocket()) {
            route.connect(seeds.getFirst());
            return route.getLocalAddress();
        }
    }

    /** Returns whether a member may answer there: tells "nothing listens" from "it did not let us in". */
    static boolean answers(InetSocketAddress seed) {
        try (Socket probe = new Socket()) {
            probe.connect(seed, 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
