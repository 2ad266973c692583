package dev.pando.internal.task;

import dev.pando.spi.Waiter;
import org.jspecify.annotations.Nullable;

/** Somebody who wants to know when a cell is done: a link in that cell's list, told once. */
public abstract class TaskObserver {
    /** Fixed once the observer is in a list, except by the removal of its successor. */
    volatile @Nullable TaskObserver next;

    /** Set by whoever waits no longer; the link is taken out soon after. */
    public volatile boolean gone;

    /** Whether nobody is interested any more, although nobody said so: a reader that was dropped in the middle. */
    public boolean abandoned() {
        return gone;
    }

    /** Called once, on the thread that ended the cell, under no lock. */
    public abstract void done(TaskCell<?> cell);

    /** A user's callback is called after everybody who waits has been woken. */
    boolean isCallback() {
        return false;
    }

    /** Wakes one who waits until the cell is done. */
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
