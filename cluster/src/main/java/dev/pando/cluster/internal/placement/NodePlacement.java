package dev.pando.cluster.internal.placement;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides which node gets the next task. Events go in, decisions come out: no thread, clock, lock or message is in
 * here, so that tests can drive it at will. One thread at a time calls it.
 *
 * <p>Each node has a window: no more tasks than it has slots, and no more bytes than a bound, are there at once. The
 * next task goes to the node whose window is emptiest in proportion, and of several to the one that has waited longest.
 * A slow node answers later, so its window stays full and it gets less, without any measurement. A decision costs the
 * same however many nodes there are.
 *
 * <p>Where tasks turn out to be short, further ones may lie at a node behind those that run there, so that several
 * travel in one message ({@link DepthPolicy} says how many). They go out only when every slot has a task, and half of
 * them are called back when a slot of another node stays empty.
 */
public final class NodePlacement {
    /** In the place of a node: there is none with room. */
    public static final int NONE = -1;

    /** Windows are compared in steps, which are the bits of a {@code long}. */
    private static final int STEPS = Long.SIZE;

    /** The steps of windows with a free slot; in those above, tasks would lie. */
    private static final int SLOT_STEPS = STEPS / 2;

    private static final long WITH_FREE_SLOT = (1L << SLOT_STEPS) - 1;

    private final Map<Integer, NodeWindow> windows = new HashMap<>();

    /** The nodes with room, by how full they are; those that are alike in the order in which they came to be so. */
    private final List<? extends SequencedSet<NodeWindow>> open;

    /** The steps at which {@link #open} has a node, a bit for each. */
    private long steps;

    private final long mostBytes;
    private final int mostTasks;
    private int tasks;

    /** How many tasks lie at nodes, behind those that run there. */
    private int lying;

    /** The node that was asked to give some back, and has not answered; {@link #NONE}. */
    private int asked = NONE;

    /**
     * A placement without nodes.
     *
     * @param mostTasks how many tasks may be out on all nodes together
     * @param mostBytes how many bytes of tasks may be at one node, one task more or less
     */
    public NodePlacement(int mostTasks, long mostBytes) {
        this(mostTasks, mostBytes, LinkedHashSet::new);
    }

    /** @param nodes makes a set for the nodes that are alike */
    NodePlacement(int mostTasks, long mostBytes, Supplier<? extends SequencedSet<NodeWindow>> nodes) {
        this.mostTasks = mostTasks;
        this.mostBytes = mostBytes;
        this.open = Stream.generate(nodes).limit(STEPS).toList();
    }

    /** What is at one node. In {@link #open} as long as it has room; taken out before any field changes. */
    static final class NodeWindow {
        final int node;
        final DepthPolicy policy = new DepthPolicy();
        int slots;
        int depth;
        int tasks;
        long bytes;

        /** Whether tasks may lie here: from when half of what may is gone until all is there, so that many go. */
        boolean filling;

        /** Whether it has given nothing back when it was asked, and answered nothing since. */
        boolean exhausted;

        NodeWindow(int node) {
            this.node = node;
        }

        boolean hasRoom(long mostBytes) {
            return slots > 0 && (tasks < slots || (filling && lying() < depth)) && bytes < mostBytes;
        }

        int lying() {
            return Math.max(0, tasks - slots);
        }

        int recallable() {
            return exhausted ? 0 : lying();
        }

        /** How full it is. Asked where it has room. */
        int step() {
            return tasks < slots
                    ? (int) ((long) tasks * SLOT_STEPS / slots)
                    : SLOT_STEPS + (int) ((long) lying() * SLOT_STEPS / depth);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return node;
        }
    }

    /** The node takes so many tasks from now on; 0: it is about to leave, and keeps what it has. */
    public void slots(int node, int slots) {
        NodeWindow window = windows.computeIfAbsent(node, NodeWindow::new);
        close(window);
        window.slots = slots;
        window.depth = window.policy.depth(slots);
        reopen(window);
    }

    /** The node is gone, with all it had. Returns how many tasks that were. */
    public int left(int node) {
        NodeWindow window = windows.remove(node);
        if (window == null) {
            return 0;
        }
        close(window);
        tasks -= window.tasks;
        gaveBack(node, 0);
        return window.tasks;
    }

    /** As {@link #place(boolean)}, for a task that may not lie. */
    public int place() {
        return place(false);
    }

    /**
     * Returns the node for the next task, which counts from now on; {@link #NONE} if none has room.
     *
     * @param mayLie whether it may go where no slot is free
     */
    public int place(boolean mayLie) {
        if (mayLie ? !hasRoom() : !hasFreeSlot()) {
            return NONE;
        }
        NodeWindow window = open.get(Long.numberOfTrailingZeros(steps)).getFirst();
        close(window);
        window.tasks++;
        tasks++;
        reopen(window);
        return window.node;
    }

