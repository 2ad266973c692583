package dev.pando.internal.deadlock;

import dev.pando.DeadlockException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The deadlock detector: finds out whether the workers that a waiting task depends on will ever move again, and if not,
 * why not. It walks the wait-for graph, whose nodes are the workers and the coroutines, and whose edges are their
 * {@link WaitEdge waits}. A wait for any of several tasks makes an edge an "or", so a cycle alone proves nothing; the
 * detector computes instead which workers move, as a least fixed point.
 *
 * <p>A worker moves if its task waits for nothing, or for something that comes: a task that is done, a task that runs
 * on a worker that moves, a task in the queue of a pool that has a free place or a worker that moves, or a future that
 * is completed by hand, since its completer is not in the graph. The computation starts from the empty set and adds
 * moving workers until none can be added. The least fixed point is the right one, because in a larger one the workers
 * of a cycle could hold each other up. If the asking worker is not in the set, then
 *
 * <ul>
 *   <li>some stuck wait is for a task in a queue: the task is given a worker beyond its pool's width. One at a time:
 *       when the task is done, the asking worker is examined again;
 *   <li>or some stuck wait is for room in a queue: its submitter is let in beyond the bound;
 *   <li>or some stuck wait ends by its timeout, and so does the deadlock;
 *   <li>or the waits form a cycle, and the asking one, which closed it, fails with its description.
 * </ul>
 *
 * <p>No deadlock is missed, because a worker publishes its wait before it examines the graph. Of the waits of a
 * deadlock one was published last, and its worker sees all of them. Two workers may see the whole cycle, and then both
 * fail. Only waiting costs: a task that does not wait is never examined and never examines.
 */
public final class DeadlockDetector {
    private final LinkedHashSet<WaitingWorker> reached = new LinkedHashSet<>();
    private final Set<WaitingWorker> moving = new LinkedHashSet<>();

    /** Whether {@code reached} holds every worker that could be reached when it was computed. */
    private boolean complete;

    /** That this wait never ends, and why. A later wait of the same worker must ignore it. */
    public record Verdict(WaitEdge on, DeadlockException circle) {}

    private DeadlockDetector() {}

    /** Called by a worker between the publication of its wait and its parking. */
    static void examine(WaitingWorker seat) {
        if (leadsToMoving(seat.farthestWait())) {
            return;
        }
        DeadlockException circle = lookTwice(seat);
        if (circle != null) {
            throw circle;
        }
    }

    /**
     * Follows waits for one task each, and allocates nothing: most waits are of this kind. Returns true if they lead to
     * a worker that moves. Brent's algorithm ends the walk in a cycle: a worker is marked after 1, 2, 4, 8 steps.
     */
    private static boolean leadsToMoving(@Nullable WaitEdge first) {
        WaitingWorker marked = null;
        int steps = 0;
        int limit = 1;
        WaitEdge wait = first;
        if (wait == null) {
            return true;
        }
        while (wait instanceof WaitEdge.For some && some.tasks() instanceof List<? extends AwaitedTask> one) {
            if (one.size() != 1) {
                return false;
            }
            AwaitedTask task = one.getFirst();
            if (task.isDone()) {
                return true;
            }
            WaitEdge parts = task.dependsOn();
            if (parts != null) {
                wait = parts;
                continue;
            }
            if (task.pool() != null && task.isPending()) {
                return false;
            }
            WaitingWorker runner = task.runner();
            wait = runner == null ? null : runner.waits();
            if (wait == null) {
                return true;
            }
            if (runner == marked) {
                return false;
            }
            if (++steps == limit) {
                marked = runner;
                steps = 0;
                limit *= 2;
            }
        }
        return false;
    }

    /**
     * While one look is under way tasks begin and workers leave, so a look may mix two moments. A deadlock does not
     * change, so one that two looks see is real.
     */
    private static @Nullable DeadlockException lookTwice(WaitingWorker seat) {
        return new DeadlockDetector().look(seat) == null ? null : new DeadlockDetector().look(seat);
    }

    /** Called for a worker that waits, when a task that was rescued for its sake is done. */
    public static void examineFor(WaitingWorker seat) {
        WaitEdge wait = seat.waits();
        if (wait == null) {
            return;
        }
        DeadlockException circle = lookTwice(seat);
        if (circle == null) {
            return;
        }
        seat.judged(new Verdict(wait, circle));
    }

    private @Nullable DeadlockException look(WaitingWorker asking) {
        if (comes(asking.farthestWait())) {
            return null; // nearly always: a worker is at work on it
        }
        reach(asking);
        complete = true;
        while (addMoving()) {
            if (moving.contains(asking)) {
                return null;
            }
        }
        List<WaitingWorker> stuck =
                reached.stream().filter(seat -> !moving.contains(seat)).toList();
        boolean endsByItself = false;
        Map<WaitingWorker, WaitEdge> waits = new LinkedHashMap<>();
        for (WaitingWorker seat : stuck) { // the asking worker first: what it needs itself is the nearest way out
            WaitEdge wait = seat.waits();
            if (wait == null || release(wait, asking)) {
                return null;
            }
            endsByItself |= wait.timed();
            waits.put(seat, wait);
        }
        return endsByItself || !holdTogether(waits) ? null : new DeadlockException(describe(asking), null);
    }

