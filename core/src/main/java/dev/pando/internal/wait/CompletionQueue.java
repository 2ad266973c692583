package dev.pando.internal.wait;

import dev.pando.TaskFuture;
import dev.pando.internal.deadlock.BlockingWait;
import dev.pando.internal.deadlock.WaitEdge;
import dev.pando.internal.task.TaskCell;
import dev.pando.internal.task.TaskObserver;
import dev.pando.internal.util.FieldHandles;
import dev.pando.spi.Waiter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Futures in the order in which they are done. One thread takes; those that ended the tasks put: each pushes its link
 * on a Treiber stack, and the taker, when it has nothing ready, fetches the whole stack and reverses it. Closing it
 * takes its links out of the futures that are not done, so that nothing is left behind in a future that lives long.
 */
public final class CompletionQueue<T extends @Nullable Object> implements AutoCloseable {
    /** The cells that were done at the construction, in the order given. */
    private final List<@Nullable TaskCell<T>> early = new ArrayList<>();

    private int earlyHandedOut;

    /** The others, each until it is taken, then {@code null}: what was given out is not kept. */
    private final List<@Nullable ArrivalLink<T>> links = new ArrayList<>();

    /** Pushed by those that end tasks, the newest on top. */
    private volatile @Nullable ArrivalLink<T> arrived;

    /** Fetched by the taker, the oldest first. */
    private @Nullable ArrivalLink<T> ready;

    private int remaining;

    /** The taker, while it waits; else null. */
    private volatile @Nullable Waiter taker;

    private static final VarHandle ARRIVED = FieldHandles.find(MethodHandles.lookup(), "arrived", ArrivalLink.class);

    public CompletionQueue(Collection<? extends TaskFuture<T>> distinct) {
        remaining = distinct.size();
        WeakReference<CompletionQueue<T>> self = new WeakReference<>(this);
        for (TaskFuture<T> future : distinct) {
            TaskCell<T> cell = (TaskCell<T>) future;
            if (!cell.isDone()) {
                ArrivalLink<T> link = new ArrivalLink<>(self, cell, links.size());
                if (cell.observe(link)) {
                    links.add(link);
                    continue;
                }
            }
            early.add(cell);
        }
    }

    /** Returns how many have not been handed out. */
    int remaining() {
        return remaining;
    }

    /** The next that is done; {@code null} when the deadline passed, and nothing is ready. */
    public @Nullable TaskCell<T> take(long deadline) throws InterruptedException {
        if (earlyHandedOut < early.size()) {
            remaining--;
            return Objects.requireNonNull(early.set(earlyHandedOut++, null));
        }
        while (ready != null || arrived != null || await(deadline)) {
            ArrivalLink<T> next = Objects.requireNonNull(ready != null ? ready : fetch());
            ready = next.behind;
            next.behind = null;
            if (links.get(next.index) != null) {
                return handedOut(next);
            }
        }
        // The deadline is over. One that is done, and whose ending thread is on its way to say so, still counts.
        for (ArrivalLink<T> link : links) {
            if (link != null && link.cell.isDone()) {
                return handedOut(link);
            }
        }
        return null;
    }

    private TaskCell<T> handedOut(ArrivalLink<T> link) {
        links.set(link.index, null);
        remaining--;
        return link.cell;
    }

    private boolean await(long deadline) throws InterruptedException {
        Waiter waiter = Waiter.current();
        taker = waiter;
        try {
            WaitEdge wait = new WaitEdge.For(new Remaining(), false, deadline != BlockingWait.NEVER);
            return BlockingWait.await(waiter, wait, () -> arrived != null, deadline);
        } finally {
            taker = null;
        }
    }

    @SuppressWarnings("unchecked")
    private @Nullable ArrivalLink<T> fetch() {
        ArrivalLink<T> newest = (ArrivalLink<T>) ARRIVED.getAndSet(this, null);
        ArrivalLink<T> oldest = null;
        while (newest != null) {
            ArrivalLink<T> before = newest.behind;
            newest.behind = oldest;
            oldest = newest;
            newest = before;
        }
        return oldest;
    }

    private void push(ArrivalLink<T> link) {
        ArrivalLink<T> top;
        do {
            top = arrived;
            link.behind = top;
        } while (!ARRIVED.weakCompareAndSet(this, top, link));
        if (top != null) {
            return; // the thread that put the first one wakes the taker
        }
        Waiter waiting = taker;
        if (waiting != null) {
            waiting.wake();
        }
    }

    @Override
    public void close() {
        for (ArrivalLink<T> link : links) {
            if (link != null && !link.cell.isDone()) {
                link.cell.forget(link);
            }
        }
        remaining = 0;
    }

    /**
     * What the taker waits for, as a worker sees it that looks for a deadlock: only while the taker waits, and so takes
     * nothing.
     */
    private final class Remaining extends AbstractCollection<TaskCell<?>> {
        @Override
        public Iterator<TaskCell<?>> iterator() {
            List<TaskCell<?>> cells = new ArrayList<>();
            for (ArrivalLink<T> link : links) {
                if (link != null) {
                    cells.add(link.cell);
                }
            }
            return cells.iterator();
        }

        @Override
        public int size() {
            return remaining;
        }
    }

    private static final class ArrivalLink<T extends @Nullable Object> extends TaskObserver {
        /** Weak: a future that lives long must not keep the readers that left in the middle. */
        private final WeakReference<CompletionQueue<T>> arrivals;

        private final TaskCell<T> cell;

        /** First the one that arrived before, then, once fetched, the one that arrived after. */
        private @Nullable ArrivalLink<T> behind;

        private final int index;

        ArrivalLink(WeakReference<CompletionQueue<T>> arrivals, TaskCell<T> cell, int index) {
            this.index = index;
            this.arrivals = arrivals;
            this.cell = cell;
        }

        @Override
        public boolean abandoned() {
            return gone || arrivals.get() == null;
        }

        @Override
        public void done(TaskCell<?> ended) {
            CompletionQueue<T> reader = arrivals.get();
            if (reader != null) {
                reader.push(this);
            }
        }
    }
}
