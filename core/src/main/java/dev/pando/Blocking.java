package dev.pando;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The one place where a thread of the user's waits for a task. A worker that waits says so first, so that a circle of
 * waits is found, and a task that everybody waits for gets a worker.
 */
final class Blocking {

    /** A deadline that never comes. */
    static final long NEVER = Long.MAX_VALUE;

    private Blocking() {}

    /** The moment so many nanoseconds from now, by {@link System#nanoTime}; {@link #NEVER} stays never. */
    static long deadline(long nanos) {
        return nanos == Long.MAX_VALUE ? NEVER : System.nanoTime() + Math.max(0, nanos);
    }

    /**
     * Parks until it is so; whoever makes it so unparks this thread. {@code false}: the deadline passed first.
     *
     * @throws DeadlockException this wait closed a circle of waits
     */
    static boolean await(Wait wait, BooleanSupplier isSo, long deadline) throws InterruptedException {
        PoolSeat seat = PoolSeat.current();
        if (seat == null) return park(wait, isSo, deadline);
        seat.waitFor(wait);
        try {
            Knot.examine(seat);
            boolean came = park(wait, () -> isSo.getAsBoolean() || isHopeless(seat, wait), deadline);
            Knot.Verdict verdict = seat.verdict;
            if (verdict != null && verdict.on() == wait && !isSo.getAsBoolean()) throw verdict.circle();
            return came;
        } finally {
            seat.waitFor(null);
        }
    }

    private static boolean isHopeless(PoolSeat seat, Wait wait) {
        Knot.Verdict verdict = seat.verdict;
        return verdict != null && verdict.on() == wait;
    }

    private static boolean park(Wait wait, BooleanSupplier isSo, long deadline) throws InterruptedException {
        while (!isSo.getAsBoolean()) {
            if (Thread.interrupted()) throw new InterruptedException();
            if (deadline == NEVER) {
                LockSupport.park(wait);
            } else {
                long left = deadline - System.nanoTime();
                if (left <= 0) return false;
                LockSupport.parkNanos(wait, left);
            }
        }
        return true;
    }
}
