package dev.pando.cluster.internal.placement;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Decides which node gets the next task. Events go in, decisions come out: no thread, clock, lock or message is in
 * here, so that tests can drive it at will. One thread at a time calls it.
 *
 * <p>Each node has a window: no more tasks than it has slots, and no more bytes than a bound, are there at once. The
 * next task goes to the node whose window is emptiest in proportion, and of several to the one that has waited longest.
 * A slow node answers later, so its window stays full and it gets less, without any measurement. A decision costs the
 * logarithm of the number of nodes.
 */
public final class NodePlacement {
    /** In the place of a node: there is none with room. */
    public static final int NONE = -1;

    /** Windows are compared in steps, so that of two that are nearly alike the longer waiting one is next. */
    private static final int STEPS = 64;

    private final Map<Integer, NodeWindow> windows = new HashMap<>();
    private final NavigableSet<NodeWindow> open = new TreeSet<>();
    private final long mostBytes;
    private final int mostTasks;
    private long turn;
    private int tasks;

    /**
     * A placement without nodes.
     *
     * @param mostTasks how many tasks may be out on all nodes together
     * @param mostBytes how many bytes of tasks may be at one node, one task more or less
     */
    public NodePlacement(int mostTasks, long mostBytes) {
        this.mostTasks = mostTasks;
        this.mostBytes = mostBytes;
    }

    /** What is at one node. In {@link #open} as long as it has room; taken out before any field changes. */
    private static final class NodeWindow implements Comparable<NodeWindow> {
        final int node;
        int slots;
        int tasks;
        long bytes;
        long lastTurn;

        NodeWindow(int node) {
            this.node = node;
        }

        long load() {
            return (long) tasks * STEPS / slots;
        }

        @Override
        public int compareTo(NodeWindow other) {
            int byLoad = Long.compare(load(), other.load());
            int byTurn = byLoad == 0 ? Long.compare(lastTurn, other.lastTurn) : byLoad;
            return byTurn == 0 ? Integer.compare(node, other.node) : byTurn;
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
        if (tasks >= mostTasks || open.isEmpty()) {
            return NONE;
        }
        NodeWindow window = open.first();
        close(window);
        window.tasks++;
        window.lastTurn = ++turn;
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
        if (window.slots > 0) {
            open.remove(window);
        }
    }

    private void reopen(NodeWindow window) {
        if (window.tasks < window.slots && window.bytes < mostBytes) {
            open.add(window);
        }
    }

    /** Returns whether a node has room. */
    public boolean hasRoom() {
        return tasks < mostTasks && !open.isEmpty();
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
            boolean room = window.tasks < window.slots && window.bytes < mostBytes;
            withRoom += room ? 1 : 0;
            if (room != (window.slots > 0 && open.contains(window)) || window.tasks < 0 || window.bytes < 0) {
                return "node " + window.node + ": " + window.tasks + " tasks, " + window.bytes + " bytes";
            }
        }
        return counted == tasks && withRoom == open.size() ? "" : counted + " tasks counted, " + tasks + " noted";
    }
}
