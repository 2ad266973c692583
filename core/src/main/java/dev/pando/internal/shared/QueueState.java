package dev.pando.internal.shared;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A queue, or one way of a pipe. Guarded by the lock of the table. */
final class QueueState extends ConstructState {
    /** The part of the table's bytes that one queue may hold before it counts as full. */
    private static final int SHARE_OF_BYTES = 4;

    private final int capacity;

    /** Whether the death of the worker that put an item in last is told to a taker. */
    private final boolean tellsDeath;

    private final ArrayDeque<QueueEntry> items = new ArrayDeque<>();
    private final ArrayDeque<SharedCall> takers = new ArrayDeque<>();
    private final ArrayDeque<SharedCall> putters = new ArrayDeque<>();
    private final Map<Long, ItemLoan> loans = new HashMap<>();
    private long bytes;
    private long entries;
    private long loanNumbers;
    private boolean inputEnded;
    private @Nullable Sender sender;

    /** Who died, if no taker was told yet. */
    private @Nullable String death;

    /** An item, with its place in the order of arrival. */
    private record QueueEntry(long place, Object item, long cost) {}

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

    /** The worker that put an item in last. */
    private final class Sender extends OwnerHolding {
        Sender(CallOwner owner) {
            super(owner);
        }

        @Override
        void abandon(String how, boolean died) {
            sender = null;
            if (died && !inputEnded) {
                death = owner + ", which sent last at the other end, " + how;
                tellDeath();
            }
        }
    }

    QueueState(SharedTable table, int capacity, boolean tellsDeath) {
        super(table, 'q');
        this.capacity = capacity;
        this.tellsDeath = tellsDeath;
    }

    @Override
    void handle(SharedCall call) {
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
        return items.size() + call.items.size() <= capacity
                && (items.isEmpty() || bytes + call.countedBytes <= table.mostBytes() / SHARE_OF_BYTES);
    }

    private void accept(SharedCall call) {
        bytes += call.countedBytes;
        call.countedBytes = 0; // they are the items' from here on
        for (Object item : call.items) {
            items.add(new QueueEntry(++entries, item, SharedTable.costOf(item)));
        }
        if (tellsDeath) {
            noteSender(call.owner);
        }
        done(call);
    }

    private void noteSender(CallOwner owner) {
        death = null;
        if (sender != null) {
            sender.leave();
            sender = null;
        }
        if (owner.run() != 0) {
            sender = new Sender(owner);
            sender.enter();
        }
    }

    private void take(SharedCall call) {
        if (!items.isEmpty()) {
            give(call);
            servePutters();
        } else if (death != null) {
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
        bytes -= entry.cost;
        if (call.operation == SharedOperation.LEASE) {
            ItemLoan loan = new ItemLoan(call.owner, ++loanNumbers, entry);
            loans.put(loan.loan, loan);
            loan.enter();
            done(call, loan.loan, entry.item);
            return;
        }
        table.free(entry.cost);
        done(call, 0, entry.item);
        endIfOver();
    }

    private void giveSome(SharedCall call) {
        int count = (int) Math.min(call.amount, items.size());
        List<Object> given = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            QueueEntry entry = items.remove();
            bytes -= entry.cost;
            table.free(entry.cost);
            given.add(entry.item);
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
        if (!takers.isEmpty() && items.isEmpty() && death != null) {
            String told = death;
            death = null;
            end(takers.remove(), CallStatus.OWNER_DIED, told);
        }
    }

    private void leaseDone(SharedCall call) {
        ItemLoan loan = loanOf(call);
        if (loan == null) {
            undone(call);
            return;
        }
        table.free(loan.entry.cost);
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

    /** To where it was: before all that came after it. */
    private void putBack(QueueEntry entry) {
        List<QueueEntry> older = new ArrayList<>();
        while (!items.isEmpty() && items.peek().place < entry.place) {
            older.add(items.remove());
        }
        items.addFirst(entry);
        for (QueueEntry each : older.reversed()) {
            items.addFirst(each);
        }
        bytes += entry.cost;
        serveTakers();
    }

    private boolean isOver() {
        return inputEnded && items.isEmpty() && loans.isEmpty();
    }

    private void endInput() {
        inputEnded = true;
        death = null;
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
        return items.size();
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
        for (QueueEntry entry : items) {
            table.free(entry.cost);
        }
        items.clear();
        for (ItemLoan loan : loans.values()) {
            loan.leave();
            table.free(loan.entry.cost);
        }
        loans.clear();
        if (sender != null) {
            sender.leave();
            sender = null;
        }
    }
}
