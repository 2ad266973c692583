package dev.pando.internal.shared;

import dev.pando.internal.task.WorkerSeat;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What one task of this program has used: at the end of the task each table is told. Made at the task's first call, and
 * used by its thread.
 */
final class LocalRuns implements Runnable {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final Map<SharedTable, CallOwner> owners = new HashMap<>();

    /** Returns the owner of a call of the calling thread. */
    static CallOwner owner(SharedTable table) {
        Thread here = Thread.currentThread();
        WorkerSeat seat = WorkerSeat.current();
        if (seat == null || seat.running == null) {
            return new CallOwner(table.localBook(), 0, here.threadId(), "thread " + here.getName());
        }
        if (!(seat.atTaskEnd instanceof LocalRuns runs)) {
            LocalRuns made = new LocalRuns();
            seat.atTaskEnd = made;
            return made.ownerOf(table, seat);
        }
        return runs.ownerOf(table, seat);
    }

    private CallOwner ownerOf(SharedTable table, WorkerSeat seat) {
        CallOwner owner = owners.get(table);
        if (owner == null) {
            int run = 1 + (NUMBERS.getAndIncrement() & 0x3fffffff);
            OwnerBook book = table.localBook();
            owner = new CallOwner(
                    book,
                    run,
                    Thread.currentThread().threadId(),
                    seat.taskName() + " (on worker " + seat.worker() + ")");
            owners.put(table, owner);
        }
        return owner;
    }

    @Override
    public void run() {
        owners.forEach((table, owner) -> table.taskEnded(owner.book(), owner.run(), "ended without giving it back"));
    }
}
