package dev.pando.cluster.internal.node;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of one program that no worker has, and the names of its slots. A task comes with the name of its slot, or
 * gets the one that came free first when it is taken: the program reckons likewise, in the order of what it is told.
 * A task that a worker is sent ahead may find none free, and is called by the name of any. Any thread may use it.
 */
final class WaitingLine {
    @GuardedBy("this")
    private final Deque<NodeJob> line = new ArrayDeque<>();

    /** Names of slots that no task has, in the order in which they came free. */
    @GuardedBy("this")
    private final Deque<String> free = new ArrayDeque<>();

    /** The names of all slots, as far as the program has used them. */
    @GuardedBy("this")
    private final List<String> names = new ArrayList<>();

    @GuardedBy("this")
    private int turn;

    /** How many stand here. Written under the lock, read without it. */
    private volatile int size;

    synchronized void add(NodeJob job) {
        String slot = job.slot();
        if (slot != null) {
            free.remove(slot);
            if (!names.contains(slot)) {
                names.add(slot);
            }
        }
        line.add(job);
        size = line.size();
    }

    synchronized void addFirst(NodeJob job) {
        job.taken = false;
        line.addFirst(job);
        size = line.size();
    }

    /** Takes the next one, which has a slot from now on; or the name of one, if it is to lie at a worker. */
    synchronized @Nullable NodeJob next() {
        NodeJob job = line.poll();
        size = line.size();
        if (job == null) {
            return null;
        }
        job.taken = true;
        if (job.slot() == null) {
            String slot = free.poll();
            if (slot != null) {
                job.inSlot(slot);
            } else if (!names.isEmpty()) {
                turn = (turn + 1) % names.size();
                job.calls(names.get(turn));
            }
        }
        return job;
    }

    /** Takes one that will not be run; null if there is none. */
    synchronized @Nullable NodeJob removeFirst() {
        NodeJob job = line.poll();
        size = line.size();
        return job;
    }

    /** Takes so many, the one that came last first. */
    synchronized List<NodeJob> removeLast(int most) {
        List<NodeJob> taken = new ArrayList<>();
        while (taken.size() < most && !line.isEmpty()) {
            taken.add(line.removeLast());
        }
        size = line.size();
        return taken;
    }

    /** Returns whether a worker had taken it; if not, it stands here no more. */
    synchronized boolean wasTaken(NodeJob job) {
        line.remove(job);
        size = line.size();
        return job.taken;
    }

    /** Its slot is free as soon as the program is told, by this. */
    synchronized void ended(NodeJob job, Runnable tell) {
        tell.run();
        String slot = job.slot();
        if (slot != null) {
            free.add(slot);
        }
    }

    synchronized void clear() {
        line.clear();
        size = 0;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }
}
