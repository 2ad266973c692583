package dev.pando;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether the workers that a waiting task depends on will ever move again, and if not, why not.
 *
 * <p>A seat moves if its task waits for nothing, or for something that comes: a task that is done, one that runs on a
 * seat that moves, one in line in a pool that has a free place or a seat that moves, or anything that is made by hand
 * and so by somebody whom we cannot see. Seats that move are found by adding to them until nothing can be added (the
 * least fixed point, so that a circle cannot hold itself up). If the asking seat is not among them, then
 *
 * <ul>
 *   <li>some stuck wait is for a task in line: it is given a worker beyond its pool's width. One at a time: when it is
 *       done, the asking seat is looked at again;
 *   <li>or some stuck wait is for room in a line: it is let in beyond the bound;
 *   <li>or some stuck wait ends by itself, by its timeout: so does the knot;
 *   <li>or the waits form a circle, and the asking one, which closed it, fails with its description.
 * </ul>
 *
 * <p>Why nothing is missed: a seat publishes what it waits for before it looks. Of the waits of a knot one was published
 * last, and that one sees all of them. Two may see the whole circle, and then both fail. The cost falls on waiting:
 * a task that does not wait is never looked at, and never looks.
 */
final class Knot {
    private final LinkedHashSet<PoolSeat> reached = new LinkedHashSet<>();
    private final Set<PoolSeat> moving = new LinkedHashSet<>();

    /** Whether {@code reached} has all that could be reached when it was made. */
    private boolean complete;

    /** That this wait will never end, and why. It is of no interest to any later wait of the same seat. */
    record Verdict(Wait on, DeadlockException circle) {}

    private Knot() {}

    /** Called by a worker between saying what it waits for and parking. */
    static void examine(PoolSeat seat) {
        DeadlockException circle = lookTwice(seat);
        if (circle != null) throw circle;
    }

    /**
     * While it looks, others go on: a task in line is begun, a worker changes seats. What it sees may then be of two
     * moments. A circle stays as it is, so what is seen twice is one.
     */
    private static @Nullable DeadlockException lookTwice(PoolSeat seat) {
        return new Knot().look(seat) == null ? null : new Knot().look(seat);
    }

    /** Called on behalf of a worker that waits, when what was let happen for it has happened. */
    static void examineFor(PoolSeat seat) {
        Wait wait = seat.waits;
        if (wait == null) return;
        DeadlockException circle = lookTwice(seat);
        if (circle == null) return;
        seat.verdict = new Verdict(wait, circle);
        seat.wake();
    }

    private @Nullable DeadlockException look(PoolSeat asking) {
        if (comes(asking.waits)) return null; // nearly always: somebody is at work on it
        reach(asking);
        complete = true;
        while (addMoving()) if (moving.contains(asking)) return null;
        List<PoolSeat> stuck = reached.stream().filter(seat -> !moving.contains(seat)).toList();
        boolean endsByItself = false;
        for (PoolSeat seat : stuck) { // the asking seat first: what it needs itself is the nearest way out
            Wait wait = seat.waits;
            if (wait == null || release(wait, asking)) return null;
            endsByItself |= wait.timed();
        }
        return endsByItself ? null : new DeadlockException(describe(asking), null);
    }

    private void reach(PoolSeat from) {
        ArrayDeque<PoolSeat> open = new ArrayDeque<>(List.of(from));
        reached.add(from);
        while (!open.isEmpty()) {
            for (PoolSeat next : neighbours(open.remove().waits)) if (reached.add(next)) open.add(next);
        }
    }

