package dev.pando.internal.wait;

import dev.pando.DeadlineExceededException;
import dev.pando.Futures;
import dev.pando.TaskFuture;
import dev.pando.WaitResult;
import dev.pando.When;
import dev.pando.internal.deadlock.WaitEdge;
import dev.pando.internal.task.PromiseCell;
import dev.pando.internal.task.TaskCell;
import dev.pando.internal.task.TaskObserver;
import dev.pando.internal.util.Checks;
import dev.pando.spi.Failure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The waits of {@link Futures}, for futures whose arguments were checked. */
public final class Waits {

    private Waits() {}

    /** Returns what is done and what is not when {@code when} is so, or the deadline has passed. */
    public static <T extends @Nullable Object> WaitResult<T> until(
            Iterable<? extends TaskFuture<? extends T>> futures, When when, long deadline) {
        List<TaskCell<T>> all = distinct(futures);
        try {
            MultiWait.of(all, when).await(deadline);
        } catch (InterruptedException e) {
            throw interrupted("waiting for " + all.size() + " futures, which go on");
        }
        Set<TaskFuture<T>> done = new LinkedHashSet<>();
        Set<TaskFuture<T>> notDone = new LinkedHashSet<>();
        for (TaskFuture<T> future : all) {
            (future.isDone() ? done : notDone).add(future);
        }
        return new WaitResult<>(done, notDone);
    }

    /** Returns the futures in the order in which they are done; each distinct future once. */
    public static <T extends @Nullable Object> Iterable<TaskFuture<T>> asCompleted(
            Iterable<? extends TaskFuture<? extends T>> futures, long deadline) {
        List<TaskCell<T>> all = distinct(futures);
        return () -> new Arriving<>(all, deadline);
    }

    /** Returns a future of all the values, which fails with the first part that fails. */
    public static <T extends @Nullable Object> TaskFuture<List<T>> gather(
            Iterable<? extends TaskFuture<? extends T>> futures) {
        List<TaskCell<? extends T>> parts = new ArrayList<>();
        for (TaskFuture<? extends T> future : futures) {
            parts.add((TaskCell<? extends T>) Checks.present(future, "a future"));
        }
        PromiseCell<List<T>> whole = new PromiseCell<>(new WaitEdge.For(List.copyOf(parts), true, false));
        AtomicInteger undone = new AtomicInteger(parts.size());
        for (TaskCell<? extends T> part : parts) {
            Gathered<T> link = new Gathered<>(parts, undone, whole);
            if (!part.observe(link)) {
                link.done(part);
            }
        }
        if (parts.isEmpty()) {
            whole.promise(List.of());
        }
        return whole.onDone(done -> {
            if (done.isCancelled()) {
                for (TaskCell<?> part : parts) {
                    part.cancel(true);
                }
            }
        });
    }

    /** Tells the whole of the end of one part. */
    private static final class Gathered<T extends @Nullable Object> extends TaskObserver {
        private final List<TaskCell<? extends T>> parts;
        private final AtomicInteger undone;
        private final PromiseCell<List<T>> whole;

        Gathered(List<TaskCell<? extends T>> parts, AtomicInteger undone, PromiseCell<List<T>> whole) {
            this.parts = parts;
            this.undone = undone;
            this.whole = whole;
        }

        @Override
        public void done(TaskCell<?> part) {
            try {
                tell(part);
            } catch (OutOfMemoryError noMemory) {
                whole.promiseFailure(Failure.UNTOLD.thrown());
            }
        }

        private void tell(TaskCell<?> part) {
            if (part.state() == Future.State.SUCCESS) {
                if (undone.decrementAndGet() == 0) {
                    whole.promise(values(parts));
                }
            } else {
                whole.promiseFailure(
                        part.isCancelled() ? new CancellationException(part + " is gathered") : part.exceptionNow());
            }
        }
    }

    /**
     * Returns an interrupt as the unchecked methods report it: the thread's flag is set again, the awaited tasks go on.
     */
    public static CancellationException interrupted(String doing) {
        Thread.currentThread().interrupt();
        return new CancellationException("interrupted while " + doing);
    }

    private static <T extends @Nullable Object> List<T> values(List<TaskCell<? extends T>> cells) {
        List<T> values = new ArrayList<>(cells.size());
        for (TaskCell<? extends T> cell : cells) {
            values.add(cell.resultNow());
        }
        return Collections.unmodifiableList(values);
    }

    /**
     * Returns each future once, in the order of its first appearance. A future gives values and never takes one, so a
     * future of a subtype may stand for a future of {@code T}.
     */
    @SuppressWarnings("unchecked")
    private static <T extends @Nullable Object> List<TaskCell<T>> distinct(
            Iterable<? extends TaskFuture<? extends T>> futures) {
        List<TaskCell<T>> all = new ArrayList<>(futures instanceof Collection<?> known ? known.size() : 16);
        // futures of one pool are, if they were submitted one after the other: then all differ
        boolean ascending = true;
        TaskCell<T> last = null;
        for (TaskFuture<? extends T> future : futures) {
            TaskCell<T> cell = (TaskCell<T>) Checks.present(future, "a future");
            ascending &= last == null || cell.isAfter(last);
            all.add(cell);
            last = cell;
        }
        return ascending ? all : new ArrayList<>(new LinkedHashSet<>(all));
    }

    /**
     * Keeps no future that it has given out: the list goes to the {@link CompletionQueue}, which drop each when it is
     * taken.
     */
    private static final class Arriving<T extends @Nullable Object> implements Iterator<TaskFuture<T>> {
        private final int total;
        private final long deadline;
        private final CompletionQueue<T> arrivals;

        Arriving(List<TaskCell<T>> all, long deadline) {
            this.total = all.size();
            this.deadline = deadline;
            this.arrivals = new CompletionQueue<>(all);
        }

        @Override
        public boolean hasNext() {
            return arrivals.remaining() > 0;
        }

        @Override
        public TaskFuture<T> next() {
            if (!hasNext()) {
                throw new NoSuchElementException("all " + total + " futures have been given out");
            }
            try {
                TaskCell<T> next = arrivals.take(deadline);
                if (next != null) {
                    return next;
                }
            } catch (InterruptedException e) {
                throw interrupted("waiting for " + arrivals.remaining() + " futures, which go on");
            }
            int unfinished = arrivals.remaining();
            arrivals.close();
            throw new DeadlineExceededException(unfinished + " (of " + total + ") futures unfinished");
        }
    }
}
