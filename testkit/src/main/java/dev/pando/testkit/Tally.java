package dev.pando.testkit;

import java.io.IOException;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Where tasks note numbers for the test to read, wherever the tasks run. A note has arrived when the task's call
 * returns: it is acknowledged.
 */
public final class Tally implements AutoCloseable {
    private final ServerSocketChannel door;
    private final List<Integer> notes = new ArrayList<>();

    /**
     * Puts up a tally without notes.
     *
     * @throws java.io.UncheckedIOException there is no port for it
     */
    public Tally() {
        try {
            door = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("tally").start(this::accept);
    }

    /**
     * What a task takes along to note numbers.
     *
     * @param port where the tally is
     */
    public record Handle(int port) implements Serializable {

        /**
         * Sends the number, and returns when the tally has it.
         *
         * @throws java.io.UncheckedIOException the tally was taken down
         */
        public void note(int number) {
            try (SocketChannel channel =
                    SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
                channel.write(ByteBuffer.allocate(4).putInt(0, number));
                if (channel.read(ByteBuffer.allocate(1)) < 0) {
                    throw new IOException("the tally was taken down");
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    /**
     * Returns a handle, which any number of tasks may share.
     *
     * @throws java.io.UncheckedIOException the tally was taken down
     */
    public Handle handle() {
        try {
            return new Handle(((InetSocketAddress) door.getLocalAddress()).getPort());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Returns the numbers noted so far, in the order of arrival. */
    public synchronized List<Integer> notes() {
        return List.copyOf(notes);
    }

    /**
     * Waits until {@code count} notes have arrived, and returns all notes.
     *
     * @throws InterruptedException the test was interrupted: its time is over
     */
    public synchronized List<Integer> awaitNotes(int count) throws InterruptedException {
        while (notes.size() < count) {
            wait();
        }
        return List.copyOf(notes);
    }

    private void accept() {
        try {
            while (true) {
                try (SocketChannel channel = door.accept()) {
                    ByteBuffer number = ByteBuffer.allocate(4);
                    while (number.hasRemaining() && channel.read(number) >= 0) {}
                    if (number.hasRemaining()) {
                        continue; // the task was killed in the middle: nothing was noted
                    }
                    synchronized (this) {
                        notes.add(number.getInt(0));
                        notifyAll();
                    }
                    channel.write(ByteBuffer.wrap(new byte[] {1}));
                }
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    /** Takes the tally down; a later {@link Handle#note} throws. */
    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
