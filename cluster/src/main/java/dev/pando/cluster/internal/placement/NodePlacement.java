package dev.pando.cluster.internal.placement;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Decides which node gets the next task. Events go in, decisions come out: no thread, clock, lock or message is in
 * here, so that tests can drive it at will. One thread at a time calls it.
 *
 * <p>Each node has a window: no more tasks than it has slots, and no more bytes than a bound, are there at once. The
 * next task goes to the node whose window is emptiest in proportion, and of several to the one that has waited longest.
 * A slow node answers later, so its window stays full and it gets less, without any measurement. A decision costs the
 * same however many nodes there are.
 */
public final class NodePlacement {
    /** In the place of a node: there is none with room. */
    public static final int NONE = -1;

    /** Windows are compared in steps, which are the bits of a {@code long}. */
    private static final int STEPS = Long.SIZE;

    private final Map<Integer, NodeWindow> windows = new HashMap<>();

    /** The nodes with room, by how full they are; those that are alike in the order in which they came to be so. */
    private final List<? extends SequencedSet<NodeWindow>> open;

    /** The steps at which {@link #open} has a node, a bit for each. */
    private long steps;

    private final long mostBytes;
    private final int mostTasks;
    private int tasks;

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
        int slots;
        int tasks;
        long bytes;

        NodeWindow(int node) {
            this.node = node;
        }

        boolean hasRoom(long mostBytes) {
            return tasks < slots && bytes < mostBytes;
        }

        /** How full it is. Asked where it has room. */
        int step() {
            return (int) ((long) tasks * STEPS / slots);
        }

        @Override
        public boolean equals(@org.jspecify.annotations.Nullable Object other) {
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
        return window.tasks;
    }

    /** Returns the node for the next task, which counts from now on; {@link #NONE} if none has room. */
    public int place() {
        if (!hasRoom()) {
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

    /** A task has left this node: it was answered, or never sent. */
    public void answered(int node, long bytes) {
        change(node, -1, -bytes);
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
        if (window.hasRoom(mostBytes)) {
            SequencedSet<NodeWindow> alike = open.get(window.step());
            alike.remove(window);
            if (alike.isEmpty()) {
                steps &= ~(1L << window.step());
            }
        }
    }

    private void reopen(NodeWindow window) {
        if (window.hasRoom(mostBytes)) {
            open.get(window.step()).add(window);
            steps |= 1L << window.step();
        }
    }

    /** Returns whether a node has room. */
    public boolean hasRoom() {
        return tasks < mostTasks && steps != 0;
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

    /** Returns how many tasks are out. */
    public int tasks() {
        return tasks;
    }

    /** Returns what is wrong with the books, or an empty text: for tests. */
    String fault() {
        int counted = 0;
        int withRoom = 0;
        for (NodeWindow window : windows.values()) {
            counted += window.tasks;
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
        return counted == tasks && withRoom == 0 ? "" : counted + " tasks counted, " + tasks + " noted";
    }
}
