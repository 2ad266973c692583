package dev.pando.internal.deadlock;

import dev.pando.DeadlockException;
import dev.pando.spi.Waiter;
import java.util.function.BooleanSupplier;

/**
 * The one place where a thread of the user's waits for a task. A worker publishes its wait first, so that a cycle of
 * waits is found, and a task that every worker waits for is rescued.
 */
public final class BlockingWait {

    /** A deadline that never comes. */
    public static final long NEVER = Waiter.NEVER;

    private BlockingWait() {}

    /**
     * Returns the moment that is this far from now, by the clock of the calling thread's {@link Waiter};
     * {@link Long#MAX_VALUE} gives {@link #NEVER}.
     */
    public static long deadline(long nanos) {
        return nanos == Long.MAX_VALUE ? NEVER : Waiter.current().now() + Math.max(0, nanos);
    }

    /**
     * Waits until {@code isSo}; the thread that makes it so wakes the waiter. {@code false}: the deadline passed first.
     *
     * @throws DeadlockException this wait closed a cycle of waits
     */
    public static boolean await(Waiter waiter, WaitEdge wait, BooleanSupplier isSo, long deadline)
            throws InterruptedException {
        WaitingWorker seat = CurrentWorker.of(waiter);
        if (seat == null) {
            return waiter.await(wait, isSo, deadline);
        }
        WaitEdge published = seat.isTimed() ? wait.asTimed() : wait;
        seat.waitFor(published);
        try {
            DeadlockDetector.examine(seat);
            boolean came = waiter.await(wait, () -> isSo.getAsBoolean() || isHopeless(seat, published), deadline);
            DeadlockDetector.Verdict verdict = seat.verdict();
            if (verdict != null && verdict.on() == published && !isSo.getAsBoolean()) {
                throw verdict.circle();
            }
            return came;
        } finally {
            seat.waitFor(null);
        }
    }

    private static boolean isHopeless(WaitingWorker seat, WaitEdge wait) {
        DeadlockDetector.Verdict verdict = seat.verdict();
        return verdict != null && verdict.on() == wait;
    }
}
