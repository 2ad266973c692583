package dev.pando;

import java.util.Collection;
import java.util.List;

/** What a task waits for: an edge of the graph in which {@link Knot} looks for circles. */
sealed interface Wait {

    /** Whether the wait ends by itself. */
    boolean timed();

    /** For all of these, or for any of them. */
    record For(Collection<? extends TaskCell<?>> cells, boolean all, boolean timed) implements Wait {

        @Override
        public String toString() {
            int count = cells.size();
            if (count == 1) return String.valueOf(cells.iterator().next());
            return (all ? "all of " : "any of ") + count + " tasks";
        }

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

        @Override
        public String toString() {
            return "room in the queue of pool " + pool.name();
        }
    }
}
