package dev.pando;

import dev.pando.spi.Waiter;
import java.util.concurrent.ConcurrentLinkedQueue;
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
final class Life {

    enum State {
        OPEN,
        /** Takes nothing new, finishes what it has. */
        CLOSING,
        /** Takes nothing new, drops what it has. */
        KILLED,
        /** No worker is left. */
        CLOSED
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
    private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();
    /** Those who wait for the end. */
    private final ConcurrentLinkedQueue<Waiter> watchers = new ConcurrentLinkedQueue<>();

    State state() {
        return state.get();
    }

    boolean isOpen() {
        return state.get() == State.OPEN;
    }

    /** {@code false}: it had come that far already, or further. */
    boolean advance(State to) {
        State before = state.getAndUpdate(now -> now.compareTo(to) < 0 ? to : now);
        if (to == State.CLOSED) for (Waiter watcher : watchers) watcher.wake();
        return before.compareTo(to) < 0;
    }

    boolean breakDown(Throwable cause) {
        return broken.compareAndSet(null, cause);
    }

    @Nullable Throwable broken() {
        return broken.get();
    }

    boolean awaitClosed(long nanos) throws InterruptedException {
        Waiter waiter = Waiter.current();
        watchers.add(waiter);
        try {
            return waiter.await(this, () -> state.get() == State.CLOSED, Blocking.deadline(nanos));
        } finally {
            watchers.remove(waiter);
        }
    }
}