    private static Collection<PoolSeat> neighbours(@Nullable Wait wait) {
        return switch (wait) {
            case null -> List.of();
            case Wait.Room(PoolCore pool, Admission.Ticket ticket) -> pool.seats();
            case Wait.For(Collection<? extends TaskCell<?>> cells, boolean all, boolean timed) -> {
                Set<PoolSeat> seats = new LinkedHashSet<>();
                for (TaskCell<?> cell : cells) {
                    PoolCore pool = cell.terms().pool();
                    PoolSeat seat = cell.seat();
                    if (cell.dependsOn() != null) seats.addAll(neighbours(cell.dependsOn()));
                    else if (cell.isPending() && pool != null) seats.addAll(pool.seats());
                    else if (seat != null) seats.add(seat);
                }
                yield seats;
            }
        };
    }

    private boolean addMoving() {
        boolean added = false;
        for (PoolSeat seat : reached.reversed()) { // farthest first: what moves is at the far end, and a chain is one pass
            if (!moving.contains(seat) && comes(seat.waits)) added |= moving.add(seat);
        }
        return added;
    }

    private boolean comes(@Nullable Wait wait) {
        return switch (wait) {
            case null -> true;
            case Wait.Room(PoolCore pool, Admission.Ticket ticket) -> ticket.admitted() || moves(pool);
            case Wait.For(Collection<? extends TaskCell<?>> cells, boolean all, boolean timed) ->
                all ? cells.stream().allMatch(this::comes) : cells.isEmpty() || cells.stream().anyMatch(this::comes);
        };
    }

    private boolean comes(TaskCell<?> cell) {
        if (cell.isDone()) return true;
        Wait parts = cell.dependsOn();
        if (parts != null) return comes(parts);
        PoolCore pool = cell.terms().pool();
        if (pool == null) return true;
        if (cell.isPending()) return moves(pool);
        PoolSeat seat = cell.seat();
        if (seat == null || seat.waits == null || moving.contains(seat)) return true;
        return complete && !reached.contains(seat); // it has begun since: if it waits, it looks, and sees all
    }

    private boolean moves(PoolCore pool) {
        if (!pool.canWait()) return true;
        Collection<PoolSeat> seats = pool.seats();
        int serving = 0;
        for (PoolSeat seat : seats) {
            if (!seat.serves) continue; // it runs its one task, and takes nobody else from the line
            if (seat.waits == null || moving.contains(seat)) return true;
            serving++;
        }
        return serving < pool.width();
    }

    /** Lets one thing happen that this wait is for, if that is in our hands. */
    private boolean release(Wait wait, PoolSeat asking) {
        switch (wait) {
            case Wait.Room(PoolCore pool, Admission.Ticket ticket) -> {
                ticket.admit();
                return true;
            }
            case Wait.For(Collection<? extends TaskCell<?>> cells, boolean all, boolean timed) -> {
                for (TaskCell<?> cell : cells) {
                    Wait parts = cell.dependsOn();
                    if (parts != null && release(parts, asking)) return true;
                    PoolCore pool = cell.terms().pool();
                    if (pool != null && cell.isPending() && !moves(pool)) {
                        pool.rescue(cell, asking);
                        return true;
                    }
                }
                return false;
            }
        }
    }

    /** Follows the stuck waits from the asking seat until one repeats. */
    private String describe(PoolSeat asking) {
        Set<PoolSeat> path = new LinkedHashSet<>();
        PoolSeat at = asking;
        while (at != null && path.add(at)) at = stuckNeighbour(at);
        StringJoiner text = new StringJoiner("; ", "these tasks wait for each other, so none would ever end: ", "");
        for (PoolSeat seat : path) {
            PoolSeat next = stuckNeighbour(seat);
            text.add(name(seat) + " (on worker " + seat.worker() + ") waits for " + (next == null ? "?" : name(next)));
        }
        return text.toString();
    }

    private @Nullable PoolSeat stuckNeighbour(PoolSeat seat) {
        for (PoolSeat next : neighbours(seat.waits)) if (!moving.contains(next)) return next;
        return null;
    }

    private static String name(PoolSeat seat) {
        TaskCell<?> task = seat.running;
        return task == null ? "a task" : task.name();
    }
}
