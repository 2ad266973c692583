package dev.pando.internal.process.schedule;

import org.jspecify.annotations.Nullable;

/** What the {@link WorkerScheduler} knows of a worker. Only the scheduler reads and writes it. */
final class WorkerRecord {

    final int id;
    WorkerState state = WorkerState.STARTING;
    boolean spare;
    boolean ready;
    int tasks;
    int limit;
    /**
     * The highest run that the worker is known to have had. Events may overtake each other, so all three are highest
     * numbers seen, and only grow; except for this one, if a worker that was woken found no task.
     */
    int latestRun;
    /** The highest run that was asked to stop. */
    private int latestStopped;
    /** The highest run that the worker has gone on from. */
    private int latestLeft;
    /** The worker holds too much memory: it leaves as soon as a spare can take its place. */
    boolean worn;
    /** The worker holds far too much memory: it leaves after its task, even without a spare. */
    boolean spent;
    /** The worker has answered, and looks for the next task as soon as the answer is settled. */
    boolean settling;
    /** The worker counts as at work since it was woken for a task: it may not have looked at the queue yet. */
    boolean mayStillLook;
    /** A task came that relies on this worker to look at the queue. */
    boolean promised;
    /** The worker was killed because no task needed it: that it never got ready is no failure. */
    boolean unwanted;
    /** The worker was sent home, and its place is free. */
    boolean released;
    /** The worker said that it leaves by itself. */
    boolean departing;
    /** When its rest, or the time that it has for a step, is over. */
    long due = WorkerScheduler.NEVER;
    /** The parent had no memory to start the worker: that it never got ready says nothing about the next. */
    boolean starved;
    /** The worker that was launched after this one. The {@link WorkerTable}'s, as the one below. */
    @Nullable
    WorkerRecord next;

    @Nullable
    WorkerRecord nextIdle;

    WorkerRecord(int id, boolean spare, long due, int limit) {
        this.id = id;
        this.spare = spare;
        this.due = due;
        this.limit = limit;
    }

    /** The worker took a task out of the queue. */
    void takeTask(int run, long graceOver) {
        if (!mayStillLook) {
            tasks++;
        }
        mayStillLook = false;
        state = WorkerState.BUSY;
        promised = false;
        began(run, graceOver);
    }

    /** The worker found no task in the queue, and rests. */
    void rest(int lastRun, long restOver) {
        if (mayStillLook) {
            tasks--;
        }
        mayStillLook = false;
        latestRun = lastRun;
        promised = false;
        state = WorkerState.IDLE;
        due = restOver;
    }

    /** The worker answered its task. */
    void finishTask() {
        settling = false;
        mayStillLook = false;
        due = WorkerScheduler.NEVER;
    }

    void die() {
        finishTask();
        state = WorkerState.DEAD;
    }

    /**
     * The worker is at this run.
     *
     * @param graceOver when the run must be over if it was asked to stop before
     */
    void began(int run, long graceOver) {
        latestRun = run;
        if (latestStopped == run) {
            due = graceOver;
        }
    }

    /** The worker has gone on from this run to the next that it has. */
    void wentOn(int run) {
        latestLeft = Math.max(latestLeft, run);
        if (state == WorkerState.BUSY && latestRun == run && !departing) {
            due = WorkerScheduler.NEVER;
        }
    }

    /** The run was asked to stop; the event may come before the run is known to have begun, or after it has ended. */
    void stopRun(int run, long graceOver) {
        if (run < latestRun || run <= latestLeft) {
            return;
        }
        if (state == WorkerState.BUSY && latestRun < run) { // a run that lay ahead: the worker is at it now
            latestRun = run;
            if (!departing) {
                due = WorkerScheduler.NEVER;
            }
        }
        latestStopped = Math.max(latestStopped, run);
        if (state == WorkerState.BUSY && latestRun == run && due == WorkerScheduler.NEVER) {
            due = graceOver;
        }
    }

    /** Returns whether the worker takes a place of the width; a killed worker does until it is dead. */
    boolean isActive() {
        return !spare && !released && state != WorkerState.DEAD;
    }

    /** Returns whether the worker is about to look at the queue, and no task relies on it yet. */
    boolean isFreeSoon() {
        boolean starts = state == WorkerState.STARTING && !spare;
        return (starts || state == WorkerState.LOOKING || settling) && !promised && !departing && !isLast();
    }

    /** Returns whether the worker will look at the queue without a command. */
    boolean isComing() {
        return !spare && (state == WorkerState.STARTING || state == WorkerState.LOOKING || settling || mayStillLook);
    }

    boolean isSpare(WorkerState in) {
        return spare && state == in;
    }

    boolean isAlive() {
        return state != WorkerState.DEAD;
    }

    /** Returns whether the worker is a spare that can take a place, or will. */
    boolean isReadySpare() {
        return isSpare(WorkerState.IDLE) || isSpare(WorkerState.STARTING);
    }

    /** Returns whether the worker has a place of the width, and a task. */
    boolean isActiveAtTask() {
        return isActive() && state == WorkerState.BUSY;
    }

    /** Returns whether a spare has to take the place of the worker soon. */
    boolean needsSuccessor() {
        return isActive() && isLast();
    }

    /** Returns whether the worker is not ready, and may get so. */
    boolean isUnready() {
        return !ready && state != WorkerState.DEAD;
    }

    /** Returns whether the worker looks at the queue, and has not said yet what it found. */
    boolean isLooking() {
        return state == WorkerState.LOOKING || mayStillLook;
    }

    /** Returns whether the worker is at this run, as far as is known. */
    boolean isAt(int run) {
        return state == WorkerState.BUSY && latestRun == run;
    }

    /** Returns whether the program must not end while the worker is in its state. */
    boolean keepsProgram() {
        return switch (state) {
            case LOOKING, BUSY, DYING, DEAD -> true;
            case STARTING -> !spare;
            case IDLE, LEAVING -> false;
        };
    }

    boolean isAtWork() {
        return state == WorkerState.LOOKING || state == WorkerState.BUSY;
    }

    boolean isLast() {
        return worn || (limit > 0 && tasks >= limit);
    }

    /** Returns whether the worker said that it leaves, and had no task before. */
    boolean leftBeforeWork() {
        return departing && tasks == 0;
    }
}
