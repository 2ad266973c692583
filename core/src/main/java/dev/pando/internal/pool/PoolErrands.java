package dev.pando.internal.pool;

import dev.pando.internal.task.TaskCell;
import dev.pando.internal.task.TaskObserver;
import dev.pando.internal.task.WorkerSeat;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * User code that a pool owes its tasks and no worker can be asked to run. The pool does not terminate before it has
 * ended.
 */
final class PoolErrands {
    private final Executor threads;
    private final AtomicInteger underWay = new AtomicInteger();

    /** @param threads runs each body on a thread of its own */
    PoolErrands(Executor threads) {
        this.threads = threads;
    }

    void begin() {
        underWay.incrementAndGet();
    }

    void end() {
        underWay.decrementAndGet();
    }

    int underWay() {
        return underWay.get();
    }

    /**
     * Announces the end of a task on a thread of its own; if no thread can be started, here, because threads wait for
     * the announcement.
     */
    void announce(PoolCore pool, TaskCell<?> cell, @Nullable TaskObserver callbacks) {
        boolean elsewhere;
        try {
            threads.execute(() -> carryOut(pool, cell, callbacks));
            elsewhere = true;
        } catch (Throwable noThread) {
            elsewhere = false;
        }
        if (!elsewhere) {
            carryOut(pool, cell, callbacks);
        }
    }

    private static void carryOut(PoolCore pool, TaskCell<?> cell, @Nullable TaskObserver callbacks) {
        WorkerSeat seat = null;
        try {
            seat = pool.visit(false);
        } catch (OutOfMemoryError noMemory) {
            // the callbacks run all the same
        }
        try {
            cell.announceOnErrand(callbacks);
        } finally {
            if (seat != null) {
                seat.leave();
            }
            pool.endErrand();
        }
    }
}
