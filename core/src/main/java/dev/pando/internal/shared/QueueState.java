package dev.pando.internal.shared;

import dev.pando.internal.process.wire.RingPage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A queue, or one way of a pipe. Guarded by the lock of the table.
 *
 * <p>While two tasks alone use it, its items may lie in a ring that their workers see ({@link QueueRing}). Each call
 * that comes here, and each end of one of the two, first takes them back; so what is written here is true of a queue
 * that is nowhere else.
 */
final class QueueState extends MovingState implements WordKeeper {
    private static final String SPOILED = "a worker wrote over the memory of this queue";

    /** The part of the table's bytes that one queue may hold before it counts as full. */
    private static final int SHARE_OF_BYTES = 4;

    private final int capacity;

    /** The task that put an item in last, if its death is told to a taker. */
    private final @Nullable LastSender sender;

    private final QueueRing ring = new QueueRing();
    private final QueueItems items;
    private final ArrayDeque<SharedCall> takers = new ArrayDeque<>();
    private final ArrayDeque<SharedCall> putters = new ArrayDeque<>();
    private final Map<Long, ItemLoan> loans = new HashMap<>();
    private long loanNumbers;
    private boolean inputEnded;

    /** Whether memory is being made for the ring, or was made. */
    private boolean hasAsked;

    /** An item that a task has on loan. */
    private final class ItemLoan extends OwnerHolding {
        final long loan;
        final QueueEntry entry;

        ItemLoan(CallOwner owner, long loan, QueueEntry entry) {
            super(owner);
            this.loan = loan;
            this.entry = entry;
        }

        @Override
        void abandon(String how, boolean died) {
            loans.remove(loan);
            putBack(entry);
        }
    }

    QueueState(SharedTable table, int capacity, boolean tellsDeath) {
        super(table, 'q');
        this.capacity = capacity;
        this.sender = tellsDeath ? new LastSender(this::tellDeath) : null;
        this.items = new QueueItems(table);
    }

    @Override
    void handle(SharedCall call) {
        boolean staysOpen = ring.isBefore(call) && hasRoom(call);
        if (!staysOpen && !takeBack(call)) {
            end(call, CallStatus.CLOSED, SPOILED);
            return;
        }
        if (ring.note(call)) {
            dropRing();
        }
        judge(call);
        settle();
    }

    /** All that the ring holds is here from now on. Returns false if a worker wrote over it: the queue has ended. */
    private boolean takeBack(@Nullable SharedCall call) {
        if (ring.takeBack(items, call)) {
            return true;
        }
        table.remove(this, SPOILED);
        return false;
    }

    /** Lets two tasks go on in the ring, if nothing else is to be done. Called when a step is over. */
    private void settle() {
        if (inputEnded || !loans.isEmpty()) {
            return;
        }
        if (!hasAsked && ring.wantsMemory(table.hasLent())) {
            hasAsked = true;
            wantMemory(RingPage.RING_BYTES);
        }
        if (takers.isEmpty() && putters.isEmpty()) {
            ring.open(items, capacity, sender);
        }
    }

    @Override
    void moveTo(WordMemory lent) {
        ring.moveTo(lent.bytes(), capacity);
    }

    /** The call is being done. If its worker is to see the ring, the reply shows it. */
    private void show(SharedCall call) {
        OwnerBook book = call.owner.book();
        if (memory != null
                && call instanceof RemoteCall remote
                && ring.isToSee(call)
                && table.numbers().enter(book)) {
            ring.show(call);
            book.shown.add(this);
            remote.memory = memory;
        }
    }

    @Override
    public void seizeFrom(int number, int run) {
        if (ring.isSeenBy(number, run) && takeBack(null)) {
            dropRing();
        }
    }

    private void dropRing() {
        ring.seenBy().forEach(book -> book.shown.remove(this));
        ring.drop(items);
        dropMemory();
        hasAsked = false;
    }

    private void judge(SharedCall call) {
        switch (call.operation) {
            case PUT -> put(call);
            case TAKE, LEASE -> take(call);
            case LEASE_DONE -> leaseDone(call);
            case LEASE_BACK -> leaseBack(call);
            case QUEUE_SIZE -> done(call, items.size());
            case END_INPUT -> {
                endInput();
                done(call);
            }
            default -> throw new AssertionError(call.operation);
        }
    }

    private void put(SharedCall call) {
        if (inputEnded) {
            end(call, CallStatus.CLOSED, "this queue is closed");
        } else if (call.items.size() > capacity) {
            String why = "so many items at once never fit this queue: " + call.items.size() + " of " + capacity;
            end(call, CallStatus.REFUSED, why);
        } else if (putters.isEmpty() && hasRoom(call)) {
            accept(call);
            serveTakers();
        } else {
            park(call, putters);
        }
    }

