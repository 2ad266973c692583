package dev.pando.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The door through which all tasks come to all gates of this JVM. The door is never closed: Linux does not always tell
 * a client that is just connecting that the listener was closed, and the client would wait for ever (6.18: once in a
 * thousand tries).
 *
 * <p>A task that connects sends the number of its gate. A gate that is no longer listed has been opened for good.
 */
final class GateServer {
    private static final Map<Integer, Gate> GATES = new ConcurrentHashMap<>();
    private static final ServerSocketChannel DOOR = build();

    private GateServer() {}

    private static ServerSocketChannel build() {
        try {
            InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            ServerSocketChannel door = ServerSocketChannel.open().bind(here, 1024);
            Thread.ofPlatform().daemon().name("gatehouse").start(() -> serve(door));
            return door;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int port() {
        return DOOR.socket().getLocalPort();
    }

    static void add(int number, Gate gate) {
        GATES.put(number, gate);
    }

    static void remove(int number) {
        GATES.remove(number);
    }

    private static void serve(ServerSocketChannel door) {
        while (true) {
            try {
                SocketChannel channel = door.accept();
                Gate gate = gate(channel);
                if (gate == null) {
                    letGo(channel);
                } else {
                    gate.arrived(channel);
                }
            } catch (IOException e) {
                // this connection failed; the next may not
            }
        }
    }

    /**
     * Reads the number. Returns {@code null} if the gate is open for good, or if the task was killed before it named a
     * gate.
     */
    private static @Nullable Gate gate(SocketChannel channel) {
        ByteBuffer number = ByteBuffer.allocate(4);
        try {
            while (number.hasRemaining()) {
                if (channel.read(number) < 0) {
                    return null;
                }
            }
        } catch (IOException killed) {
            return null;
        }
        return GATES.get(number.getInt(0));
    }

    static void letGo(SocketChannel channel) {
        try (channel) {
            channel.write(ByteBuffer.wrap(new byte[] {1}));
        } catch (IOException gone) {
            // the task was interrupted, or killed, while it stood here
        }
    }
}
