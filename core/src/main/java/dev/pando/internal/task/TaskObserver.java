package dev.pando.internal.task;

import dev.pando.spi.Waiter;
import org.jspecify.annotations.Nullable;

/** An observer of the end of a task: a link in the list of its cell, told once. */
public abstract class TaskObserver {
    /** Fixed once the observer is in a list, except by the removal of its successor. */
    volatile @Nullable TaskObserver next;

    /** Set by a thread that waits no longer; the link is taken out soon after. */
    public volatile boolean gone;

    /** Returns whether the observer was dropped without a word, as an iterator that is left in the middle. */
    public boolean abandoned() {
        return gone;
    }

    /** Called once, on the thread that ended the cell, under no lock. */
    public abstract void done(TaskCell<?> cell);

    /** Returns whether this is a user's callback, which is called after all waiting threads were woken. */
    boolean isCallback() {
        return false;
    }

    /** Wakes a thread that waits until the cell is done. */
    public static final class Waker extends TaskObserver {
        private final Waiter waiter;

        Waker(Waiter waiter) {
            this.waiter = waiter;
        }

        @Override
        public void done(TaskCell<?> cell) {
            waiter.wake();
        }
    }
}
