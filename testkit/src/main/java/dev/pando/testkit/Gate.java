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
 * Where a task waits until the test lets it go on, wherever the task runs. The gate stays with the test; {@link
 * #handle} travels with the task. A task that is interrupted at the gate sees {@link InterruptedException}.
 *
 * <p>A connection that names the gate is an arrival; a byte sent back lets the task at its other end go on.
 */
public final class Gate implements AutoCloseable {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final int number = NUMBERS.incrementAndGet();
    private final List<SocketChannel> standing = new ArrayList<>();
    private int arrivals;
    private boolean open;

    /** Puts up a gate that is closed. */
    @SuppressWarnings("this-escape") // no task knows its number yet
    public Gate() {
        GateServer.add(number, this);
    }

    /**
     * What a task takes along to stand at a gate.
     *
     * @param port where the gates of this JVM are asked for
     * @param gate the number of this one
     */
    public record Handle(int port, int gate) implements Serializable {

        /**
         * Reports the arrival, and waits until the gate lets this task through.
         *
         * @throws InterruptedException the task was interrupted at the gate
         * @throws java.io.UncheckedIOException the JVM with the gate has ended
         */
        public void await() throws InterruptedException {
            if (!Loop.isHere()) {
                stand();
                return;
            }
            try { // a coroutine lets the others go on
                Loop.await((Action) this::stand);
            } catch (TaskFailedException e) {
                if (e.getCause() instanceof InterruptedException interrupted) {
                    throw interrupted;
                }
                throw e;
            }
        }

        private void stand() throws InterruptedException {
            try (SocketChannel channel =
                    SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
                channel.write(ByteBuffer.allocate(4).putInt(0, gate));
                if (channel.read(ByteBuffer.allocate(1)) < 0) {
                    throw new IOException("nobody keeps the gate any more");
                }
            } catch (ClosedByInterruptException e) {
                Thread.interrupted();
                throw new InterruptedException("interrupted at the gate");
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        /**
         * Waits as {@link #await} does, and returns {@code value}: for {@code submit(handle::pass, value)}.
         *
         * @throws InterruptedException the task was interrupted at the gate
         */
        public <T extends @Nullable Object> T pass(T value) throws InterruptedException {
            await();
            return value;
        }
    }

    /** Returns a handle, which any number of tasks may share. */
    public Handle handle() {
        return new Handle(GateServer.port(), number);
    }

    /**
     * Waits until {@code count} tasks have arrived, counting those that were let through.
     *
     * @throws InterruptedException the test was interrupted: its time is over
     */
    public synchronized void awaitArrivals(int count) throws InterruptedException {
        while (arrivals < count) {
            wait();
        }
    }

    /** Returns how many tasks have arrived so far, counting those that were let through. */
    public synchronized int arrivals() {
        return arrivals;
    }

    /** Lets every task through, now and from now on. */
    public synchronized void open() {
        open = true;
        for (SocketChannel channel : standing) {
            GateServer.letGo(channel);
        }
        standing.clear();
    }

    /**
     * Lets through the task that has stood here longest, and waits for a task if there is none.
     *
     * @throws InterruptedException the test was interrupted: its time is over
     */
    public synchronized void openForOne() throws InterruptedException {
        while (standing.isEmpty()) {
            wait();
        }
        GateServer.letGo(standing.removeFirst());
    }

    synchronized void arrived(SocketChannel channel) {
        arrivals++;
        if (open) {
            GateServer.letGo(channel);
        } else {
            standing.add(channel);
        }
        notifyAll();
    }

    /** Opens the gate for good, also for tasks that arrive after this call. */
    @Override
    public void close() {
        open();
        GateServer.remove(number);
    }
}
