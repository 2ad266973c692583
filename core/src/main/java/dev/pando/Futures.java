package dev.pando;

import dev.pando.internal.util.Checks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What can be done with many futures. They may come from different pools, and be given in any number, more than once. */
public final class Futures {

    private Futures() {}

    /** Waits until all are done. */
    public static <T extends @Nullable Object> Waited<T> wait(Iterable<? extends TaskFuture<? extends T>> futures) {
        return wait(futures, When.ALL_COMPLETED);
    }

    /** Waits until it is so. */
    public static <T extends @Nullable Object> Waited<T> wait(Iterable<? extends TaskFuture<? extends T>> futures, When when) {
        return wait(futures, Checks.present(when, "when"), Blocking.NEVER);
    }

    /** Waits until it is so, or the time is over, which is no error: what is not done is in {@code notDone()}. */
    public static <T extends @Nullable Object> Waited<T> wait(
            Iterable<? extends TaskFuture<? extends T>> futures, When when, Duration timeout) {
        Checks.present(when, "when");
        return wait(futures, when, Blocking.deadline(Checks.notNegative(timeout, "timeout")));
    }

    private static <T extends @Nullable Object> Waited<T> wait(
            Iterable<? extends TaskFuture<? extends T>> futures, When when, long deadline) {
        List<TaskCell<T>> all = distinct(futures);
        try {
            Watch.over(all, when).await(deadline);
        } catch (InterruptedException e) {
            throw interrupted("waiting for " + all.size() + " futures, which go on");
        }
        Set<TaskFuture<T>> done = new LinkedHashSet<>();
        Set<TaskFuture<T>> notDone = new LinkedHashSet<>();
        for (TaskFuture<T> future : all) (future.isDone() ? done : notDone).add(future);
        return new Waited<>(done, notDone);
    }

    /** The futures one by one as they are done, those that are done already first. Each distinct one once. */
    public static <T extends @Nullable Object> Iterable<TaskFuture<T>> asCompleted(
            Iterable<? extends TaskFuture<? extends T>> futures) {
        return arriving(distinct(futures), Blocking.NEVER);
    }

    /**
     * As {@link #asCompleted(Iterable)}, but all of it takes no longer than this, counted from now. What is ready is given
     * out first, however late it is asked for; then {@link DeadlineExceededException} says how many are unfinished.
     */
    public static <T extends @Nullable Object> Iterable<TaskFuture<T>> asCompleted(
            Iterable<? extends TaskFuture<? extends T>> futures, Duration timeout) {
        long nanos = Checks.notNegative(timeout, "timeout");
        return arriving(distinct(futures), Blocking.deadline(nanos));
    }

    /**
     * All the values, in the order of the futures. The first that fails fails it, with the same error, and the others go
     * on; a cancelled one counts as failed. Cancelling it cancels those that are not done.
     */
    public static <T extends @Nullable Object> TaskFuture<List<T>> gather(Iterable<? extends TaskFuture<? extends T>> futures) {
        List<TaskCell<? extends T>> parts = new ArrayList<>();
        for (TaskFuture<? extends T> future : Checks.present(futures, "futures")) {
            parts.add((TaskCell<? extends T>) Checks.present(future, "a future"));
        }
        TaskCell<List<T>> whole = TaskCell.promisedBy(new Wait.For(List.copyOf(parts), true, false));
        AtomicInteger left = new AtomicInteger(parts.size());
        for (TaskCell<? extends T> part : parts) {
            Gathered<T> link = new Gathered<>(parts, left, whole);
            if (!part.observe(link)) link.done(part);
        }
        if (parts.isEmpty()) whole.promise(List.of());
        return whole.onDone(done -> {
            if (done.isCancelled()) for (TaskCell<?> part : parts) part.cancel(true);
        });
    }

    /** Tells the whole of the end of one part. */
    private static final class Gathered<T extends @Nullable Object> extends Observer {
        private final List<TaskCell<? extends T>> parts;
        private final AtomicInteger left;
        private final TaskCell<List<T>> whole;

        Gathered(List<TaskCell<? extends T>> parts, AtomicInteger left, TaskCell<List<T>> whole) {
            this.parts = parts;
            this.left = left;
            this.whole = whole;
        }

        @Override
        void done(TaskCell<?> part) {
            if (part.state() == Future.State.SUCCESS) {
                if (left.decrementAndGet() == 0) whole.promise(values(parts));
            } else {
                whole.promiseFailure(
                        part.isCancelled() ? new CancellationException(part + " is gathered") : part.exceptionNow());
            }
        }
    }

    /** An interrupt, as the unchecked methods report it: the flag is kept, the work goes on. */
    static CancellationException interrupted(String doing) {
        Thread.currentThread().interrupt();
        return new CancellationException("interrupted while " + doing);
    }

    private static <T extends @Nullable Object> List<T> values(List<TaskCell<? extends T>> cells) {
        List<T> values = new ArrayList<>(cells.size());
        for (TaskCell<? extends T> cell : cells) values.add(cell.resultNow());
        return java.util.Collections.unmodifiableList(values);
    }

    /**
     * Each once, in the order given. A future gives a value and never takes one, so a future of less is as good as a
     * future of more.
     */
    @SuppressWarnings("unchecked")
    private static <T extends @Nullable Object> List<TaskCell<T>> distinct(
            Iterable<? extends TaskFuture<? extends T>> futures) {
        List<TaskCell<T>> all =
                new ArrayList<>(Checks.present(futures, "futures") instanceof Collection<?> known ? known.size() : 16);
        boolean ascending = true; // as those of one pool are, submitted one after the other: then all differ
        TaskCell<T> last = null;
        for (TaskFuture<? extends T> future : futures) {
            TaskCell<T> cell = (TaskCell<T>) Checks.present(future, "a future");
            ascending &= last == null || cell.isAfter(last);
            all.add(cell);
            last = cell;
        }
        return ascending ? all : new ArrayList<>(new LinkedHashSet<>(all));
    }

    private static <T extends @Nullable Object> Iterable<TaskFuture<T>> arriving(List<TaskCell<T>> all, long deadline) {
        return () -> new Arriving<>(all, deadline);
    }

    /** Holds no future that it has given out: the list goes to the arrivals, which let go of each. */
    private static final class Arriving<T extends @Nullable Object> implements Iterator<TaskFuture<T>> {
        private final int total;
        private final long deadline;
        private final Arrivals<T> arrivals;

        Arriving(List<TaskCell<T>> all, long deadline) {
            this.total = all.size();
            this.deadline = deadline;
            this.arrivals = new Arrivals<>(all);
        }

        @Override
        public boolean hasNext() {
            return arrivals.left() > 0;
        }

        @Override
        public TaskFuture<T> next() {
            if (!hasNext()) throw new NoSuchElementException("all " + total + " futures have been given out");
            try {
                TaskCell<T> next = arrivals.take(deadline);
                if (next != null) return next;
            } catch (InterruptedException e) {
                throw interrupted("waiting for " + arrivals.left() + " futures, which go on");
            }
            int left = arrivals.left();
            arrivals.close();
            throw new DeadlineExceededException(left + " (of " + total + ") futures unfinished");
        }
    }
}
