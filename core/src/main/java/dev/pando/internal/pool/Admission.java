package dev.pando.internal.pool;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.pando.internal.deadlock.BlockingWait;
import dev.pando.internal.deadlock.WaitEdge;
import dev.pando.internal.deadlock.WaitingPool;
import dev.pando.internal.util.ApartCounts;
import dev.pando.internal.util.WaiterList;
import dev.pando.spi.Waiter;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * The bound of waiting tasks. Counts the tasks that were accepted and that no worker has begun; no other class changes
 * that number. A worker that is free takes a task without a place here. Submitters that must wait for room stand here,
 * each with a ticket.
 */
final class Admission {
    /**
     * A submitter that never gives up. A class, not a lambda, here and below: the first lambdas of a program cost
     * milliseconds, and its first task passes here.
     */
    static final BooleanSupplier PATIENT = new BooleanSupplier() {
        @Override
        public boolean getAsBoolean() {
            return false;
        }
    };

    private final int bound;

    /**
     * Tasks that entered and tasks that left, counted apart: submitters write the one, workers the other, and a number
     * that both wrote would travel between their processors with every task. Both only grow.
     */
    private final ApartCounts counts = new ApartCounts(2);

    private static final int ENTERED = 0;
    private static final int LEFT = 1;

    /** The answer that a task has entered. */
    static final long IN = -1;

    /** How many had left when a submitter last looked; by now they are not fewer. Any submitter writes. */
    private volatile long leftAtLeast;

    private final WaiterList submitters = new WaiterList();

    /** Returns how many workers are free or may be started; negative: unknown at this moment, ask again. */
    private final LongSupplier freeWorkers;

    Admission(int bound, LongSupplier freeWorkers) {
        this.bound = bound;
        this.freeWorkers = freeWorkers;
    }

    int waiting() {
        // first: so the answer may be too high by tasks that leave now, and is never too low
        long gone = counts.get(LEFT);
        return (int) (counts.get(ENTERED) - gone);
    }

    /** Returns the count of waiting tasks, to be asked later. */
    IntSupplier waitingCount() {
        return new IntSupplier() {
            @Override
            public int getAsInt() {
                return waiting();
            }
        };
    }

    int bound() {
        return bound;
    }

    /** Enters if there is room. Returns false if there is none; the task was not counted then. */
    @CheckReturnValue
    boolean tryEnter() {
        return enterOrCount() == IN;
    }

    /**
     * Enters if there is room: a place in the queue, or a worker that is free and needs none. Returns {@link #IN}, or
     * else how many tasks stood in the queue, with no free worker on its way to them, at the moment of the refusal; the
     * task was not counted then.
     */
    @CheckReturnValue
    long enterOrCount() {
        while (true) {
            long seen = counts.get(ENTERED);
            if (seen - leftAtLeast >= bound) {
                long gone = counts.get(LEFT);
                leftAtLeast = gone;
                if (seen - gone >= bound) {
                    long queued = seen - gone - free();
                    // a task that began between the two looks would be missed by both counts
                    if (counts.get(LEFT) != gone) {
                        continue;
                    }
                    if (queued >= bound) {
                        return queued;
                    }
                }
            }
            if (counts.tryIncrement(ENTERED, seen)) {
                return IN;
            }
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // the worker between its two counts may need this very processor
    private long free() {
        long free = freeWorkers.getAsLong();
        while (free < 0) {
            Thread.yield();
            free = freeWorkers.getAsLong();
        }
        return free;
    }

    /** Enters, room or not: a task of the pool itself, or one that is tried again. */
    void enterAnyway() {
        counts.increment(ENTERED);
    }

    /** A task was begun, or was cancelled before. */
    void leave() {
        counts.increment(LEFT);
        submitters.wakeFirst();
    }

    /**
     * Waits for room and enters. Returns false if the submitter has not entered: {@code givenUp} became true first, or
     * the deadline passed.
     *
     * @param givenUp when true, this submitter is let in no more; the thread that makes it so wakes the submitter
     */
    @CheckReturnValue
    boolean awaitRoom(WaitingPool pool, BooleanSupplier givenUp, long deadline) throws InterruptedException {
        Ticket ticket = new Ticket();
        WaitEdge room = new WaitEdge.Room(pool, ticket, deadline != BlockingWait.NEVER);
        BooleanSupplier done = () -> givenUp.getAsBoolean() || enter(ticket);
        try {
            var _ = submitters.await(ticket.waiter, () -> BlockingWait.await(ticket.waiter, room, done, deadline));
            return ticket.entered;
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
