package dev.pando;

import java.util.Collection;
import java.util.List;

/** What a task waits for: an edge of the graph in which {@link Knot} looks for circles. */
sealed interface Wait {

    /** Whether the wait ends by itself. */
    boolean timed();

    /** For all of these, or for any of them. */
    record For(Collection<? extends TaskCell<?>> cells, boolean all, boolean timed) implements Wait {

        static For one(TaskCell<?> cell, boolean timed) {
            return new For(List.of(cell), true, timed);
        }
    }

    /** For room in a pool's line. */
    record Room(PoolCore pool, Admission.Ticket ticket) implements Wait {
        @Override
        public boolean timed() {
            return false;
        }
    }
}
