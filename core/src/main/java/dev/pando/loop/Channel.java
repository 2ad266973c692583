package dev.pando.loop;

import dev.pando.internal.loop.Coroutine;
import dev.pando.internal.loop.LoopBound;
import dev.pando.internal.loop.WaitQueue;
import dev.pando.internal.util.Checks;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A queue between coroutines of one loop, of a fixed size. Senders wait while it is full, receivers while it is empty,
 * both first come, first served. When it is closed, what is in it can still be received, and a for-each over it ends
 * after that.
 *
 * {@snippet :
 * Channel<String> lines = Channel.of(100);
 * Loop.spawn(() -> { for (String line : read()) lines.send(line); lines.close(); });
 * for (String line : lines) handle(line);
 * }
 */
public final class Channel<T> implements Iterable<T> {
    private final LoopBound loop = new LoopBound();
    private final int capacity;
    private final ArrayDeque<T> items = new ArrayDeque<>();
    private final WaitQueue<T> senders = new WaitQueue<>();
    private final WaitQueue<T> receivers = new WaitQueue<>();
    private boolean closed;

    private Channel(int capacity) {
        this.capacity = capacity;
    }

    /** Makes a channel in which so many items can wait for a receiver. */
    public static <T> Channel<T> of(int capacity) {
        return new Channel<>(Checks.positive(capacity, "capacity"));
    }

    /**
     * Puts an item in, or waits for room.
     *
     * @throws IllegalStateException the channel is closed, or was while this waited: the item was not sent
     */
    public void send(T item) {
        Checks.present(item, "item");
        Coroutine me = loop.atVerb("Channel.send");
        if (offer(item)) {
            return;
        }
        // the receiver empties the place of a sender whose item it takes
        if (senders.stand(me, item, this).item != null) {
            throw closed();
        }
    }

    /** Puts an item in without waiting. Returns false if the channel is full. */
    public boolean trySend(T item) {
        Checks.present(item, "item");
        loop.caller("Channel.trySend");
        return offer(item);
    }

    private boolean offer(T item) {
        if (closed) {
            throw closed();
        }
        if (!receivers.isEmpty()) {
            receivers.serve().item = item;
        } else if (items.size() < capacity) {
            items.add(item);
        } else {
            return false;
        }
        return true;
    }

    /**
     * Takes the oldest item out, or waits for one.
     *
     * @throws NoSuchElementException the channel is closed and empty
     */
    public T receive() {
        T item = next("Channel.receive");
        if (item == null) {
            throw new NoSuchElementException("the channel is closed, and nothing is left in it");
        }
        return item;
    }

    /** Takes the oldest item out. Returns null if there is none. */
    public @Nullable T tryReceive() {
        loop.caller("Channel.tryReceive");
        return poll();
    }

    private @Nullable T next(String verb) {
        Coroutine me = loop.atVerb(verb);
        T item = poll();
        if (item != null || closed) {
            return item;
        }
        return receivers.stand(me, null, this).item;
    }

    private @Nullable T poll() {
        T item = items.poll();
        if (item != null && !senders.isEmpty()) {
            WaitQueue.Place<T> sender = senders.serve();
            T sent = sender.item;
            sender.item = null;
            if (sent != null) {
                items.add(sent);
            }
        }
        return item;
    }

    /** Closes the channel: senders that wait fail, and receivers that wait get nothing. Closing again is harmless. */
    public void close() {
        loop.caller("Channel.close");
        closed = true;
        senders.serveAll();
        receivers.serveAll();
    }

    public boolean isClosed() {
        return closed;
    }

    /** Returns how many items wait for a receiver. */
    public int size() {
        return items.size();
    }

    /**
     * Returns what is sent, until the channel is closed. Several coroutines may iterate: each item goes to one of them.
     */
    @Override
    public Iterator<T> iterator() {
        return new Iterator<>() {
            private @Nullable T next;

            @Override
            public boolean hasNext() {
                if (next == null) {
                    next = Channel.this.next("Channel.iterator");
                }
                return next != null;
            }

            @Override
            public T next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("the channel is closed, and nothing is left in it");
                }
                T item = Objects.requireNonNull(next);
                next = null;
                return item;
            }
        };
    }

    private static IllegalStateException closed() {
        return new IllegalStateException("the channel is closed: the item was not sent");
    }

    @Override
    public String toString() {
        return "Channel[" + items.size() + " of " + capacity + (closed ? ", closed]" : "]");
    }
}
