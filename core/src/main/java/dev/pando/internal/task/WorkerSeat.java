package dev.pando.internal.task;

import dev.pando.internal.deadlock.CurrentWorker;
import dev.pando.internal.deadlock.DeadlockDetector;
import dev.pando.internal.deadlock.WaitEdge;
import dev.pando.internal.deadlock.WaitingWorker;
import dev.pando.internal.util.FieldHandles;
import dev.pando.internal.util.WaiterList;
import dev.pando.spi.Failure;
import dev.pando.spi.Seat;
import dev.pando.spi.Timer;
import dev.pando.spi.Waiter;
import dev.pando.spi.Waiters;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The place of one worker in a pool: its name, what it runs, and what it waits for. The worker writes, any thread
 * reads.
 *
 * <p>While a worker is a thread of this JVM, that thread knows its seat, which is how a wait or a submission finds out
 * that it comes from inside a task, at no cost to tasks that neither wait nor submit.
 */
public final class WorkerSeat implements Seat, WaitingWorker {
    private static final java.util.List<StackTraceElement> NOWHERE = java.util.List.of();

    final TaskOwner pool;
    public final @Nullable Thread thread;

    public final @Nullable Waiter waiter; // null: the thread waits as every thread does

    /** {@code null}: a thread made for one task, which is called after the thread. */
    private final @Nullable String worker;

    /** Whether the worker of this seat will come for the next task in the queue. */
    private final boolean serves;

    /**
     * The worker or coroutine that this thread is already, when a task runs inside another: a caller's pool used by a
     * worker.
     */
    private final @Nullable WaitingWorker outer;

    /** What is being run. Written by the worker. */
    public volatile @Nullable TaskCell<?> running;

    /**
     * Why what it waits for will never come. Written by the thread that finds out, once nothing is left to be done.
     */
    private volatile DeadlockDetector.@Nullable Verdict verdict;

    /**
     * What a worker elsewhere has done, as far as that has not been heard. Written by the thread that reads its
     * messages.
     */
    public final java.util.Set<TaskCell<?>> answering;

    /** Gives back what the running task still has of shared constructs. The worker's own. */
    public @Nullable Runnable atTaskEnd;

    public Timer.@Nullable Alarm alarm;

    /**
     * Where the running task was seen, by the engine of a worker elsewhere. Written by the thread that reads its
     * messages.
     */
    volatile java.util.List<StackTraceElement> stuck = NOWHERE;

    private volatile @Nullable WaitEdge waits;

    /** The threads that wait until the worker is out of a task that another thread ended. */
    private volatile @Nullable WaiterList watchers;

    /** Whether the worker came from its last task straight to the next: no callback in between. The worker's own. */
    private boolean straightOn;

    private long settledAt;

    /**
     * Whether the running task was counted out of the queue. Written by the worker, a few instructions after it took
     * the task.
     */
    @SuppressWarnings("UnusedVariable") // it is read through its handle
    private boolean countedOut;

    private static final VarHandle COUNTED_OUT = FieldHandles.find(MethodHandles.lookup(), "countedOut", boolean.class);
    private static final VarHandle RUNNING = FieldHandles.find(MethodHandles.lookup(), "running", TaskCell.class);

    public WorkerSeat(TaskOwner pool, @Nullable String worker, @Nullable Thread thread, boolean serves) {
        this.pool = pool;
        this.worker = worker;
        this.serves = serves;
        this.thread = thread;
        this.answering = thread == null ? java.util.concurrent.ConcurrentHashMap.newKeySet() : java.util.Set.of();
        if (thread == null) {
            this.waiter = null;
            this.outer = null;
        } else {
            this.waiter = Waiters.own();
            this.outer = CurrentWorker.of(waiter);
            sitDown();
        }
    }

    private void sitDown() {
        try {
            CurrentWorker.set(this);
        } catch (OutOfMemoryError noRoom) {
            CurrentWorker.set(outer); // the thread's table may have the seat, and have failed to grow after that
            throw noRoom;
        }
    }

    public static @Nullable WorkerSeat current() {
        return CurrentWorker.get() instanceof WorkerSeat seat ? seat : null;
    }

    /** The calling thread did something else, if it is a worker: its next task begins later than this one ended. */
    public static void delayCurrent() {
        WorkerSeat here = current();
        if (here != null) {
            here.delayed();
        }
    }

    /** Whether the calling thread is inside a task of this pool. */
    public static boolean inside(TaskOwner pool) {
        WaitingWorker at = CurrentWorker.get();
        while (at instanceof WorkerSeat seat) {
            if (seat.pool == pool) {
                return true;
            }
            at = seat.outer;
        }
        return false;
    }

    @Override
    public String worker() {
        if (worker != null) {
            return worker;
        }
        if (thread == null) {
            return pool.name();
        }
        return thread.isVirtual() ? "virtual-" + thread.threadId() : thread.getName();
    }

