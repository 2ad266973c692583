package dev.pando;

import dev.pando.spi.Waiter;
import java.util.function.BooleanSupplier;

/**
 * The one place where a thread of the user's waits for a task. A worker that waits says so first, so that a circle of
 * waits is found, and a task that everybody waits for gets a worker.
 */
final class Blocking {

    /** A deadline that never comes. */
    static final long NEVER = Waiter.NEVER;

    private Blocking() {}

    /** The moment so many nanoseconds from now, by the clock of who waits; {@link #NEVER} stays never. */
    static long deadline(long nanos) {
        return nanos == Long.MAX_VALUE ? NEVER : Waiter.current().now() + Math.max(0, nanos);
    }

    /**
     * Waits until it is so; whoever makes it so wakes the waiter. {@code false}: the deadline passed first.
     *
     * @throws DeadlockException this wait closed a circle of waits
     */
    static boolean await(Waiter waiter, Wait wait, BooleanSupplier isSo, long deadline) throws InterruptedException {
        PoolSeat seat = PoolSeat.current();
        if (seat == null) return waiter.await(wait, isSo, deadline);
        seat.waitFor(wait);
        try {
            Knot.examine(seat);
            boolean came = waiter.await(wait, () -> isSo.getAsBoolean() || isHopeless(seat, wait), deadline);
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
}
