package dev.pando.internal.shared;

import dev.pando.internal.process.wire.RingPage;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a queue lies in a {@link RingPage}: while one task puts in, one task of another worker takes out, and nothing
 * else is to be done. Guarded by the lock of the table.
 *
 * <p>The memory belongs to these two tasks. When one of them has ended, or others do what they did, it is given back,
 * so that no thread that stayed behind in a worker can ever step into the ring of others.
 */
final class QueueRing {
    /** After how many calls the ring is made, if memory is made without delay and without a warning of the JVM. */
    private static final int CALLS_WHEN_CHEAP = 32;

    /** So many steps in the ring are worth the moves there and back. */
    private static final int WORTH = 16;

    /** After how many calls at most the next try comes, where the tasks are too slow for the ring. */
    private static final int MOST_CALLS = 1 << 10;

    private final QueueEnd putting = new QueueEnd();
    private final QueueEnd taking = new QueueEnd();

    /** What the program accepts of what the ring holds. */
    private @Nullable Object policy;

    /** How many calls the two tasks have made in the table, one after the other, with no other call between. */
    private int calls;

    /** After how many such calls the ring opens. */
    private int patience;

    private @Nullable RingPage page;
    private boolean isOpen;

    /** Whether the ring takes what is put in. */
    private boolean isWhole;

    /** What was in the table when the ring was opened, as the ring holds it first. */
    private final ArrayDeque<QueueEntry> old = new ArrayDeque<>();

    /** The task that puts in, or takes out; and whether it was shown the memory. */
    private static final class QueueEnd {
        @Nullable
        CallOwner owner;

        boolean isShown;

        boolean is(CallOwner other) {
            CallOwner here = owner;
            return here != null && here.book() == other.book() && here.run() == other.run();
        }

        /** Returns whether the memory was shown to another, which was there before. */
        boolean replace(CallOwner other) {
            boolean wasShown = isShown;
            owner = other;
            isShown = false;
            return wasShown;
        }
    }

    /** Returns whether this call could be done in the ring. */
    private static boolean fits(SharedCall call) {
        if (!(call instanceof RemoteCall)) {
            return false;
        }
        return switch (call.operation) {
            case PUT -> call.items.size() == 1 && fits(call.items.getFirst());
            case TAKE -> call.amount <= 1;
            default -> false;
        };
    }

    /** Returns whether this item could lie in the ring. */
    static boolean fits(Object item) {
        return item instanceof PackedItem packed && packed.bytes().length <= RingPage.MOST_BYTES;
    }

    /** Notes a call. Returns whether the memory must go: a task that was shown it is not of the two any more. */
    boolean note(SharedCall call) {
        if (!fits(call)) {
            calls = 0;
            return false;
        }
        boolean isPut = call.operation == SharedOperation.PUT;
        if (isPut) {
            policy = ((PackedItem) call.items.getFirst()).policy();
        }
        QueueEnd end = isPut ? putting : taking;
        if (end.is(call.owner)) {
            calls++;
            return false;
        }
        calls = 0;
        return end.replace(call.owner);
    }

    /** Returns whether the two have called so often that memory is to be made. */
    boolean wantsMemory(boolean isCheap) {
        return page == null && calls >= (isCheap ? CALLS_WHEN_CHEAP : MovingState.CALLS_IN_TABLE) && areTwo();
    }

    /**
     * Returns whether they are of two workers, of which the program accepts the same: either can write what the other
     * seems to have put in.
     */
    private boolean areTwo() {
        CallOwner from = putting.owner;
        CallOwner to = taking.owner;
        return from != null
                && to != null
                && from.book() != to.book()
                && policy != null
                && policy.equals(to.book().policy(to.run()));
    }

    /** There is memory. */
    void moveTo(ByteBuffer memory, int capacity) {
        page = new RingPage(memory, capacity);
        patience = 0;
    }

    /** Returns whether the worker of this call, which has been done, is to be shown the memory now. */
    boolean isToSee(SharedCall call) {
        if (page == null || calls < CALLS_WHEN_CHEAP || !fits(call)) {
            return false;
        }
        QueueEnd end = call.operation == SharedOperation.PUT ? putting : taking;
        return end.is(call.owner) && !end.isShown && areTwo();
    }

