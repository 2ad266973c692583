package dev.pando.testkit;

import dev.pando.Action;
import dev.pando.TaskFailedException;
import dev.pando.loop.Loop;
import java.io.IOException;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a task waits until the test lets it go on, wherever the task runs. The gate is the test's; {@link #handle} is
 * what travels with the task. A task that is interrupted at the gate sees {@link InterruptedException}.
 *
 * <p>A connection is an arrival; a byte sent back opens the gate for whoever stands at it. One thread accepts.
 */
public final class Gate implements AutoCloseable {
    private final ServerSocketChannel door;
    private final List<SocketChannel> standing = new ArrayList<>();
    private int arrivals;
    private boolean open;

    public Gate() {
        try {
            door = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("gate").start(this::accept);
    }

    /** What a task takes along. */
    public record Handle(int port) implements Serializable {

        /** Says that it is here, and waits until the gate is open. */
        public void await() throws InterruptedException {
            if (!Loop.isHere()) {
                stand();
                return;
            }
            try { // a coroutine lets the others go on
                Loop.await((Action) this::stand);
            } catch (TaskFailedException e) {
                if (e.getCause() instanceof InterruptedException interrupted) throw interrupted;
                throw e;
            }
        }

        private void stand() throws InterruptedException {
            try (SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                if (channel.read(ByteBuffer.allocate(1)) < 0) throw new IOException("the gate was taken down");
            } catch (ClosedByInterruptException e) {
                Thread.interrupted();
                throw new InterruptedException("interrupted at the gate");
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        /** Waits as {@link #await} does, and returns this: for {@code submit(handle::pass, value)}. */
        public <T extends @Nullable Object> T pass(T value) throws InterruptedException {
            await();
            return value;
        }
    }

    public Handle handle() {
        try {
            return new Handle(((InetSocketAddress) door.getLocalAddress()).getPort());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Waits until so many have arrived, those included that have gone on. */
    public synchronized void awaitArrivals(int count) throws InterruptedException {
        while (arrivals < count) wait();
    }

    public synchronized int arrivals() {
        return arrivals;
    }

    /** Lets everybody through, now and from now on. */
    public synchronized void open() {
        open = true;
        for (SocketChannel channel : standing) letGo(channel);
        standing.clear();
    }

    /** Lets one through who stands here, the one that came first. */
    public synchronized void openForOne() throws InterruptedException {
        while (standing.isEmpty()) wait();
        letGo(standing.removeFirst());
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel channel = door.accept();
                synchronized (this) {
                    arrivals++;
                    if (open) letGo(channel);
                    else standing.add(channel);
                    notifyAll();
                }
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private static void letGo(SocketChannel channel) {
        try (channel) {
            channel.write(ByteBuffer.wrap(new byte[] {1}));
        } catch (IOException gone) {
            // it was interrupted, or killed, while it stood here
        }
    }

    /** Lets everybody through and takes the gate down. */
    @Override
    public void close() {
        open();
        try {
            door.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
