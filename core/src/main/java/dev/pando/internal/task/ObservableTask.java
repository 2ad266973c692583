package dev.pando.internal.task;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.pando.internal.util.FaultKind;
import dev.pando.internal.util.FaultLog;
import dev.pando.internal.util.FieldHandles;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A task's state, and the observers that are told when it is done. The list is a Treiber stack, closed by one exchange
 * when the task is done: a later observer finds it closed. So no observer is missed, none is told twice, and the end of
 * a task without observers costs that one exchange.
 */
public abstract class ObservableTask extends TaskState {

    /** Stands in the place of the list when it is closed. */
    static final TaskObserver CLOSED = new TaskObserver() {
        @Override
        public void done(TaskCell<?> cell) {}
    };

    volatile @Nullable TaskObserver observers;

    private static final VarHandle OBSERVERS =
            FieldHandles.find(MethodHandles.lookup(), "observers", TaskObserver.class);

    ObservableTask(@Nullable Object work) {
        super(work);
    }

    /** Adds an observer. {@code false}: the task is done already, and the observer will not be told. */
    @CheckReturnValue
    public final boolean observe(TaskObserver observer) {
        while (true) {
            TaskObserver first = observers;
            if (first == CLOSED) {
                return false;
            }
            if (first != null && isLitter(first)) {
                while (!swept()) {} // so that the links of readers that were dropped do not pile up
                continue;
            }
            if (observer.next != first) {
                observer.next = first;
            }
            if (OBSERVERS.compareAndSet(this, first, observer)) {
                return true;
            }
        }
    }

    /** Returns whether some observer waits to be told, or the task is done. */
    public final boolean isObserved() {
        return observers != null;
    }

    /** A look at the two newest: the newest may be about to leave, and is not seen as gone before it is collected. */
    private static boolean isLitter(TaskObserver first) {
        TaskObserver second = first.next;
        return first.abandoned() || (second != null && second.abandoned());
    }

    /** Takes out this link, and every other that is abandoned. */
    public final void forget(TaskObserver observer) {
        observer.gone = true;
        while (!swept()) {} // until a look finds nothing: a neighbour's removal may have put back what ours took out
    }

    /** Takes out the first link that is abandoned. {@code true}: there was none. */
    private boolean swept() {
        TaskObserver before = null;
        for (TaskObserver at = observers; at != null && at != CLOSED; at = at.next) {
            if (at.abandoned()) {
                if (before == null) {
                    OBSERVERS.compareAndSet(this, at, at.next);
                } else {
                    before.next = at.next;
                }
                return false;
            }
            before = at;
        }
        return true;
    }

    /** Closes the list, wakes the waiters, oldest first, and then runs the callbacks. */
    final void announce(TaskCell<?> self) {
        TaskObserver newest = announceToWaiters(self);
        if (newest != null) {
            runCallbacks(newest, self);
        }
    }

    /**
     * Closes the list and wakes the waiters, oldest first. Returns the list if there are callbacks in it, which the
     * caller must {@link #runCallbacks run}.
     */
    @CheckReturnValue
    final @Nullable TaskObserver announceToWaiters(TaskCell<?> self) {
        TaskObserver newest = (TaskObserver) OBSERVERS.getAndSet(this, CLOSED);
        if (newest == null || newest == CLOSED) {
            return null;
        }
        return tell(newest, false, self) ? newest : null;
    }

    /** Runs the callbacks of a list that was closed, oldest first. */
    final void runCallbacks(TaskObserver newest, TaskCell<?> self) {
        var _ = tell(newest, true, self);
    }

    /**
     * Tells one kind of the observers. Returns whether there are others. What one throws does not keep the others from
     * being told; nor does a want of memory, except that they are told newest first.
     */
    private static boolean tell(TaskObserver newest, boolean callbacks, TaskCell<?> self) {
        if (newest.next == null) {
            return tell(newest, callbacks, self, false);
        }
        boolean others = false;
        // A copy: an observer that leaves late may still be taking links out of the list.
        @Nullable TaskObserver[] newestFirst = copyOf(newest);
        if (newestFirst == null) {
            for (TaskObserver at = newest; at != null; at = at.next) {
                others = tell(at, callbacks, self, others);
            }
            return others;
        }
        for (int i = newestFirst.length - 1; i >= 0; i--) {
            TaskObserver observer = newestFirst[i];
            if (observer != null) {
                others = tell(observer, callbacks, self, others);
            }
        }
        return others;
    }

    private static boolean tell(TaskObserver observer, boolean callbacks, TaskCell<?> self, boolean others) {
        if (observer.isCallback() != callbacks) {
            return true;
        }
        if (!observer.gone) {
            try {
                observer.done(self);
            } catch (Throwable t) {
                FaultLog.tell(FaultKind.OBSERVER, null, t);
            }
        }
        return others;
    }

    /** Returns null if there is no memory for it. */
    private static @Nullable TaskObserver @Nullable [] copyOf(TaskObserver newest) {
        int count = 0;
        for (TaskObserver at = newest; at != null; at = at.next) {
            count++;
        }
        @Nullable TaskObserver[] all;
        try {
            all = new @Nullable TaskObserver[count];
        } catch (OutOfMemoryError noRoom) {
            return null;
        }
        TaskObserver at = newest;
        for (int i = 0; i < count && at != null; i++, at = at.next) { // it may have become shorter
            all[i] = at;
        }
        return all;
    }
}
