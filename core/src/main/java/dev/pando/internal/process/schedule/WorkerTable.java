package dev.pando.internal.process.schedule;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.Nullable;

/**
 * The workers of a {@link WorkerScheduler}, from the command to launch one until it is buried, and which of them rest.
 * Linked through the records, so that nothing here needs memory; there are not so many that a search would take long.
 */
@CheckReturnValue
final class WorkerTable {
    /** The one that was launched first, and through it the others. */
    private @Nullable WorkerRecord first;

    /**
     * The first of the resting workers that are no spares, the last used: its caches are warm, and the others may
     * leave.
     */
    private @Nullable WorkerRecord firstIdle;

    void add(WorkerRecord worker) {
        WorkerRecord last = first;
        while (last != null && last.next != null) {
            last = last.next;
        }
        if (last == null) {
            first = worker;
        } else {
            last.next = worker;
        }
    }

    void remove(int id) {
        WorkerRecord before = null;
        for (WorkerRecord worker = first; worker != null; before = worker, worker = worker.next) {
            if (worker.id == id) {
                if (before == null) {
                    first = worker.next;
                } else {
                    before.next = worker.next;
                }
                return;
            }
        }
    }

    @Nullable
    WorkerRecord get(int id) {
        for (WorkerRecord worker = first; worker != null; worker = worker.next) {
            if (worker.id == id) {
                return worker;
            }
        }
        return null;
    }

    boolean isEmpty() {
        return first == null;
    }

    /** Returns the worker that was launched first, whose {@code next} leads to the others; null if there is none. */
    @Nullable
    WorkerRecord first() {
        return first;
    }

    void addIdle(WorkerRecord worker) {
        worker.nextIdle = firstIdle;
        firstIdle = worker;
    }

    void removeIdle(WorkerRecord worker) {
        WorkerRecord before = null;
        for (WorkerRecord one = firstIdle; one != null; before = one, one = one.nextIdle) {
            if (one == worker) {
                if (before == null) {
                    firstIdle = one.nextIdle;
                } else {
                    before.nextIdle = one.nextIdle;
                }
                one.nextIdle = null;
                return;
            }
        }
    }

    /** Returns the worker that went idle last, null if none is idle. */
    @Nullable
    WorkerRecord firstIdle() {
        return firstIdle;
    }

    @Nullable
    WorkerRecord spare(WorkerState state) {
        for (WorkerRecord worker = first; worker != null; worker = worker.next) {
            if (worker.isSpare(state)) {
                return worker;
            }
        }
        return null;
    }

    boolean hasIdle() {
        return firstIdle != null;
    }

    /** Returns whether a worker will look at the queue without a command. */
    boolean hasComing() {
        for (WorkerRecord worker = first; worker != null; worker = worker.next) {
            if (worker.isComing()) {
                return true;
            }
        }
        return false;
    }

    /** No task relies on the workers yet. */
    void expectNext() {
        for (WorkerRecord worker = first; worker != null; worker = worker.next) {
            worker.promised = false;
        }
    }

    @Nullable
    WorkerRecord freeSoon() {
        for (WorkerRecord worker = first; worker != null; worker = worker.next) {
            if (worker.isFreeSoon()) {
                return worker;
            }
        }
        return null;
    }

    /** Returns a resting worker that holds too much memory. Returns null if there is none. */
    @Nullable
    WorkerRecord worn() {
        for (WorkerRecord worker = firstIdle; worker != null; worker = worker.nextIdle) {
            if (worker.worn) {
                return worker;
            }
        }
        return null;
    }

    // loops, not lambdas: the first lambdas of a program cost milliseconds, and a full heap has no memory for them

    int active() {
        int count = 0;
        for (WorkerRecord worker = first; worker != null; worker = worker.next) {
            count += worker.isActive() ? 1 : 0;
        }
        return count;
    }

    /** Returns how many have a place of the width, and a task. */
    int atTasks() {
        int count = 0;
        for (WorkerRecord worker = first; worker != null; worker = worker.next) {
            count += worker.isActiveAtTask() ? 1 : 0;
        }
        return count;
    }

    /** Returns how many workers hold a place and are on their last task. */
    int last() {
        int count = 0;
        for (WorkerRecord worker = first; worker != null; worker = worker.next) {
            count += worker.needsSuccessor() ? 1 : 0;
        }
        return count;
    }

    /** Returns how many spares are ready to take a place, or will be. */
    int spares() {
        int count = 0;
        for (WorkerRecord worker = first; worker != null; worker = worker.next) {
            count += worker.isReadySpare() ? 1 : 0;
        }
        return count;
    }

    /** Returns how many processes there are. */
    int alive() {
        int count = 0;
        for (WorkerRecord worker = first; worker != null; worker = worker.next) {
            count += worker.isAlive() ? 1 : 0;
        }
        return count;
    }

    /** Returns whether there is a process that never got ready. */
    boolean anyUnready() {
        for (WorkerRecord worker = first; worker != null; worker = worker.next) {
            if (worker.isUnready()) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether the program must not end while the workers are in their states. */
    boolean keepProgram() {
        for (WorkerRecord worker = first; worker != null; worker = worker.next) {
            if (worker.keepsProgram()) {
                return true;
            }
        }
        return false;
    }

    /** Returns the earliest moment at which a worker is due. */
    long due() {
        long due = WorkerScheduler.NEVER;
        for (WorkerRecord worker = first; worker != null; worker = worker.next) {
            due = Math.min(due, worker.due);
        }
        return due;
    }

    /** Throws if an invariant is broken. */
    void check(SchedulerRules rules, LaunchPolicy launches, boolean closing) {
        for (WorkerRecord worker = first; worker != null; worker = worker.next) {
            boolean rests = worker.state == WorkerState.IDLE && !worker.spare;
            require(isListedIdle(worker) == rests, "a worker at rest is listed, and no other");
            require(
                    worker.state != WorkerState.BUSY || worker.limit == 0 || worker.tasks <= worker.limit,
                    "too many tasks");
            require(!worker.mayStillLook || worker.state == WorkerState.BUSY, "about to look, and not at work");
            require(!(worker.spare && worker.isAtWork()), "a spare at work");
            require(!closing || worker.state != WorkerState.IDLE, "a worker rests although the pool is closing");
        }
        require(active() <= launches.mostActive(), "more at work than wide");
        require(active() <= launches.width() || !anySurplusAtRest(), "a surplus worker rests");
        require(spares() <= rules.spares() + launches.mostActive(), "too many spares");
        require(alive() <= rules.most() + 2 * (launches.mostActive() - rules.width()), "too many processes");
    }

    private boolean anySurplusAtRest() {
        return firstIdle != null;
    }

    private boolean isListedIdle(WorkerRecord worker) {
        for (WorkerRecord one = firstIdle; one != null; one = one.nextIdle) {
            if (one == worker) {
                return true;
            }
        }
        return false;
    }

    private void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalStateException(what + ": " + this);
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (WorkerRecord worker = first; worker != null; worker = worker.next) {
            text.append(worker.id)
                    .append(worker.spare ? " spare " : worker.released ? " released " : " ")
                    .append(worker.state)
                    .append(", ");
        }
        return text.toString();
    }
}