    void show(SharedCall call) {
        (call.operation == SharedOperation.PUT ? putting : taking).isShown = true;
    }

    /** Returns the workers that were shown the memory. */
    List<OwnerBook> seenBy() {
        List<OwnerBook> books = new ArrayList<>(2);
        for (QueueEnd end : List.of(putting, taking)) {
            if (end.isShown && end.owner != null) {
                books.add(end.owner.book());
            }
        }
        return books;
    }

    /** Returns whether it is this run of this worker that was shown the memory, 0 for any. */
    boolean isSeenBy(int number, int run) {
        return sees(putting, number, run) || sees(taking, number, run);
    }

    private static boolean sees(QueueEnd end, int number, int run) {
        CallOwner owner = end.owner;
        return owner != null && end.isShown && owner.book().number == number && (run == 0 || owner.run() == run);
    }

    boolean isOpen() {
        return isOpen;
    }

    /** Lets the two tasks go on in the ring, if they have called often enough. Nothing waits. */
    void open(QueueItems items, int capacity, @Nullable LastSender sender) {
        RingPage here = page;
        CallOwner from = putting.owner;
        if (isOpen || here == null || from == null || !putting.isShown || !taking.isShown || calls < patience) {
            return;
        }
        if (sender != null && (sender.hasDied() || !sender.is(from))) {
            return;
        }
        List<byte[]> first = new ArrayList<>();
        while (old.size() < here.limit()
                && items.oldest() != null
                && fits(items.oldest().item())) {
            QueueEntry entry = items.remove();
            old.add(entry);
            first.add(((PackedItem) entry.item()).bytes());
        }
        isWhole = items.isEmpty() && first.size() + here.limit() <= capacity;
        if (first.isEmpty() && !isWhole) {
            return;
        }
        here.open(first, isWhole);
        isOpen = true;
    }

    /**
     * All that the ring holds is in the table from here on. Returns false if a worker has written over the ring.
     *
     * @param call {@code null}: a task has ended
     */
    boolean takeBack(QueueItems items, @Nullable SharedCall call) {
        RingPage here = page;
        if (here == null || !isOpen) {
            return true;
        }
        isOpen = false;
        RingPage.RingRest rest = here.seize();
        if (rest == null) {
            return false;
        }
        for (int i = 0; i < rest.oldTaken(); i++) {
            items.free(old.remove());
        }
        while (!old.isEmpty()) {
            items.putBack(old.removeLast());
        }
        for (byte[] bytes : rest.items()) {
            items.addUncounted(new PackedItem(bytes, policy));
        }
        patience = patienceAfter(rest.moved(), call);
        calls = 0;
        return true;
    }

    /** After a wait in vain one of the two is too slow for the ring; any other call says nothing of that. */
    private int patienceAfter(long moved, @Nullable SharedCall call) {
        if (moved >= WORTH) {
            return 1;
        }
        boolean inVain = isWhole && call != null && fits(call);
        return Math.clamp(inVain ? 2L * patience : patience, WORTH, MOST_CALLS);
    }

    /**
     * Returns whether what this call puts in comes after all that the ring holds, which need not be taken back: so the
     * other task catches up there, although calls of this one arrive all the time.
     */
    boolean isBefore(SharedCall call) {
        return isOpen && !isWhole && call.operation == SharedOperation.PUT && putting.is(call.owner) && fits(call);
    }

    /** Returns how many items are in the ring. */
    int size() {
        RingPage here = page;
        return here == null || !isOpen ? 0 : here.size();
    }

    /** The memory goes. What the ring holds was taken back, or goes too. */
    void drop(QueueItems items) {
        if (page != null) {
            page.close();
            page = null;
        }
        isOpen = false;
        while (!old.isEmpty()) {
            items.free(old.remove());
        }
        putting.isShown = false;
        taking.isShown = false;
        calls = 0;
    }
}
