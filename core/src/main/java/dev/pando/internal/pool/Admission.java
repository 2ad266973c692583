package dev.pando.internal.pool;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.pando.internal.deadlock.BlockingWait;
import dev.pando.internal.deadlock.WaitEdge;
import dev.pando.internal.deadlock.WaitingPool;
import dev.pando.internal.util.WaiterList;
import dev.pando.spi.Waiter;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BooleanSupplier;

/**
 * The bound of waiting tasks. Counts the tasks that were accepted and that no worker has begun; no other class changes
 * that number. Submitters that must wait for room stand here, each with a ticket.
 */
final class Admission {
    private final int bound;

    /**
     * Tasks that entered and tasks that left, counted apart and far apart in memory: submitters write the one, workers
     * the other, and a number that both wrote would travel between their processors with every task. Both only grow.
     */
    private final AtomicLongArray counts = new AtomicLongArray(3 * APART);

    /** Longs between the two counts: 128 bytes, two cache lines, because processors fetch lines in pairs. */
    private static final int APART = 16;

    private static final int ENTERED = APART;
    private static final int LEFT = 2 * APART;

    /** How many had left when a submitter last looked; by now they are not fewer. Any submitter writes. */
    private volatile long leftAtLeast;

    private final WaiterList submitters = new WaiterList();

    Admission(int bound) {
        this.bound = bound;
    }

    int waiting() {
        // first: so the answer may be too high by tasks that leave now, and is never too low
        long gone = counts.get(LEFT);
        return (int) (counts.get(ENTERED) - gone);
    }

    int bound() {
        return bound;
    }

    /** Enters if there is room. Returns false if there is none; the task was not counted then. */
    @CheckReturnValue
    boolean tryEnter() {
        while (true) {
            long seen = counts.get(ENTERED);
            if (seen - leftAtLeast >= bound) {
                long gone = counts.get(LEFT);
                leftAtLeast = gone;
                if (seen - gone >= bound) {
                    return false;
                }
            }
            if (counts.weakCompareAndSetVolatile(ENTERED, seen, seen + 1)) {
                return true;
            }
        }
    }

    /** Enters, room or not: a task of the pool itself, or one that is tried again. */
    void enterAnyway() {
        counts.incrementAndGet(ENTERED);
    }

    /** A task was begun, or was cancelled before. */
    void leave() {
        counts.incrementAndGet(LEFT);
        submitters.wakeFirst();
    }

    /**
     * Waits for room and enters.
     *
     * @param closed when true, no submitter is let in any more
     * @return {@code false}: closed first, and not entered
     * @throws CancellationException the submitter was interrupted; it has not entered
     */
    @CheckReturnValue
    boolean awaitRoom(WaitingPool pool, BooleanSupplier closed) {
        Ticket ticket = new Ticket();
        WaitEdge room = new WaitEdge.Room(pool, ticket);
        BooleanSupplier done = () -> closed.getAsBoolean() || enter(ticket);
        try {
            submitters.await(ticket.waiter, () -> BlockingWait.await(ticket.waiter, room, done, BlockingWait.NEVER));
            return ticket.entered;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for room in the queue of pool " + pool.name()
                    + " (" + bound + " tasks wait already); the task was not accepted");
        } finally {
            submitters.wakeFirst(); // the wake-up may have been meant for the next in the list
        }
    }

    private boolean enter(Ticket ticket) {
        if (ticket.admitted) {
            enterAnyway();
        } else if (!tryEnter()) {
            return false;
        }
        ticket.entered = true;
        return true;
    }

    /** Makes every waiting submitter look again: the pool has closed. */
    void wakeAll() {
        submitters.wakeAll();
    }

    /** A submitter that waits for room. */
    static final class Ticket implements WaitEdge.RoomTicket {
        private final Waiter waiter = Waiter.current();
        private boolean entered;
        private volatile boolean admitted;

        @Override
        public void admit() {
            admitted = true;
            waiter.wake();
        }

        @Override
        public boolean admitted() {
            return admitted;
        }
    }
}
