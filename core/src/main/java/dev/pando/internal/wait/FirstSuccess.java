package dev.pando.internal.wait;

import dev.pando.internal.deadlock.BlockingWait;
import dev.pando.internal.deadlock.WaitEdge;
import dev.pando.internal.task.TaskCell;
import dev.pando.internal.task.TaskObserver;
import dev.pando.spi.Waiter;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The wait of one thread for the first of its tasks that succeeds, while it still submits them. The threads that end
 * the tasks note what came, and wake the waiting thread.
 */
public final class FirstSuccess<T extends @Nullable Object> {
    private final Waiter waiter = Waiter.current();
    private final List<TaskCell<T>> cells = new ArrayList<>();
    private final AtomicReference<@Nullable TaskCell<?>> winner = new AtomicReference<>();
    private final AtomicInteger failed = new AtomicInteger();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    /** Adds a task, which may be done. */
    public void add(TaskCell<T> cell) {
        cells.add(cell);
        TaskObserver observer = new TaskObserver() {
            @Override
            public void done(TaskCell<?> ended) {
                note(ended);
            }
        };
        if (!cell.observe(observer)) {
            note(cell);
        }
    }

    private void note(TaskCell<?> ended) {
        if (ended.state() == Future.State.SUCCESS) {
            winner.compareAndSet(null, ended);
        } else {
            try {
                noteFailure(ended);
            } catch (OutOfMemoryError noMemory) {
                // it counts all the same
            }
            failed.incrementAndGet();
        }
        waiter.wake();
    }

    private void noteFailure(TaskCell<?> ended) {
        failures.add(
                ended.isCancelled()
                        ? new CancellationException(ended.name() + " was cancelled")
                        : ended.exceptionNow());
    }

    public boolean isThere() {
        return winner.get() != null;
    }

    /** Returns the first task that succeeded, null if none has. */
    @SuppressWarnings("unchecked") // only cells of this type were added
    public @Nullable TaskCell<T> get() {
        return (TaskCell<T>) winner.get();
    }

    /** Waits until a task has succeeded or all have ended. Returns false if the deadline passed. */
    public boolean await(long deadline) throws InterruptedException {
        WaitEdge wait = new WaitEdge.For(MultiWait.undone(cells), false, deadline != BlockingWait.NEVER);
        return BlockingWait.await(waiter, wait, () -> isThere() || failed.get() == cells.size(), deadline);
    }

    /** Returns what the tasks threw that did not succeed. */
    public List<Throwable> failures() {
        return List.copyOf(failures);
    }

    /** Cancels every task that is not done. */
    public void cancelRest() {
        for (TaskCell<T> cell : cells) {
            cell.cancel(true);
        }
    }

    public int size() {
        return cells.size();
    }
}
