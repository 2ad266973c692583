package dev.pando.internal.process.schedule;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The workers of a {@link WorkerScheduler}, from the command to launch one until it is buried, and which of them rest.
 */
@CheckReturnValue
final class WorkerTable implements Iterable<WorkerRecord> {
    private final Map<Integer, WorkerRecord> members = new LinkedHashMap<>();

    /** Resting workers that are no spares, the last used first: its caches are warm, and the others may leave. */
    private final ArrayDeque<WorkerRecord> idle = new ArrayDeque<>();

    void add(WorkerRecord worker) {
        members.put(worker.id, worker);
    }

    void remove(int id) {
        members.remove(id);
    }

    @Nullable
    WorkerRecord get(int id) {
        return members.get(id);
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    /** Returns a copy, because the caller may change the table while it iterates. */
    @Override
    public Iterator<WorkerRecord> iterator() {
        return List.copyOf(members.values()).iterator();
    }

    void addIdle(WorkerRecord worker) {
        idle.push(worker);
    }

    void removeIdle(WorkerRecord worker) {
        idle.remove(worker);
    }

    /** Removes and returns the worker that went idle last. */
    @Nullable
    WorkerRecord pollIdle() {
        return idle.poll();
    }

    @Nullable
    WorkerRecord spare(WorkerState state) {
        for (WorkerRecord worker : members.values()) {
            if (worker.isSpare(state)) {
                return worker;
            }
        }
        return null;
    }

    boolean hasIdle() {
        return !idle.isEmpty();
    }

    /** Returns whether a worker will look at the queue without a command. */
    boolean hasComing() {
        for (WorkerRecord worker : members.values()) {
            if (worker.isComing()) {
                return true;
            }
        }
        return false;
    }

    /** No task relies on the workers yet. */
    void expectNext() {
        for (WorkerRecord worker : members.values()) {
            worker.promised = false;
        }
    }

    @Nullable
    WorkerRecord freeSoon() {
        for (WorkerRecord worker : members.values()) {
            if (worker.isFreeSoon()) {
                return worker;
            }
        }
        return null;
    }

    /** Returns a resting worker that holds too much memory. Returns null if there is none. */
    @Nullable
    WorkerRecord worn() {
        for (WorkerRecord worker : idle) {
            if (worker.worn) {
                return worker;
            }
        }
        return null;
    }

    // loops, not lambdas: the first lambdas of a program cost milliseconds, and its first task passes here

    int active() {
        int count = 0;
        for (WorkerRecord worker : members.values()) {
            count += worker.isActive() ? 1 : 0;
        }
        return count;
    }

    /** Returns how many workers hold a place and have a task. */
    int busy() {
        int count = 0;
        for (WorkerRecord worker : members.values()) {
            count += worker.isActive() && worker.state == WorkerState.BUSY ? 1 : 0;
        }
        return count;
    }

    /** Returns how many workers hold a place and are on their last task. */
    int last() {
        int count = 0;
        for (WorkerRecord worker : members.values()) {
            count += worker.isActive() && worker.isLast() ? 1 : 0;
        }
        return count;
    }

    /** Returns how many spares are ready to take a place, or will be. */
    int spares() {
        int count = 0;
        for (WorkerRecord worker : members.values()) {
            count += worker.isSpare(WorkerState.IDLE) || worker.isSpare(WorkerState.STARTING) ? 1 : 0;
        }
        return count;
    }

    /** Returns how many processes there are. */
    int alive() {
        int count = 0;
        for (WorkerRecord worker : members.values()) {
            count += worker.state != WorkerState.DEAD ? 1 : 0;
        }
        return count;
    }

    /** Returns whether there is a process that never got ready. */
    boolean anyUnready() {
        for (WorkerRecord worker : members.values()) {
            if (!worker.ready && worker.state != WorkerState.DEAD) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether the program must not end, for any of them. */
    boolean keepProgram() {
        for (WorkerRecord worker : members.values()) {
            if (worker.keepsProgram()) {
                return true;
            }
        }
        return false;
    }

    /** Returns the earliest moment at which a worker is due. */
    long due() {
        long due = WorkerScheduler.NEVER;
        for (WorkerRecord worker : members.values()) {
            due = Math.min(due, worker.due);
        }
        return due;
    }

    /** Throws if an invariant is broken. */
    void check(SchedulerRules rules, boolean closing) {
        for (WorkerRecord worker : members.values()) {
            boolean rests = worker.state == WorkerState.IDLE && !worker.spare;
            require(idle.contains(worker) == rests, "a worker at rest is listed, and no other");
            require(
                    worker.state != WorkerState.BUSY || worker.limit == 0 || worker.tasks <= worker.limit,
                    "too many tasks");
            require(!worker.mayStillLook || worker.state == WorkerState.BUSY, "about to look, and not at work");
            require(!(worker.spare && worker.isAtWork()), "a spare at work");
            require(!closing || worker.state != WorkerState.IDLE, "a worker rests although the pool is closing");
        }
        require(active() <= rules.width(), "more at work than wide");
        require(spares() <= rules.spares() + rules.width(), "too many spares");
        require(alive() <= rules.most(), "too many processes");
    }

    private void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalStateException(what + ": " + this);
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (WorkerRecord worker : members.values()) {
            text.append(worker.id)
                    .append(worker.spare ? " spare " : worker.released ? " released " : " ")
                    .append(worker.state)
                    .append(", ");
        }
        return text.toString();
    }
}
