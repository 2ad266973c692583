package dev.pando.cluster.internal.node;

import com.google.errorprone.annotations.CheckReturnValue;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The slots of a node, shared by the programs that have work for it: while two want more than there is, each gets an
 * equal share; while one has no work, the other may have all. One that is alone may have more than there are, for tasks
 * that lie at a worker which is at another. Any thread may call it; no call waits.
 */
final class SlotShare {
    private final int slots;

    /** How many slots each program has that has any, or wants some. */
    @GuardedBy("this")
    private final Map<Object, Integer> taken = new HashMap<>();

    /** Programs that were refused a slot, in that order, each once. */
    @GuardedBy("this")
    private final Set<Object> waiting = new LinkedHashSet<>();

    /** Negative while tasks lie at workers. */
    @GuardedBy("this")
    private int free;

    SlotShare(int slots) {
        this.slots = slots;
        this.free = slots;
    }

    /** As {@link #take(Object, boolean)}, of what there is. */
    boolean take(Object program) {
        return take(program, false);
    }

    /**
     * Takes a slot for this program. Returns false if none is free, or if others have a better claim to it.
     *
     * @param mayLie whether one that is not there will do, as long as no other program has or wants one
     */
    @CheckReturnValue
    synchronized boolean take(Object program, boolean mayLie) {
        int mine = taken.getOrDefault(program, 0);
        if (mayLie && free <= 0 && isAlone(program)) {
            free--;
            taken.put(program, mine + 1);
            return true;
        }
        int claims = waiting.size() + (waiting.contains(program) ? 0 : 1);
        int share = (slots + claims - 1) / claims; // rounded up, or else a slot could stay empty
        if (free <= 0 || mine >= share) {
            waiting.add(program);
            return false;
        }
        waiting.remove(program);
        free--;
        taken.put(program, mine + 1);
        return true;
    }

    @GuardedBy("this")
    private boolean isAlone(Object program) {
        return taken.size() == 1
                && taken.containsKey(program)
                && waiting.stream().allMatch(program::equals);
    }

    /** Gives a slot back. Returns the programs that should try now, the one that has waited longest first. */
    synchronized List<Object> give(Object program) {
        free++;
        taken.computeIfPresent(program, (same, count) -> count <= 1 ? null : count - 1);
        return List.copyOf(waiting);
    }

    /** This program wants no slot any more. Those that it has it gives back later. */
    synchronized void forget(Object program) {
        waiting.remove(program);
    }

    int slots() {
        return slots;
    }

    synchronized int running() {
        return Math.min(slots, slots - free);
    }
}
