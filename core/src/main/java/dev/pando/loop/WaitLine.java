package dev.pando.loop;

import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;

/**
 * Coroutines that wait for something to be given to them, first come, first served. Whoever gives, gives to the first and
 * takes it out in the same step: from then on it has what it waited for, and a cancellation that comes later lands at its
 * next verb. Whoever is cancelled before leaves the line and takes nothing along. So nothing is lost in between.
 */
final class WaitLine<T> {
    private final LinkedHashSet<Place<T>> places = new LinkedHashSet<>();

    /** One who waits, and what it brought or was given. */
    static final class Place<T> {
        final Coroutine who;
        @Nullable T item;
        private boolean served;

        Place(Coroutine who, @Nullable T item) {
            this.who = who;
            this.item = item;
        }
    }

    boolean isEmpty() {
        return places.isEmpty();
    }

    int size() {
        return places.size();
    }

    /** Stands in line until served. */
    Place<T> stand(Coroutine me, @Nullable T item, Object on) {
        Place<T> mine = new Place<>(me, item);
        places.add(mine);
        try {
            while (!mine.served) {
                me.suspend(on);
                if (!mine.served) me.check();
            }
            return mine;
        } finally {
            if (!mine.served) places.remove(mine);
        }
    }

    /** The first in line, who has now what it waited for; not when empty. */
    Place<T> serve() {
        Place<T> first = places.removeFirst();
        first.served = true;
        first.who.wakeNow();
        return first;
    }

    void serveAll() {
        while (!places.isEmpty()) serve();
    }
}
