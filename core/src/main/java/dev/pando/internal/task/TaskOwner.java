package dev.pando.internal.task;

import dev.pando.WorkerLoss;
import dev.pando.internal.deadlock.WaitingPool;
import dev.pando.internal.deadlock.WaitingWorker;
import org.jspecify.annotations.Nullable;

/**
 * What a task and its worker's seat need of the pool that they belong to. {@code PoolCore} implements it and nothing
 * else does, so that the calls cost no dispatch; the interface keeps what a task is apart from how a pool works.
 */
public interface TaskOwner extends WaitingPool {

    /** Returns the present moment by the pool's clock. */
    long clock();

    /** Returns the moment by which a moment of the pool's clock becomes a date. */
    TaskInfos.Anchor anchor();

    /** Returns whether the cost of each task is measured. */
    boolean metered();

    /** A worker began the task. */
    void begun(TaskCell<?> cell, int attempt, WorkerSeat seat);

    /**
     * The task was told to stop and will be tried again if it does: {@link TaskCell#graceOver} follows if it does not.
     */
    void grace(TaskCell<?> cell, int attempt);

    /** The task is pending again. */
    void again(TaskCell<?> cell);

    /** Puts a pending task that reached no worker first in the queue. */
    void backInLine(TaskCell<?> cell);

    /** The task was cancelled before a worker began it. {@code inLine}: its entry stays behind in the queue. */
    void withdrawn(boolean inLine);

    /** Counts an end, which is one of {@link TaskState}'s. Called before the end is visible. */
    void counts(int phase);

    /** The task has said how far it is. */
    void progressed(TaskCell<?> cell);

    /** The task is done, visibly. */
    void ended(TaskCell<?> cell);

    /** Makes a worker that is no thread of this JVM give up the task. */
    void stop(TaskCell<?> cell, int attempt, WorkerSeat seat);

    /** Runs a task of the queue beyond the width of the pool, because {@code asking} would else wait for ever. */
    void rescue(TaskCell<?> cell, WaitingWorker asking);

    /** Keeps the pool from terminating until {@link #errand} was called and has ended. */
    void beginErrand();

    /**
     * Has the end of a task {@link TaskCell#announceOnErrand announced} by a thread that is no worker, because
     * callbacks are user code, or else by this thread if there is none.
     */
    void errand(TaskCell<?> cell, @Nullable TaskObserver callbacks);

    /** Returns how many tasks wait for a worker. Not exact while tasks begin. */
    int inLine();

    /** Returns whether the task of this number was submitted last. Reads nothing that workers write. */
    boolean isLatest(long id);

    /** Returns for how many nanoseconds the end of the task in this seat is worth spinning for; 0: not at all. */
    long soon(WorkerSeat seat);

    /** The worker in this seat went home, in order. */
    void workerLeft(WorkerSeat seat);

    /** The worker in this seat died. {@code loss} is null where only the reason is known. */
    void workerLost(WorkerSeat seat, String reason, @Nullable WorkerLoss loss);
}