    /**
     * Returns whether there was a moment at which all these waits were there and none of their tasks was done. Each
     * wait is an object of its own. So where each is found again at the end, all were there in between, when the tasks
     * were looked at once more. Without that, a worker that takes one short task after the other could seem to wait for
     * a task of which it has long been rid.
     */
    @SuppressWarnings("ReferenceEquality") // an equal wait may be a later one
    private boolean holdTogether(Map<WaitingWorker, WaitEdge> waits) {
        for (WaitEdge wait : waits.values()) {
            if (comes(wait)) {
                return false;
            }
        }
        for (Map.Entry<WaitingWorker, WaitEdge> each : waits.entrySet()) {
            if (each.getKey().waits() != each.getValue()) {
                return false;
            }
        }
        return true;
    }

    private void reach(WaitingWorker from) {
        ArrayDeque<WaitingWorker> open = new ArrayDeque<>(List.of(from));
        reached.add(from);
        while (!open.isEmpty()) {
            for (WaitingWorker next : neighbours(open.remove().waits())) {
                if (reached.add(next)) {
                    open.add(next);
                }
            }
        }
    }

    private static Collection<? extends WaitingWorker> neighbours(@Nullable WaitEdge wait) {
        return switch (wait) {
            case null -> List.of();
            case WaitEdge.Room(WaitingPool pool, WaitEdge.RoomTicket ticket, boolean timed) -> pool.seats();
            case WaitEdge.For(Collection<? extends AwaitedTask> tasks, boolean all, boolean timed) -> {
                Set<WaitingWorker> seats = new LinkedHashSet<>();
                for (AwaitedTask task : tasks) {
                    WaitingPool pool = task.pool();
                    WaitingWorker seat = task.runner();
                    if (task.dependsOn() != null) {
                        seats.addAll(neighbours(task.dependsOn()));
                    } else if (task.isPending() && pool != null) {
                        seats.addAll(pool.seats());
                    } else if (seat != null) {
                        seats.add(seat);
                    }
                }
                yield seats;
            }
        };
    }

    private boolean addMoving() {
        boolean added = false;
        // farthest first: the moving worker is at the far end, so a chain takes one pass
        for (WaitingWorker seat : reached.reversed()) {
            if (!moving.contains(seat) && comes(seat.waits())) {
                added |= moving.add(seat);
            }
        }
        return added;
    }

    private boolean comes(@Nullable WaitEdge wait) {
        return switch (wait) {
            case null -> true;
            case WaitEdge.Room(WaitingPool pool, WaitEdge.RoomTicket ticket, boolean timed) ->
                ticket.admitted() || moves(pool);
            case WaitEdge.For(Collection<? extends AwaitedTask> tasks, boolean all, boolean timed) ->
                all
                        ? tasks.stream().allMatch(this::comes)
                        : tasks.isEmpty() || tasks.stream().anyMatch(this::comes);
        };
    }

    private boolean comes(AwaitedTask task) {
        if (task.isDone()) {
            return true;
        }
        WaitEdge parts = task.dependsOn();
        if (parts != null) {
            return comes(parts);
        }
        WaitingPool pool = task.pool();
        if (pool != null && task.isPending()) {
            return moves(pool);
        }
        WaitingWorker seat = task.runner();
        if (seat == null || seat.waits() == null || moving.contains(seat)) {
            return true;
        }
        // the task has begun since: if its worker waits, that worker examines the graph and sees all of it
        return complete && !reached.contains(seat);
    }

    private boolean moves(WaitingPool pool) {
        if (!pool.canWait()) {
            return true;
        }
        Collection<? extends WaitingWorker> seats = pool.seats();
        int serving = 0;
        for (WaitingWorker seat : seats) {
            if (!seat.serves()) {
                continue; // this worker runs one task and takes no other from the queue
            }
            if (seat.waits() == null || moving.contains(seat)) {
                return true;
            }
            serving++;
        }
        return serving < pool.width();
    }

    /** Rescues a task or admits a submitter that this wait is for. {@code false}: the wait is for neither. */
    private boolean release(WaitEdge wait, WaitingWorker asking) {
        switch (wait) {
            case WaitEdge.Room(WaitingPool pool, WaitEdge.RoomTicket ticket, boolean timed) -> {
                ticket.admit();
                return true;
            }
            case WaitEdge.For(Collection<? extends AwaitedTask> tasks, boolean all, boolean timed) -> {
                for (AwaitedTask task : tasks) {
                    WaitEdge parts = task.dependsOn();
                    if (parts != null && release(parts, asking)) {
                        return true;
                    }
                    WaitingPool pool = task.pool();
                    if (pool != null && task.isPending() && !moves(pool)) {
                        task.rescue(asking);
                        return true;
                    }
                }
                return false;
            }
        }
    }

    /** Follows the stuck waits from the asking worker until one repeats. */
    private String describe(WaitingWorker asking) {
        Set<WaitingWorker> path = new LinkedHashSet<>();
        WaitingWorker at = asking;
        while (at != null && path.add(at)) {
            at = stuckNeighbour(at);
        }
        StringJoiner text = new StringJoiner("; ", "these tasks wait for each other, so none would ever end: ", "");
        for (WaitingWorker seat : path) {
            WaitingWorker next = stuckNeighbour(seat);
            text.add(seat.taskName() + " (on worker " + seat.worker() + ") waits for "
                    + (next == null ? "?" : next.taskName()));
        }
        return text.toString();
    }

    private @Nullable WaitingWorker stuckNeighbour(WaitingWorker seat) {
        for (WaitingWorker next : neighbours(seat.waits())) {
            if (!moving.contains(next)) {
                return next;
            }
        }
        return null;
    }
}