    @Override
    public void leave() {
        if (thread != null) {
            CurrentWorker.set(outer == waiter ? null : outer); // a coroutine that is a worker itself marks no thread
        }
        pool.workerLeft(this);
    }

    @Override
    public void lost(String reason) {
        pool.workerLost(this, reason, null);
    }

    @Override
    public void lost(Failure.Lost loss, String task) {
        pool.workerLost(this, loss.death().reason(), FailureTable.loss(task, worker(), loss));
    }

    @Override
    public @Nullable WaitEdge waits() {
        return waits;
    }

    @Override
    public boolean serves() {
        return serves;
    }

    @Override
    public String taskName() {
        TaskCell<?> task = running;
        return task == null ? "a task" : task.name();
    }

    @Override
    public DeadlockDetector.@Nullable Verdict verdict() {
        return verdict;
    }

    @Override
    public void judged(DeadlockDetector.Verdict verdict) {
        this.verdict = verdict;
        if (waiter != null) {
            waiter.wake();
        }
        LockSupport.unpark(thread); // a coroutine in a blocking call waits as a thread does
    }

    @Override
    public void waitFor(@Nullable WaitEdge wait) {
        waits = wait;
        if (outer != null) {
            outer.waitFor(wait);
        }
    }

    @Override
    public boolean isTimed() {
        return waiter != null && waiter.isTimed();
    }

    /** Interrupts the worker, and what it waits for. A thread that only takes turns with others is told in its turn. */
    void interruptThread(Thread worker) {
        worker.interrupt();
        if (waiter != null) {
            waiter.wake();
        }
    }

    /** Asks the running task to stop. */
    public void interrupt() {
        TaskCell<?> task = running;
        if (task != null) {
            task.nudge();
        }
    }

    /**
     * The worker begins this task. A release store suffices: the compare-and-set of the pool's counts follows, a full
     * fence.
     */
    void runs(TaskCell<?> task) {
        TaskCell<?> before = running;
        if (before != null && thread == null) { // a worker elsewhere went on, and its answer is on its way
            noteAnswering(before);
        }
        countedOut = false; // the store of the task publishes it
        RUNNING.setRelease(this, task);
    }

    /** Without memory it is not noted: then {@code kill} does not cancel it, and its answer is taken. */
    private void noteAnswering(TaskCell<?> before) {
        try {
            answering.add(before);
        } catch (OutOfMemoryError noRoom) {
            // it may stand there all the same, and goes with its answer
        }
        if (before.ended()) {
            answering.remove(before); // it came just now
        }
    }

    /** The running task no longer counts as waiting. */
    public void countedOut() {
        COUNTED_OUT.setRelease(this, true);
    }

    /** Returns whether the running task no longer counts as waiting. */
    public boolean isCountedOut() {
        return (boolean) COUNTED_OUT.getAcquire(this);
    }

    /**
     * When a task begins that was queued then. If it stood in the queue already when this worker settled its last one,
     * it begins where that one ended: reading the clock is a good part of what a tiny task costs.
     */
    long startOf(long queuedAt) {
        return straightOn && settledAt - queuedAt > 0 ? settledAt : pool.clock();
    }

    /** When a task begins that lay at this worker while it was at its last: as soon as that ended, or when it came. */
    long startAfterLast(long queuedAt) {
        return settledAt - queuedAt > 0 ? settledAt : queuedAt;
    }

    /** The worker is about to settle its task. */
    void settles() {
        straightOn = true;
        giveBack();
    }

    private void giveBack() {
        Runnable giving = atTaskEnd;
        if (giving != null) {
            atTaskEnd = null;
            SeatErrands.giveBack(giving);
        }
    }

    /** The worker did something else in between: its next task begins later than this one ended. */
    public void delayed() {
        straightOn = false;
    }

    /** The worker is out of a task that it settled itself. */
    void settledAt(long moment) {
        settledAt = moment;
    }

    /** The worker is out of its task, in whatever way. */
    void free(TaskCell<?> task) {
        if (running != task) { // a late report about an earlier one
            if (thread == null) {
                answering.remove(task);
            }
            return;
        }
        if (thread == null) {
            stuck = NOWHERE;
            settledAt = pool.clock();
        }
        giveBack();
        RUNNING.setRelease(this, null);
        Timer.Alarm ringing = alarm;
        if (ringing != null) {
            alarm = null;
            SeatErrands.callOff(ringing);
        }
    }

    /**
     * Returns the list of the threads that wait for a {@link TaskVacancy} of this seat. The first watcher makes the
     * list before it looks whether it must wait: hardly any seat has watchers.
     */
    synchronized WaiterList watchers() {
        WaiterList there = watchers;
        if (there == null) {
            watchers = there = new WaiterList();
        }
        return there;
    }

    void vacated() {
        WaiterList there = watchers;
        if (there != null) {
            there.wakeAll();
        }
    }

    /** By the thread: the hash that every object has costs more than the rest of what a virtual thread's seat does. */
    @Override
    public int hashCode() {
        return thread == null ? System.identityHashCode(this) : Long.hashCode(thread.threadId());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }
}
