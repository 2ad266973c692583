package dev.pando.testkit;

import dev.pando.Action;
import dev.pando.TaskFailedException;
import dev.pando.loop.Loop;
import java.io.IOException;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Where a task waits until the test lets it go on, wherever the task runs. The gate is the test's; {@link #handle} is
 * what travels with the task. A task that is interrupted at the gate sees {@link InterruptedException}.
 *
 * <p>A connection that names the gate is an arrival; a byte sent back opens the gate for whoever stands at it.
 */
public final class Gate implements AutoCloseable {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final int number = NUMBERS.incrementAndGet();
    private final List<SocketChannel> standing = new ArrayList<>();
    private int arrivals;
    private boolean open;

    @SuppressWarnings("this-escape") // nobody can know its number yet
    public Gate() {
        Gatehouse.add(number, this);
    }

    /** What a task takes along. */
    public record Handle(int port, int gate) implements Serializable {

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
                channel.write(ByteBuffer.allocate(4).putInt(0, gate));
                if (channel.read(ByteBuffer.allocate(1)) < 0) throw new IOException("nobody keeps the gate any more");
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
        return new Handle(Gatehouse.port(), number);
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
        for (SocketChannel channel : standing) Gatehouse.letGo(channel);
        standing.clear();
    }

    /** Lets one through who stands here, the one that came first. */
    public synchronized void openForOne() throws InterruptedException {
        while (standing.isEmpty()) wait();
        Gatehouse.letGo(standing.removeFirst());
    }

    synchronized void arrived(SocketChannel channel) {
        arrivals++;
        if (open) Gatehouse.letGo(channel);
        else standing.add(channel);
        notifyAll();
    }

    /** Lets everybody through, also those who come after it. */
    @Override
    public void close() {
        open();
        Gatehouse.remove(number);
    }
}
