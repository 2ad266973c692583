package dev.pando.internal.wait;

import dev.pando.TaskFuture;
import dev.pando.When;
import dev.pando.internal.deadlock.BlockingWait;
import dev.pando.internal.deadlock.WaitEdge;
import dev.pando.internal.task.TaskCell;
import dev.pando.internal.task.TaskObserver;
import dev.pando.spi.Waiter;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The wait of one thread for many futures: how many are done and how many failed, told by the threads that end them.
 */
public final class MultiWait {
    private final List<TaskCell<?>> cells;
    private final Waiter waiter = Waiter.current();
    private final When when;
    private final AtomicInteger undone = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();

    private MultiWait(List<TaskCell<?>> cells, When when) {
        this.cells = cells;
        this.when = when;
    }

    public static MultiWait of(Collection<? extends TaskFuture<?>> distinct, When when) {
        List<TaskCell<?>> cells = new ArrayList<>(distinct.size());
        for (TaskFuture<?> future : distinct) {
            cells.add((TaskCell<?>) future);
        }
        return new MultiWait(cells, when);
    }

    /** {@code false}: the deadline passed first. Leaves nothing behind in futures that are not done. */
    public boolean await(long deadline) throws InterruptedException {
        undone.set(cells.size());
        List<CountingLink> links = new ArrayList<>();
        try {
            for (TaskCell<?> cell : cells) {
                if (cell.isDone()) {
                    count(cell);
                } else {
                    CountingLink link = new CountingLink(cell);
                    if (cell.observe(link)) {
                        links.add(link);
                    } else {
                        count(cell);
                    }
                }
            }
            // The first failure may come from any that is not done: that one of them never ends is no deadlock yet.
            WaitEdge.For wait = when == When.FIRST_EXCEPTION
                    ? new WaitEdge.For(undone(cells), false, deadline != BlockingWait.NEVER)
                    : new WaitEdge.For(cells, when == When.ALL_COMPLETED, deadline != BlockingWait.NEVER);
            return BlockingWait.await(waiter, wait, this::isSo, deadline);
        } finally {
            for (CountingLink link : links) {
                if (!link.cell.isDone()) {
                    link.cell.forget(link);
                }
            }
        }
    }

    /** Returns a view of the cells that are not done at the moment of looking. */
    static Collection<TaskCell<?>> undone(Collection<? extends TaskCell<?>> cells) {
        return new AbstractCollection<>() {
            @Override
            public Iterator<TaskCell<?>> iterator() {
                List<TaskCell<?>> undone = new ArrayList<>();
                for (TaskCell<?> cell : cells) {
                    if (!cell.isDone()) {
                        undone.add(cell);
                    }
                }
                return undone.iterator();
            }

            @Override
            public int size() {
                return (int) cells.stream().filter(cell -> !cell.isDone()).count();
            }
        };
    }

    private boolean isSo() {
        return undone.get() == 0
                || switch (when) {
                    case ALL_COMPLETED -> false;
                    case FIRST_COMPLETED -> done.get() > 0;
                    case FIRST_EXCEPTION -> failed.get() > 0;
                };
    }

    private void count(TaskCell<?> cell) {
        if (cell.state() == Future.State.FAILED) {
            failed.incrementAndGet();
        }
        done.incrementAndGet();
        undone.decrementAndGet();
    }

    private final class CountingLink extends TaskObserver {
        private final TaskCell<?> cell;

        CountingLink(TaskCell<?> cell) {
            this.cell = cell;
        }

        @Override
        public void done(TaskCell<?> ended) {
            count(ended);
            if (isSo()) {
                waiter.wake();
            }
        }
    }
}