    private boolean hasRoom(SharedCall call) {
        return items.size() + ring.size() + call.items.size() <= capacity
                && (items.isEmpty()
                        || items.bytes() + call.countedBytes <= table.budget().most() / SHARE_OF_BYTES);
    }

    private void accept(SharedCall call) {
        call.countedBytes = 0; // they are the items' from here on
        call.items.forEach(items::add);
        if (sender != null) {
            sender.note(call.owner);
        }
        show(call);
        done(call);
    }

    private void take(SharedCall call) {
        if (!items.isEmpty()) {
            give(call);
            servePutters();
        } else if (sender != null && sender.hasDied()) {
            takers.addFirst(call);
            tellDeath();
        } else if (isOver()) {
            end(call, CallStatus.CLOSED, "this queue is closed, and no item is left");
        } else {
            park(call, takers);
        }
    }

    private void give(SharedCall call) {
        if (call.operation == SharedOperation.TAKE && call.amount > 1) {
            giveSome(call);
            return;
        }
        QueueEntry entry = items.remove();
        if (call.operation == SharedOperation.LEASE) {
            ItemLoan loan = new ItemLoan(call.owner, ++loanNumbers, entry);
            loans.put(loan.loan, loan);
            loan.enter();
            done(call, loan.loan, entry.item());
            return;
        }
        items.free(entry);
        if (QueueRing.fits(entry.item())) {
            show(call);
        }
        done(call, 0, entry.item());
        endIfOver();
    }

    private void giveSome(SharedCall call) {
        int count = (int) Math.min(call.amount, items.size());
        List<Object> given = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            QueueEntry entry = items.remove();
            items.free(entry);
            given.add(entry.item());
        }
        table.end(call, CallStatus.DONE, 0, given, "");
        endIfOver();
    }

    private void serveTakers() {
        while (!takers.isEmpty() && !items.isEmpty()) {
            give(takers.remove());
        }
    }

    private void servePutters() {
        while (!putters.isEmpty() && hasRoom(putters.peek())) {
            accept(putters.remove());
            serveTakers();
        }
    }

    private void tellDeath() {
        if (sender != null && sender.hasDied() && !takers.isEmpty() && items.isEmpty()) {
            end(takers.remove(), CallStatus.OWNER_DIED, sender.tell());
        }
    }

    private void leaseDone(SharedCall call) {
        ItemLoan loan = loanOf(call);
        if (loan == null) {
            undone(call);
            return;
        }
        items.free(loan.entry);
        done(call);
        endIfOver();
    }

    private void leaseBack(SharedCall call) {
        ItemLoan loan = loanOf(call);
        if (loan == null) {
            undone(call);
            return;
        }
        putBack(loan.entry);
        done(call);
    }

    /** Removes the loan that the call names. Returns {@code null} if the caller's worker has no such loan. */
    private @Nullable ItemLoan loanOf(SharedCall call) {
        ItemLoan loan = loans.get(call.amount);
        if (loan == null || loan.owner.book() != call.owner.book()) {
            return null;
        }
        loans.remove(call.amount);
        loan.leave();
        return loan;
    }

    private void putBack(QueueEntry entry) {
        items.putBack(entry);
        serveTakers();
    }

    private boolean isOver() {
        return inputEnded && items.isEmpty() && loans.isEmpty();
    }

    private void endInput() {
        inputEnded = true;
        if (sender != null) {
            sender.end();
        }
        endAll(putters, CallStatus.CLOSED, "this queue is closed");
        endIfOver();
    }

    private void endIfOver() {
        if (isOver()) {
            table.remove(this, "this queue is closed, and no item is left");
        }
    }

    @Override
    long size() {
        return (long) items.size() + ring.size();
    }

    @Override
    long bound() {
        return capacity == Integer.MAX_VALUE ? -1 : capacity;
    }

    @Override
    int waiting() {
        return takers.size() + putters.size();
    }

    @Override
    void withdraw(SharedCall call) {
        if (putters.remove(call)) {
            servePutters(); // the one behind it may be smaller
        } else {
            takers.remove(call);
        }
    }

    @Override
    void close(String why) {
        inputEnded = true;
        endAll(putters, CallStatus.CLOSED, why);
        endAll(takers, CallStatus.CLOSED, why);
        items.clear();
        for (ItemLoan loan : loans.values()) {
            loan.leave();
            items.free(loan.entry);
        }
        loans.clear();
        if (sender != null) {
            sender.end();
            sender.forget();
        }
        dropRing();
    }
}
