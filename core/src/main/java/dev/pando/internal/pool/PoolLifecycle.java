package dev.pando.internal.pool;

import dev.pando.internal.deadlock.BlockingWait;
import dev.pando.internal.util.ThreadLedger;
import dev.pando.internal.util.WaiterList;
import dev.pando.spi.Waiter;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The life of a pool, which only goes forward: a later, weaker call never takes back an earlier, stronger one.
 *
 * <pre>
 *     OPEN ──► CLOSING ──► KILLED ──► CLOSED        broken: from any of them, and once
 *        └────────┴───────────────────►
 * </pre>
 */
public final class PoolLifecycle {
    private final AtomicReference<PoolState> state = new AtomicReference<>(PoolState.OPEN);
    private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();
    /** The threads that wait for the pool to be closed. */
    private final WaiterList watchers = new WaiterList();

    /** What ends with the pool. Written by the first caller of {@code Pool.shared}. */
    public volatile @Nullable Runnable whenClosed;

    /** The threads that end with the pool. */
    final ThreadLedger threads = new ThreadLedger();

    public PoolState state() {
        return state.get();
    }

    public boolean isOpen() {
        return state.get() == PoolState.OPEN;
    }

    /** Returns whether the state changed. Returns false if the pool had come that far already. */
    boolean advance(PoolState to) {
        boolean advanced = false;
        // a loop, because a lambda would need memory
        for (PoolState now = state.get(); !advanced && now.compareTo(to) < 0; now = state.get()) {
            advanced = state.compareAndSet(now, to);
        }
        if (to == PoolState.CLOSED) {
            endWhatEndsWithThePool();
            watchers.wakeAll();
        }
        return advanced;
    }

    private void endWhatEndsWithThePool() {
        Runnable ending = whenClosed;
        if (ending != null) {
            ending.run();
            whenClosed = null; // now: a run without memory is repeated
        }
    }

    boolean breakDown(Throwable cause) {
        return broken.compareAndSet(null, cause);
    }

    @Nullable
    Throwable broken() {
        return broken.get();
    }

    /** Waits until the pool is closed, and its threads have ended. Returns false if it is not closed in that time. */
    public boolean awaitClosed(long nanos) throws InterruptedException {
        Waiter waiter = Waiter.current();
        long deadline = BlockingWait.deadline(nanos);
        boolean closed =
                watchers.await(waiter, () -> waiter.await(this, () -> state.get() == PoolState.CLOSED, deadline));
        if (closed) {
            threads.awaitEnd();
        }
        return closed;
    }
}
