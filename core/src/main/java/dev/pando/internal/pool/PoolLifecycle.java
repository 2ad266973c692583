package dev.pando.internal.pool;

import dev.pando.internal.deadlock.BlockingWait;
import dev.pando.internal.util.ThreadLedger;
import dev.pando.internal.util.WaiterList;
import dev.pando.spi.Waiter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

    /** What is told when the pool begins to close, and must not wait. Made by the first of them. */
    private volatile @Nullable Set<Runnable> closingListeners;

    /** Whether the program has registered a bean of the pool: then none is registered by itself. Never reset. */
    volatile boolean hasOwnBean;

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
        tellThatItCloses();
        if (to == PoolState.CLOSED) {
            endWhatEndsWithThePool();
            watchers.wakeAll();
        }
        return advanced;
    }

    /** Tells this when the pool begins to close, at once if it has. It may be told more than once. */
    public void whenClosing(Runnable listener) {
        listeners().add(listener);
        if (!isOpen()) {
            listener.run();
        }
    }

    private synchronized Set<Runnable> listeners() {
        Set<Runnable> there = closingListeners;
        if (there == null) {
            closingListeners = there = ConcurrentHashMap.newKeySet();
        }
        return there;
    }

    /** Returns the actors of the pool, in any order. */
    List<VisibleActor> actors() {
        Set<Runnable> there = closingListeners;
        List<VisibleActor> actors = new ArrayList<>();
        if (there != null) {
            for (Runnable listener : there) {
                if (listener instanceof VisibleActor actor) {
                    actors.add(actor);
                }
            }
        }
        return actors;
    }

    public void forget(Runnable listener) {
        listeners().remove(listener);
    }

    private void tellThatItCloses() {
        Set<Runnable> told = closingListeners;
        if (told == null) {
            return;
        }
        try {
            for (Runnable listener : told) {
                listener.run();
            }
        } catch (OutOfMemoryError noMemory) {
            // the next step of the close, or a second close, tells them
        }
    }

    /** Starts a thread whose end the close of the pool waits for. */
    public void startThread(String name, Runnable body) {
        Thread thread = Thread.ofPlatform().daemon().name(name).unstarted(body);
        threads.add(thread);
        thread.start();
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
