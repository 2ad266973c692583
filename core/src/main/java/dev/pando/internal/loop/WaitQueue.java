package dev.pando.internal.loop;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A FIFO of coroutines that wait for something to be handed to them. The giver serves the first and takes it out in the
 * same step: from then on that coroutine has what it waited for, and a cancellation that comes later lands at its next
 * verb. A coroutine that is cancelled before leaves the line and takes nothing along. So nothing is lost in between,
 * and no newcomer overtakes. Belongs to the thread that holds the turn.
 */
public final class WaitQueue<T> {
    private @Nullable Place<T> first;
    private @Nullable Place<T> last;
    private int size;

    /** A waiting coroutine, and what it brought or was handed. */
    public static final class Place<T> {
        public final Coroutine coroutine;
        public @Nullable T item;

        /** Why the giver could do nothing with what this one brought. */
        public @Nullable Throwable refusal;

        private boolean served;
        private @Nullable Place<T> before;
        private @Nullable Place<T> after;

        Place(Coroutine coroutine, @Nullable T item) {
            this.coroutine = coroutine;
            this.item = item;
        }
    }

    public boolean isEmpty() {
        return first == null;
    }

    public int size() {
        return size;
    }

    /** Makes the coroutine wait until it is served. Returns its place, with what it was handed. */
    public Place<T> stand(Coroutine me, @Nullable T item, Object on) {
        Place<T> mine = new Place<>(me, item);
        append(mine);
        try {
            while (!mine.served) {
                me.suspend(on);
                if (!mine.served) {
                    me.check();
                }
            }
            return mine;
        } finally {
            if (!mine.served) {
                remove(mine);
            }
        }
    }

    /**
     * As {@link #stand}, but neither a cancellation, nor a timeout, nor an interrupt ends the wait: the next verb sees
     * it.
     */
    public Place<T> standFirm(Coroutine me, @Nullable T item, Object on) {
        Place<T> mine = new Place<>(me, item);
        append(mine);
        boolean interrupted = false;
        try {
            while (!mine.served) {
                interrupted |= Thread.interrupted(); // or else each park of the thread would end at once
                me.suspend(on);
            }
            return mine;
        } finally {
            if (!mine.served) {
                remove(mine);
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Takes out the first and wakes it. Returns its place, for the giver to put something in. Throws if the line is
     * empty.
     */
    public Place<T> serve() {
        Place<T> next = Objects.requireNonNull(first, "nobody waits");
        remove(next);
        next.served = true;
        next.coroutine.wakeNow();
        return next;
    }

    public void serveAll() {
        while (first != null) {
            serve();
        }
    }

    private void append(Place<T> place) {
        place.before = last;
        if (last == null) {
            first = place;
        } else {
            last.after = place;
        }
        last = place;
        size++;
    }

    private void remove(Place<T> place) {
        if (place.before == null) {
            first = place.after;
        } else {
            place.before.after = place.after;
        }
        if (place.after == null) {
            last = place.before;
        } else {
            place.after.before = place.before;
        }
        size--;
    }
}
