package dev.pando.internal.deadlock;

import java.util.Collection;
import java.util.List;

/** What a task waits for: an edge of the wait-for graph in which {@link DeadlockDetector} looks for deadlocks. */
public sealed interface WaitEdge {

    /** Whether the wait ends by itself. */
    boolean timed();

    /** Returns the same wait, which ends by itself. */
    WaitEdge asTimed();

    /** For all of these, or for any of them. */
    record For(Collection<? extends AwaitedTask> tasks, boolean all, boolean timed) implements WaitEdge {

        @Override
        public For asTimed() {
            return timed ? this : new For(tasks, all, true);
        }

        @Override
        public String toString() {
            int count = tasks.size();
            if (count == 1) {
                return String.valueOf(tasks.iterator().next());
            }
            return (all ? "all of " : "any of ") + count + " tasks";
        }

        public static For one(AwaitedTask task, boolean timed) {
            return new For(List.of(task), true, timed);
        }
    }

    /** The place in which a submitter stands that waits for room. */
    interface RoomTicket {

        /** Lets the submitter in beyond the bound: every worker waits, so no room would ever come. */
        void admit();

        boolean admitted();
    }

    /** For room in a pool's queue. */
    record Room(WaitingPool pool, RoomTicket ticket, boolean timed) implements WaitEdge {
        @Override
        public Room asTimed() {
            return timed ? this : new Room(pool, ticket, true);
        }

        @Override
        public String toString() {
            return "room in the queue of pool " + pool.name();
        }
    }
}