    /** The task that was placed at this node last takes so many bytes. */
    public void weighs(int node, long bytes) {
        change(node, 0, bytes);
    }

    /** A task has left this node: it came to nothing there, or was never sent. */
    public void answered(int node, long bytes) {
        change(node, -1, -bytes);
    }

    /** A task has left this node, which says that it ran for so many nanoseconds. */
    public void answered(int node, long bytes, long nanos) {
        NodeWindow window = windows.get(node);
        if (window == null) {
            return;
        }
        close(window);
        window.policy.answered(nanos);
        window.depth = window.policy.depth(window.slots);
        window.exhausted = false;
        reopen(window);
        change(node, -1, -bytes);
    }

    /**
     * What a node should give back.
     *
     * @param most so many of the tasks that lie there, the last ones first
     */
    public record Recall(int node, int most) {}

    /**
     * Returns what to call back for a slot that is free while no task waits in the program; null if there is nothing.
     * The node with the most tasks in line is asked for half of them, and no second one until it has answered.
     */
    public @Nullable Recall recall() {
        if (lying == 0 || asked != NONE || !hasFreeSlot()) {
            return null;
        }
        NodeWindow fullest = Collections.max(windows.values(), Comparator.comparingInt(NodeWindow::recallable));
        if (fullest.recallable() == 0) {
            return null;
        }
        asked = fullest.node;
        return new Recall(asked, (fullest.lying() + 1) / 2);
    }

    /** The node has given back so many, which {@link #answered(int, long)} has been told of. */
    public void gaveBack(int node, int count) {
        if (asked == node) {
            asked = NONE;
        }
        NodeWindow window = windows.get(node);
        if (window != null) {
            window.exhausted = count == 0;
        }
    }

    private void change(int node, int count, long bytes) {
        NodeWindow window = windows.get(node);
        if (window == null) {
            return; // it left meanwhile, and its tasks with it
        }
        close(window);
        window.tasks += count;
        window.bytes += bytes;
        tasks += count;
        reopen(window);
    }

    private void close(NodeWindow window) {
        lying -= window.lying();
        if (window.hasRoom(mostBytes)) {
            SequencedSet<NodeWindow> alike = open.get(window.step());
            alike.remove(window);
            if (alike.isEmpty()) {
                steps &= ~(1L << window.step());
            }
        }
    }

    private void reopen(NodeWindow window) {
        window.filling = window.lying() < (window.filling ? window.depth : (window.depth + 1) / 2);
        lying += window.lying();
        if (window.hasRoom(mostBytes)) {
            open.get(window.step()).add(window);
            steps |= 1L << window.step();
        }
    }

    /** Returns whether a node has room. */
    public boolean hasRoom() {
        return tasks < mostTasks && steps != 0;
    }

    /** Returns whether a task would find a slot that is free. */
    public boolean hasFreeSlot() {
        return tasks < mostTasks && (steps & WITH_FREE_SLOT) != 0;
    }

    /** Returns the slots of all nodes, as far as tasks may be out. */
    public int width() {
        long slots = 0;
        for (NodeWindow window : windows.values()) {
            slots += window.slots;
        }
        return (int) Math.min(mostTasks, slots);
    }

    /** Returns how many nodes there are. */
    public int nodes() {
        return windows.size();
    }

    /** Returns how many tasks lie at nodes. */
    public int lying() {
        return lying;
    }

    /** Returns how many tasks are out. */
    public int tasks() {
        return tasks;
    }

    /** Returns what is wrong with the books, or an empty text: for tests. */
    String fault() {
        int counted = 0;
        int counting = 0;
        int withRoom = 0;
        for (NodeWindow window : windows.values()) {
            counted += window.tasks;
            counting += window.lying();
            boolean room = window.hasRoom(mostBytes);
            withRoom += room ? 1 : 0;
            boolean lacks = room && !open.get(window.step()).contains(window);
            if (lacks || window.tasks < 0 || window.bytes < 0) {
                return "node " + window.node + ": " + window.tasks + " tasks, " + window.bytes + " bytes";
            }
        }
        for (int step = 0; step < STEPS; step++) {
            withRoom -= open.get(step).size();
            boolean marked = (steps & (1L << step)) != 0;
            if (open.get(step).isEmpty() == marked) {
                return "step " + step + " has " + open.get(step).size() + " nodes";
            }
        }
        if (counting != lying) {
            return counting + " tasks lie, " + lying + " noted";
        }
        return counted == tasks && withRoom == 0 ? "" : counted + " tasks counted, " + tasks + " noted";
    }
}
