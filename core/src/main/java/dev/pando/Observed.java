package dev.pando;

import dev.pando.internal.util.FieldHandles;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task's state, and those who want to know when it is done. The list is a stack of links, closed by one exchange when
 * the task is done: whoever comes later finds it closed and knows. So nobody is missed, nobody is told twice, and ending
 * a task that nobody waits for costs that one exchange.
 */
abstract class Observed extends TaskState {

    /** What stands in the place of the list when it is closed. */
    private static final Observer CLOSED = new Observer() {
        @Override
        void done(TaskCell<?> cell) {}
    };

    private volatile @Nullable Observer observers;

    private static final VarHandle OBSERVERS = FieldHandles.find(MethodHandles.lookup(), "observers", Observer.class);

    Observed(@Nullable Object work) {
        super(work);
    }

    /** {@code false}: too late, the task is done and the observer will not be told. */
    final boolean observe(Observer observer) {
        while (true) {
            Observer first = observers;
            if (first == CLOSED) return false;
            if (first != null && isLitter(first)) {
                while (!swept()) {} // so that those who left without a word do not pile up
                continue;
            }
            if (observer.next != first) observer.next = first;
            if (OBSERVERS.compareAndSet(this, first, observer)) return true;
        }
    }

    /** A look at the two newest: the newest may be about to leave, and is not seen as gone before it is collected. */
    private static boolean isLitter(Observer first) {
        Observer second = first.next;
        return first.abandoned() || (second != null && second.abandoned());
    }

    /** Takes out every link that nobody is interested in any more. */
    final void forget(Observer observer) {
        observer.gone = true;
        while (!swept()) {} // until a look finds nothing: a neighbour's removal may have put back what ours took out
    }

    /** Takes out the first link that is gone. True: there was none. */
    private boolean swept() {
        Observer before = null;
        for (Observer at = observers; at != null && at != CLOSED; at = at.next) {
            if (at.abandoned()) {
                if (before == null) OBSERVERS.compareAndSet(this, at, at.next);
                else before.next = at.next;
                return false;
            }
            before = at;
        }
        return true;
    }

    /** Closes the list and tells everybody in it, oldest first: those who wait, then the callbacks. */
    final void announce(TaskCell<?> self) {
        for (Observer callback : announceToWaiters(self)) callback.done(self);
    }

    /** Closes the list, and tells those in it who wait, oldest first. The callbacks, which somebody has to tell now. */
    final List<Observer> announceToWaiters(TaskCell<?> self) {
        Observer newest = (Observer) OBSERVERS.getAndSet(this, CLOSED);
        if (newest == null || newest == CLOSED) return List.of();
        if (newest.next == null) {
            if (newest.isCallback()) return List.of(newest);
            if (!newest.gone) newest.done(self);
            return List.of();
        }
        // A copy: somebody who was late to leave may still be taking links out of the list.
        Observer[] newestFirst = copyOf(newest);
        List<Observer> callbacks = List.of();
        for (int i = newestFirst.length - 1; i >= 0; i--) {
            Observer observer = newestFirst[i];
            if (observer.isCallback()) {
                if (callbacks.isEmpty()) callbacks = new java.util.ArrayList<>();
                callbacks.add(observer);
            } else if (!observer.gone) {
                observer.done(self);
            }
        }
        return callbacks;
    }

    /** How many observe; for tests that look for leaks. */
    final int observers() {
        int count = 0;
        for (Observer at = observers; at != null && at != CLOSED; at = at.next) count++;
        return count;
    }

    private static Observer[] copyOf(Observer newest) {
        java.util.ArrayList<Observer> all = new java.util.ArrayList<>();
        for (Observer at = newest; at != null; at = at.next) all.add(at);
        return all.toArray(new Observer[0]);
    }
}
