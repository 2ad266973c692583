package dev.pando.loop;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Coroutines that wait for something to be given to them, first come, first served. Whoever gives, gives to the first and
 * takes it out in the same step: from then on it has what it waited for, and a cancellation that comes later lands at its
 * next verb. Whoever is cancelled before leaves the line and takes nothing along. So nothing is lost in between.
 */
final class WaitLine<T> {
    private @Nullable Place<T> first;
    private @Nullable Place<T> last;
    private int size;

    /** One who waits, and what it brought or was given. */
    public static final class Place<T> {
        public final Coroutine who;
        public @Nullable T item;
        private boolean served;
        private @Nullable Place<T> before;
        private @Nullable Place<T> after;

        Place(Coroutine who, @Nullable T item) {
            this.who = who;
            this.item = item;
        }
    }

    public boolean isEmpty() {
        return first == null;
    }

    public int size() {
        return size;
    }

    /** Stands in line until served. */
    public Place<T> stand(Coroutine me, @Nullable T item, Object on) {
        Place<T> mine = new Place<>(me, item);
        append(mine);
        try {
            while (!mine.served) {
                me.suspend(on);
                if (!mine.served) me.check();
            }
            return mine;
        } finally {
            if (!mine.served) remove(mine);
        }
    }

    /** The first in line, who has now what it waited for; not when empty. */
    public Place<T> serve() {
        Place<T> next = Objects.requireNonNull(first, "nobody waits");
        remove(next);
        next.served = true;
        next.who.wakeNow();
        return next;
    }

    public void serveAll() {
        while (first != null) serve();
    }

    private void append(Place<T> place) {
        place.before = last;
        if (last == null) first = place;
        else last.after = place;
        last = place;
        size++;
    }

    private void remove(Place<T> place) {
        if (place.before == null) first = place.after;
        else place.before.after = place.after;
        if (place.after == null) last = place.before;
        else place.after.before = place.before;
        size--;
    }
}
