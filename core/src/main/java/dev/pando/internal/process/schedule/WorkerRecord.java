package dev.pando.internal.process.schedule;

/** One worker, as the {@link WorkerScheduler} sees it. Only the scheduler reads and writes it. */
final class WorkerRecord {

    enum State {
        STARTING,
        LOOKING,
        IDLE,
        BUSY,
        LEAVING,
        DYING,
        DEAD
    }

    final int id;
    State state = State.STARTING;
    boolean spare;
    boolean ready;
    int tasks;
    int limit;
    /**
     * The highest run that it is known to have been given. News may overtake each other, so all three are highest
     * numbers seen, and only grow; but for this one, where a worker that was woken found no task.
     */
    int latestRun;
    /** The highest run that was told to stop. */
    private int latestStopped;
    /** The highest run that it has gone on from. */
    private int latestLeft;
    /** The worker holds too much memory: it leaves as soon as a spare can take its place. */
    boolean worn;
    /** The worker holds far too much memory: it leaves after its task, even without a spare. */
    boolean spent;
    /** It has answered, and looks for the next as soon as that is settled. */
    boolean settling;
    /** It was at work from the moment at which it was woken for a task: it may not have looked at the line yet. */
    boolean mayStillLook;
    /** A task came that relies on this worker to look at the queue. */
    boolean promised;
    /** It was killed because there was nothing to do for it: that it never got ready is not its fault. */
    boolean unwanted;
    /** It was told to leave, and its place is free. */
    boolean released;
    /** It said that it leaves by itself. */
    boolean departing;
    /** When its patience, or ours with it, is over. */
    long due = WorkerScheduler.NEVER;

    WorkerRecord(int id, boolean spare, long due, int limit) {
        this.id = id;
        this.spare = spare;
        this.due = due;
        this.limit = limit;
    }

    /**
     * It is at this run.
     *
     * @param graceOver when the run must be over if it was told to stop before
     */
    void began(int run, long graceOver) {
        latestRun = run;
        if (latestStopped == run) {
            due = graceOver;
        }
    }

    /** It has gone on from this run to the next that it has. */
    void wentOn(int run) {
        latestLeft = Math.max(latestLeft, run);
        if (state == State.BUSY && latestRun == run && !departing) {
            due = WorkerScheduler.NEVER;
        }
    }

    /** The news may come before the run is known to have begun, or after it has ended. */
    void toldToStop(int run, long graceOver) {
        if (run < latestRun || run <= latestLeft) {
            return;
        }
        if (state == State.BUSY && latestRun < run) { // one that lay ahead: it is at that now
            latestRun = run;
            if (!departing) {
                due = WorkerScheduler.NEVER;
            }
        }
        latestStopped = Math.max(latestStopped, run);
        if (state == State.BUSY && latestRun == run && due == WorkerScheduler.NEVER) {
            due = graceOver;
        }
    }

    /** Whether it takes one of the places. One that is killed does until it is dead, whatever it still holds. */
    boolean isActive() {
        return !spare && !released && state != State.DEAD;
    }

    /** Returns whether the worker is about to look at the queue, and no task relies on it yet. */
    boolean isFreeSoon() {
        return (state == State.LOOKING || settling) && !promised && !departing && !isLast();
    }

    boolean isSpare(State in) {
        return spare && state == in;
    }

    boolean isAtWork() {
        return state == State.LOOKING || state == State.BUSY;
    }

    boolean isLast() {
        return worn || (limit > 0 && tasks >= limit);
    }
}
