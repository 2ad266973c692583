package dev.pando.internal.pool;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pando.internal.task.TaskCell;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that wait for a worker: first in, first out, except that a higher priority goes before a lower one. How
 * many may wait is decided by {@link Admission}.
 *
 * <p>A task that is cancelled leaves a dead entry behind, which is skipped when its turn comes. So that a program which
 * submits and cancels for ever does not grow, dead entries are swept out when they outnumber the living.
 */
final class TaskQueue {
    /**
     * Dead entries that a sweep must find at least, so that a short queue is not swept at every other cancellation. 64
     * take 4 KB.
     */
    private static final int DEAD_BEFORE_SWEEP = 64;

    private final ConcurrentLinkedQueue<TaskCell<?>> ordinary = new ConcurrentLinkedQueue<>();
    /** Tasks that were taken and came back, which go first. None of them has a priority. */
    private final ConcurrentLinkedDeque<TaskCell<?>> returned = new ConcurrentLinkedDeque<>();

    private final PriorityBlockingQueue<Ranked> ranked = new PriorityBlockingQueue<>();
    private final AtomicLong arrivals = new AtomicLong();
    private final AtomicInteger dead = new AtomicInteger();
    private final IntSupplier living;

    /** Set by the first task with a priority; until then {@code ranked} is not even looked at. */
    private volatile boolean anyRanked;

    TaskQueue(IntSupplier living) {
        this.living = living;
    }

    void add(TaskCell<?> cell) {
        int priority = cell.options().priority();
        if (priority == 0) {
            ordinary.add(cell);
        } else {
            ranked.add(new Ranked(priority, arrivals.getAndIncrement(), cell));
            anyRanked = true;
        }
    }

    /** Puts a task that was taken first again; of several, the last one put back is the first. */
    void putBack(TaskCell<?> cell) {
        if (cell.options().priority() == 0) {
            returned.addFirst(cell);
        } else {
            add(cell);
        }
    }

    /** Returns whether a task may stand here that goes before tasks that came earlier. */
    boolean isRanked() {
        return anyRanked;
    }

    boolean isEmpty() {
        return returned.isEmpty() && ordinary.isEmpty() && (!anyRanked || ranked.isEmpty());
    }

    @Nullable
    TaskCell<?> next() {
        while (true) {
            TaskCell<?> cell = anyRanked ? nextRanked() : nextOrdinary();
            if (cell == null || cell.isPending()) {
                return cell;
            }
            dead.decrementAndGet();
        }
    }

    private @Nullable TaskCell<?> nextOrdinary() {
        TaskCell<?> cell = returned.poll();
        return cell != null ? cell : ordinary.poll();
    }

    private @Nullable TaskCell<?> nextRanked() {
        Ranked first = ranked.peek();
        if (first != null && first.priority > 0 && ranked.remove(first)) {
            return first.cell;
        }
        TaskCell<?> cell = nextOrdinary();
        if (cell != null) {
            return cell;
        }
        Ranked last = ranked.poll();
        return last == null ? null : last.cell;
    }

    /** Returns the first tasks that wait, in the order in which workers take them, while workers take them. */
    List<TaskCell<?>> first(int most) {
        List<TaskCell<?>> found = new ArrayList<>();
        List<Ranked> byRank = anyRanked ? new ArrayList<>(ranked) : List.of();
        if (!byRank.isEmpty()) {
            Collections.sort(byRank);
        }
        int low = 0;
        while (low < byRank.size() && byRank.get(low).priority > 0) {
            addPending(byRank.get(low++).cell, found, most);
        }
        for (Collection<TaskCell<?>> part : List.<Collection<TaskCell<?>>>of(returned, ordinary)) {
            for (TaskCell<?> cell : part) {
                if (!addPending(cell, found, most)) {
                    break;
                }
            }
        }
        while (low < byRank.size()) {
            addPending(byRank.get(low++).cell, found, most);
        }
        return found;
    }

    /** Returns whether there is room for another one. */
    @CanIgnoreReturnValue
    private static boolean addPending(TaskCell<?> cell, List<TaskCell<?>> found, int most) {
        if (found.size() < most && cell.isPending()) {
            found.add(cell);
        }
        return found.size() < most;
    }

    /** Returns the task of this number, null if none such waits. */
    @Nullable
    TaskCell<?> find(long id) {
        for (TaskCell<?> cell : first(Integer.MAX_VALUE)) {
            if (cell.number() == id) {
                return cell;
            }
        }
        return null;
    }

    /** Counts an entry as dead, whose task was cancelled, or run out of turn; sweeps if there are too many. */
    void countDead() {
        int count = dead.incrementAndGet();
        if (count > DEAD_BEFORE_SWEEP && count > living.getAsInt() && dead.compareAndSet(count, 0)) {
            sweep();
        }
    }

    private void sweep() {
        try {
            returned.removeIf(cell -> !cell.isPending());
            ordinary.removeIf(cell -> !cell.isPending());
            ranked.removeIf(entry -> !entry.cell.isPending());
        } catch (Throwable noMemory) { // a lambda is linked at its first use
            // what stays is skipped in its turn
        }
    }

    private record Ranked(int priority, long arrival, TaskCell<?> cell) implements Comparable<Ranked> {
        @Override
        public int compareTo(Ranked other) {
            return priority == other.priority
                    ? Long.compare(arrival, other.arrival)
                    : Integer.compare(other.priority, priority);
        }

        /** No two entries are equal. A record's own way to compare is made at its first use, which needs memory. */
        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(arrival);
        }
    }
}
