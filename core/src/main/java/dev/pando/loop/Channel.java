package dev.pando.loop;

import dev.pando.internal.loop.Coroutine;
import dev.pando.internal.loop.LoopBound;
import dev.pando.internal.loop.WaitQueue;
import dev.pando.internal.util.Checks;
import dev.pando.internal.util.Rethrow;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A queue between coroutines of one loop, of a fixed size. Senders wait while it is full, receivers while it is empty,
 * both first come, first served. When it is closed, what is in it can still be received, and a for-each over it ends
 * after that. The oldest item is received first, or the smallest, or the newest: {@link #of}, {@link #priority(int)},
 * {@link #lifo}.
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
    private final Queue<T> items;

    /**
     * Whether the oldest item is received first. If not, a receiver that is woken chooses an item only when it goes on,
     * since a better one may have come meanwhile.
     */
    private final boolean oldestFirst;

    private final WaitQueue<T> senders = new WaitQueue<>();
    private final WaitQueue<T> receivers = new WaitQueue<>();
    private final WaitQueue<T> joiners = new WaitQueue<>();
    private boolean closed;

    /** How many items are there for receivers that are woken and will choose. No other receiver may take those. */
    private int promised;

    /** How many items were sent for which no receiver has called {@link #taskDone}. */
    private long unfinished;

    private Channel(int capacity, Queue<T> items, boolean oldestFirst) {
        this.capacity = Checks.positive(capacity, "capacity");
        this.items = items;
        this.oldestFirst = oldestFirst;
    }

    /**
     * Makes a channel in which so many items can wait for a receiver.
     *
     * @throws IllegalArgumentException the capacity is not positive
     */
    public static <T> Channel<T> of(int capacity) {
        return new Channel<>(capacity, new ArrivalItems<>(false), true);
    }

    /**
     * Makes a channel whose smallest item is received first, and of equal ones the oldest. An item whose sender waits
     * for room is not in the channel yet.
     *
     * @throws IllegalArgumentException the capacity is not positive
     */
    public static <T extends Comparable<? super T>> Channel<T> priority(int capacity) {
        return priority(capacity, Comparator.<T>naturalOrder());
    }

    /**
     * As {@link #priority(int)}, with an order. What the order throws is thrown by {@link #send}, and the item was not
     * sent.
     *
     * @throws IllegalArgumentException the capacity is not positive
     */
    public static <T> Channel<T> priority(int capacity, Comparator<? super T> order) {
        return new Channel<>(capacity, new OrderedItems<>(Checks.present(order, "order")), false);
    }

    /**
     * Makes a channel whose newest item is received first: a stack.
     *
     * @throws IllegalArgumentException the capacity is not positive
     */
    public static <T> Channel<T> lifo(int capacity) {
        return new Channel<>(capacity, new ArrivalItems<>(true), false);
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
        WaitQueue.Place<T> mine = senders.stand(me, item, this);
        // the receiver empties the place of a sender whose item it takes
        if (mine.item != null) {
            throw mine.refusal == null ? closed() : Rethrow.asIs(mine.refusal);
        }
    }

    /**
     * Puts an item in without waiting. Returns false if the channel is full.
     *
     * @throws IllegalStateException the channel is closed
     */
    public boolean trySend(T item) {
        Checks.present(item, "item");
        loop.caller("Channel.trySend");
        return offer(item);
    }

    private boolean offer(T item) {
        if (closed) {
            throw closed();
        }
        if (receivers.isEmpty()) {
            if (size() == capacity) {
                return false;
            }
            items.add(item);
        } else {
            if (!oldestFirst) {
                items.add(item);
                promised++;
            }
            receivers.serve().item = item;
        }
        unfinished++;
        return true;
    }

    /**
     * Takes the next item out, or waits for one.
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

    /** Takes the next item out. Returns null if there is none. */
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
        T handed = receivers.stand(me, null, this).item;
        if (handed == null || oldestFirst) {
            return handed;
        }
        promised--;
        return items.remove();
    }

    private @Nullable T poll() {
        if (size() == 0) {
            return null;
        }
        T item = items.poll();
        while (size() < capacity && !senders.isEmpty()) {
            admit(senders.serve());
        }
        return item;
    }

    /** Takes the item of a sender that waits. If the order refuses the item, the sender learns that when it goes on. */
    private void admit(WaitQueue.Place<T> sender) {
        T sent = Objects.requireNonNull(sender.item);
        try {
            items.add(sent);
        } catch (RuntimeException | Error refused) {
            sender.refusal = refused;
            return;
        }
        sender.item = null;
        unfinished++;
    }

    /**
     * Says that an item which was received has been dealt with, so that {@link #join} may go on. To be called once for
     * each item.
     *
     * @throws IllegalStateException this was called more often than items were sent
     */
    public void taskDone() {
        loop.caller("Channel.taskDone");
        if (unfinished == 0) {
            throw new IllegalStateException("taskDone was called more often than items were sent through " + this
                    + ": call it once for each item that was received");
        }
        if (--unfinished == 0) {
            joiners.serveAll();
        }
    }

    /**
     * Waits until {@link #taskDone} was called for every item that was sent; items whose sender waits for room do not
     * count yet. Returns at once if there is no such item.
     */
    public void join() {
        Coroutine me = loop.atVerb("Channel.join");
        if (unfinished > 0) {
            joiners.stand(me, null, this);
        }
    }

    /** Closes the channel: senders that wait fail, and receivers that wait get nothing. Closing again is harmless. */
    public void close() {
        loop.caller("Channel.close");
        closed = true;
        senders.serveAll();
        receivers.serveAll();
    }

    /** Returns whether the channel was closed; items may still be in it. */
    public boolean isClosed() {
        return closed;
    }

    /** Returns how many items wait for a receiver. */
    public int size() {
        return items.size() - promised;
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
        return "Channel[" + size() + " of " + capacity + (closed ? ", closed]" : "]");
    }
}
