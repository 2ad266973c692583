package dev.pando;

import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Futures in the order in which they are done. One thread takes; those that ended the tasks put. Closing it takes its
 * links out of the futures that are not done, so that nothing is left behind in a future that lives long.
 */
final class Arrivals<T extends @Nullable Object> implements AutoCloseable {
    private final ConcurrentLinkedQueue<TaskCell<T>> done = new ConcurrentLinkedQueue<>();

    /** Those not taken yet. Concurrent, because a worker that looks for a knot of waits reads it meanwhile. */
    private final ConcurrentHashMap<TaskCell<T>, Link> links;

    private volatile @Nullable Thread taker;

    Arrivals(Collection<? extends TaskFuture<T>> futures) {
        links = new ConcurrentHashMap<>(futures.size() * 2);
        for (TaskFuture<T> future : futures) {
            TaskCell<T> cell = (TaskCell<T>) Checks.present(future, "a future");
            Link link = new Link(cell);
            if (links.putIfAbsent(cell, link) == null && !cell.observe(link)) done.add(cell);
        }
    }

    /** How many have not been taken. */
    int left() {
        return links.size();
    }

    /** The next that is done; {@code null} when the deadline passed, and nothing is ready. */
    @Nullable TaskCell<T> take(long deadline) throws InterruptedException {
        TaskCell<T> next = done.poll();
        if (next == null) {
            taker = Thread.currentThread();
            Wait.For wait = new Wait.For(links.keySet(), false, deadline != Blocking.NEVER);
            if (!Blocking.await(wait, () -> !done.isEmpty(), deadline)) return null;
            next = java.util.Objects.requireNonNull(done.poll());
        }
        links.remove(next);
        return next;
    }

    @Override
    public void close() {
        links.forEach(Observed::forget);
        links.clear();
    }

    private final class Link extends Observer {
        private final TaskCell<T> cell;

        Link(TaskCell<T> cell) {
            this.cell = cell;
        }

        @Override
        void done(TaskCell<?> ended) {
            done.add(cell);
            Thread waiting = taker;
            if (waiting != null) LockSupport.unpark(waiting);
        }
    }
}
