package dev.pando.internal.task;

import dev.pando.PoolException;
import dev.pando.TaskFuture;
import dev.pando.TaskInfo;
import dev.pando.internal.deadlock.WaitingWorker;
import dev.pando.internal.util.Checks;
import dev.pando.spi.Cost;
import dev.pando.spi.Failure;
import dev.pando.spi.Job;
import dev.pando.spi.PrefetchingHost;
import dev.pando.spi.Seat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One task: a {@link TaskFuture} to its waiters, a {@link Job} to its worker, and its own link to both.
 * One object, because a task may be as small as an addition. The state is {@link TaskState}'s; this class acts on what
 * a transition answers: tells the observers, the pool, the worker.
 */
public sealed class TaskCell<T extends @Nullable Object> extends EndingTask<T>
        implements TaskFuture<T>, PrefetchingHost.Candidate permits PromiseCell {
    /**
     * Attempts that cost no retry, because their worker died before it had heard of them. Written by the thread that
     * brings that news.
     */
    private byte unheardAttempts;

    public TaskCell(TaskOptions options, long id, long queuedAt, @Nullable Object work) {
        super(options, id, queuedAt, work);
    }

    /** Ends a task that no worker has begun, because none will: the pool broke. */
    public boolean abandon(PoolException because) {
        return claimByHand(false) && settle(FAILED, TaskFailure.ofPool(because));
    }

    /**
     * Ends a task for which there was no memory to find a worker. {@code inQueue}: an entry stays behind there.
     * {@code false}: a worker has begun it all the same, or it has ended.
     */
    public boolean perish(boolean inQueue) {
        boolean mine = claimByHand(false) && settle(FAILED, UNTOLD);
        if (mine) {
            owner().withdrawn(inQueue);
        }
        return mine;
    }

    @Override
    public void run(Seat seat) {
        Object work = work(); // read first: a thread that ends the task from outside takes the work away
        int attempt = begin(seat);
        if (attempt == 0) {
            return;
        }
        Object value = null;
        Throwable thrown = null;
        try {
            Callable<?> body = (Callable<?>) Objects.requireNonNull(work);
            value = owner().metered() ? metered(body) : body.call();
        } catch (Throwable t) {
            thrown = t;
        }
        ((WorkerSeat) seat).settles();
        boolean settled = thrown == null ? succeed(attempt, value) : fail(attempt, Failure.threw(thrown));
        if (settled) {
            ((WorkerSeat) seat).settledAt(finishedAt());
        } else {
            ((WorkerSeat) seat).delayed(); // ended by another thread, or not at all: it will be tried again
        }
        if (nudged()) {
            Thread.interrupted(); // it was meant for this task, and the thread may be lent
        }
    }

    /** Asks the worker to stop, without ending the task: what it makes of that is its own affair. */
    void nudge() {
        if (toNudged(attempts())) {
            tellWorker(attempts());
        }
    }

    @Override
    public int begin(Seat seat) {
        boolean wasAhead = isAhead();
        int attempt = toRunning();
        if (attempt == 0) {
            return 0;
        }
        WorkerSeat mine = (WorkerSeat) seat;
        try {
            begun(attempt, mine, wasAhead);
            return attempt;
        } catch (Throwable t) { // no alarm could be set, say
            fail(attempt, Failure.threw(t));
            return 0;
        }
    }

    private void begun(int attempt, WorkerSeat mine, boolean wasAhead) {
        startedAt = wasAhead ? mine.startAfterLast(queuedAt) : attempt == 1 ? mine.startOf(queuedAt) : owner().clock();
        seatIs(mine);
        mine.runs(this);
        owner().begun(this, attempt, mine);
    }

    @Override
    public void backInLine() {
        toRegained(); // if it was sent ahead: its worker has let go of it
        owner().backInLine(this);
    }

    @Override
    public boolean ahead() {
        return !options.hasTimeout() && toAhead();
    }

    @Override
    public @Nullable Object packedWork() {
        return phase() == PENDING ? work() : null;
    }

    @Override
    public void cost(int attempt, Cost cost) {
        if (worker(attempt) != null) {
            notesMade().bill(TaskInfos.bill(cost));
        }
    }

    @Override
    public boolean succeed(int attempt, @Nullable Object value) {
        WorkerSeat worked = worker(attempt);
        boolean mine = claim(attempt) && settle(SUCCEEDED, value);
        if (!mine) {
            leave(attempt, worked);
        }
        if (worked != null) {
            worked.free(this);
        }
        return mine;
    }

    @Override
    public boolean fail(int attempt, Failure failure) {
        WorkerSeat worked = worker(attempt);
        boolean again = retryable(failure) && !isLast(attempt) && givenBack(attempt, worked);
        boolean mine = again || (claim(attempt) && settle(FAILED, kept(failure)));
        if (!mine) {
            leave(attempt, worked);
        }
        if (worked != null) {
            worked.free(this);
        }
        if (again) {
            owner().again(this);
        }
        return mine;
    }

    @Override
    public boolean giveBack(int attempt) {
        WorkerSeat worked = worker(attempt);
        if (attempts() == attempt) {
            unheardAttempts++;
        }
        boolean again = phase() == RUNNING && givenBack(attempt, worked);
        if (!again) {
            leave(attempt, worked);
        }
        if (worked != null) {
            worked.free(this);
        }
        if (again) {
            owner().again(this);
        }
        return again;
    }

    /**
     * RUNNING or EXPIRED → PENDING. From here until the next begin it has no seat, so that the old one is not told.
     */
    private boolean givenBack(int attempt, @Nullable WorkerSeat worked) {
        if (attempts() != attempt) {
            return false;
        }
        seatIs(null);
        if (toPending(attempt)) {
            return true;
        }
        seatIs(worked);
        return false;
    }

    /**
     * Returns the worker of this attempt. Returns null if the report comes too late and speaks of an earlier attempt.
     */
    private @Nullable WorkerSeat worker(int attempt) {
        return attempts() == attempt ? seat() : null;
    }

    private boolean isLast(int attempt) {
        return attempt - unheardAttempts > options.retries();
    }

    private static boolean retryable(Failure failure) {
        return failure instanceof Failure.Lost || failure instanceof Failure.TimedOut;
    }

    /** The worker is out of an attempt that ended or expired over its head. */
    private void leave(int attempt, @Nullable WorkerSeat worked) {
        do {
            // the other side is a few instructions away
            while (stopping() || phase() == SETTLING) {
                Thread.onSpinWait();
            }
            // meant for this task
            if (worked != null && worked.thread == Thread.currentThread()) {
                Thread.interrupted();
            }
            if (phase() == EXPIRED && leaveExpired(attempt, worked)) {
                return;
            }
        } while (phase() == SETTLING || stopping());
        if (attempts() != attempt || !occupied()) {
            return;
        }
        if (worked != null) {
            worked.free(this); // first, so that a thread that waits for the worker to be out finds it out
        }
        vacate();
        if (worked != null) {
            worked.vacated();
        }
    }

    /**
     * The worker gave up an expired attempt, before it was ended: there is another attempt, or that was the last.
     */
    private boolean leaveExpired(int attempt, @Nullable WorkerSeat worked) {
        if (isLast(attempt)) {
            return claimExpired(attempt) && settle(FAILED, outOfTime());
        }
        if (!givenBack(attempt, worked)) {
            return false;
        }
        owner().again(this);
        return true;
    }

    /**
     * The deadline of an attempt passed. Where the worker is a thread of this JVM it can be seen where it is; elsewhere
     * the engine looks, and the attempt ends when it has told what it saw.
     */
    public void expire(int attempt) {
        if (!isLast(attempt) || isElsewhere(attempt)) {
            if (!toExpired(attempt)) {
                return;
            }
            boolean elsewhere = isElsewhere(attempt);
            tellWorker(attempt);
            if (!elsewhere) {
                giveGrace(attempt);
            }
        } else if (claim(attempt)) {
            owner().beginErrand(); // before the worker is let go: it may be the last
            finish(FAILED, outOfTime(), true);
            tellWorker(attempt);
            owner().errand(this, null);
        }
    }

    private void giveGrace(int attempt) {
        try {
            owner().grace(this, attempt);
        } catch (Throwable noAlarm) {
            graceOver(attempt); // or else nothing would end the attempt of a worker that does not stop
        }
    }

    /** The worker did not give up an expired attempt in time, so it cannot be tried again. */
    public void graceOver(int attempt) {
        if (!claimExpired(attempt)) {
            return;
        }
        owner().beginErrand();
        finish(FAILED, outOfTime(), true);
        stopDelivered();
        owner().errand(this, null);
    }

    @Override
    public void stuck(int attempt, List<StackTraceElement> frames) {
        WorkerSeat at = worker(attempt);
        if (at == null) {
            return;
        }
        at.stuck = frames;
        if (isLast(attempt)) {
            graceOver(attempt);
        }
    }

    private boolean isElsewhere(int attempt) {
        WorkerSeat at = worker(attempt);
        return at != null && at.thread == null;
    }

    @Override
    public TaskFuture<T> onDone(Consumer<? super TaskFuture<T>> callback) {
        CallbackObserver<T> observer = new CallbackObserver<>(Checks.present(callback, "callback"));
        if (!observe(observer)) {
            observer.done(this);
        }
        return this;
    }

    @Override
    public CompletableFuture<T> toCompletableFuture() {
        return CompletionStages.viewOf(this);
    }

    @Override
    public void rescue(WaitingWorker asking) {
        owner().rescue(this, asking);
    }

    @Override
    TaskCell<T> self() {
        return this;
    }

    @Override
    public TaskInfo info() {
        lookAhead();
        return TaskInfos.of(this);
    }
}
