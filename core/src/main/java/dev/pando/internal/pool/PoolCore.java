package dev.pando.internal.pool;

import dev.pando.WorkerLoss;
import dev.pando.internal.deadlock.WaitingWorker;
import dev.pando.internal.task.FailureTable;
import dev.pando.internal.task.TaskCell;
import dev.pando.internal.task.TaskInfos;
import dev.pando.internal.task.TaskObserver;
import dev.pando.internal.task.TaskOptions;
import dev.pando.internal.task.TaskOwner;
import dev.pando.internal.task.WorkerSeat;
import dev.pando.internal.util.HelperThreads;
import dev.pando.internal.util.MemoryPause;
import dev.pando.internal.util.SystemTimer;
import dev.pando.internal.util.ThreadLedger;
import dev.pando.internal.worker.ServingHost;
import dev.pando.internal.worker.TaskServices;
import dev.pando.spi.Engine;
import dev.pando.spi.PrefetchingEngine;
import dev.pando.spi.PrefetchingHost;
import dev.pando.spi.Timer;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The inside of a pool: what a task reports to it, what its engine asks of it, how it closes. How
 * a task comes in is {@link Intake}'s.
 *
 * <p>It owns no truth of its own. How many may wait is {@link Admission}'s, which is next is {@link TaskQueue}'s, what
 * became of a task is its {@link TaskCell}'s, how far the pool has come is {@link PoolLifecycle}'s, which workers are
 * here is {@link WorkerSeats}'s, what is owed to ended tasks is {@link PoolErrands}'s, what there is to see is read by
 * {@link StatsReader}, and how workers come is the engine's. No lock is held anywhere here. Tasks, callbacks and
 * listeners are called on the thread on which the event happens.
 */
public final class PoolCore implements PrefetchingHost, ServingHost, TaskOwner {
    /** How long an expired task has to obey its interrupt if it is to be tried again. */
    private static final long GRACE_NANOS = 1_000_000_000L;

    public final PoolLifecycle lifecycle = new PoolLifecycle();
    final PoolCounters counters = new PoolCounters();
    private final String name;
    private final String backend;
    private final Admission admission;
    private final TaskQueue queue;
    private final EventPublisher events;
    private final boolean metered;
    private final Timer timer;
    private final @Nullable SystemTimer ownTimer;
    private final WorkerSeats seats = new WorkerSeats();
    final HelperThreads helpers;
    private final PoolErrands errands;
    private final TaskInfos.Anchor anchor;
    private final Engine engine;
    private final @Nullable PrefetchingEngine prefetching;
    private final Intake intake;
    private final PoolShutdown shutdown;
    private final StatsReader stats;

    // the engine gets its host last, when everything that it may ask for is there
    @SuppressWarnings("this-escape")
    public PoolCore(PoolOptions options) {
        name = options.name();
        MemoryPause.prepare();
        backend = options.backend().toString();
        FreeWorkers free = new FreeWorkers(seats);
        admission = new Admission(options.queue(), free);
        queue = new TaskQueue(admission.waitingCount());
        events = new EventPublisher(options.name(), options.listeners(), options.recorded());
        metered = options.metered();
        Timer custom = options.timer();
        ownTimer = custom == null ? new SystemTimer(ThreadLedger.factory(name + "-timer", lifecycle.threads)) : null;
        timer = custom == null ? Objects.requireNonNull(ownTimer) : custom;
        anchor = new TaskInfos.Anchor(timer.nanoTime());
        helpers = new HelperThreads(ThreadLedger.factory(name + "-errand", lifecycle.threads));
        errands = new PoolErrands(helpers);
        engine = options.backend().start(this);
        free.engine = engine;
        prefetching = engine instanceof PrefetchingEngine ahead ? ahead : null;
        try {
            shutdown = new PoolShutdown(this, backend, admission, queue, seats, errands, engine);
            intake = new Intake(this, options, admission, queue, engine, events);
            stats = new StatsReader(name, backend, engine, lifecycle, seats, admission, counters, queue, events);
            intake.tryCarriers();
            OpenPools.add(this);
        } catch (Throwable t) {
            lifecycle.advance(PoolState.KILLED);
            engine.kill(); // or else what the engine has started would stay
            throw t;
        }
    }

    public Intake intake() {
        return intake;
    }

    public PoolServices services() {
        return intake.services();
    }

    @Override
    public TaskServices taskServices() {
        return services().forWorkers();
    }

    public PoolShutdown shutdown() {
        return shutdown;
    }

    @Override
    public long clock() {
        return timer.nanoTime();
    }

    @Override
    public boolean metered() {
        return metered;
    }

    @Override
    public void begun(TaskCell<?> cell, int attempt, WorkerSeat seat) {
        admission.leave();
        seat.countedOut();
        TaskOptions terms = cell.options();
        if (terms.hasTimeout()) {
            seat.alarm = timer.after(terms.timeoutNanos(), () -> cell.expire(attempt));
        }
        events.started(cell);
    }

    @Override
    public void grace(TaskCell<?> cell, int attempt) {
        timer.after(GRACE_NANOS, () -> cell.graceOver(attempt));
    }

    @Override
    public void again(TaskCell<?> cell) {
        counters.retried.increment();
        admission.enterAnyway();
        if (lifecycle.state().compareTo(PoolState.KILLED) >= 0) {
            cell.cancel(true);
            return;
        }
        intake.dispatchAgain(cell);
    }

    @Override
    public void withdrawn(boolean inQueue) {
        admission.leave();
        if (inQueue) {
            queue.countDead();
        }
        shutdown.wakeIfClosing(); // the task may have been the last
    }

    @Override
    public void counts(int phase) {
        counters.ended(phase);
    }

    @Override
    public void progressed(TaskCell<?> cell) {
        events.progressed(cell);
    }

    @Override
    public void ended(TaskCell<?> cell) {
        events.finished(cell);
        if (events.listens()) {
            WorkerSeat.delayCurrent();
        }
    }

    @Override
    public void stop(TaskCell<?> cell, int attempt, WorkerSeat seat) {
        engine.stop(cell, attempt, seat);
    }

    @Override
    public void rescue(TaskCell<?> cell, WaitingWorker asking) {
        engine.rescue(new RescueJob(cell, asking));
        queue.countDead(); // its entry stays behind
    }

    @Override
    public void errand(TaskCell<?> cell, @Nullable TaskObserver callbacks) {
        errands.announce(this, cell, callbacks);
    }

    @Override
    public void beginErrand() {
        errands.begin();
    }

    void endErrand() {
        errands.end();
        shutdown.wakeIfClosing();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public @Nullable TaskCell<?> next() {
        return queue.next();
    }

    @Override
    public void backInLine(TaskCell<?> cell) {
        try {
            queue.putBack(cell);
        } catch (OutOfMemoryError noRoom) {
            var _ = cell.perish(false);
        }
    }

    @Override
    public int inLine() {
        return admission.waiting();
    }

    @Override
    public boolean isLatest(long id) {
        return counters.latestId() == id;
    }

    /** Returns 0 if listeners learn what begins, if costs are measured, or if a task has a priority. */
    @Override
    public int mayGoAhead() {
        return metered || events.listens() || queue.isRanked() ? 0 : admission.waiting();
    }

    @Override
    public boolean over() {
        return !lifecycle.isOpen() && admission.waiting() == 0 && errands.underWay() == 0;
    }

    @Override
    public boolean callbacksRun() {
        return errands.underWay() > 0;
    }

    @Override
    public boolean anyInLine() {
        return !queue.isEmpty();
    }

    @Override
    public Timer timer() {
        return timer;
    }

    @Override
    public WorkerSeat arrive(String worker, @Nullable Thread thread) {
        WorkerSeat seat = seats.added(new WorkerSeat(this, worker, thread, true));
        events.workerStarted(worker);
        return seat;
    }

    @Override
    public WorkerSeat visit(boolean another) {
        return seats.added(new WorkerSeat(this, null, Thread.currentThread(), another));
    }

    @Override
    public void workerLeft(WorkerSeat seat) {
        seats.remove(seat);
    }

    @Override
    public void workerLost(WorkerSeat seat, String reason, @Nullable WorkerLoss loss) {
        seats.remove(seat);
        counters.workersLost.increment();
        events.workerLost(seat.worker(), reason, loss);
    }

    @Override
    public void broken(Throwable cause) {
        if (lifecycle.breakDown(cause)) {
            lifecycle.advance(PoolState.CLOSING);
            admission.wakeAll();
            for (TaskCell<?> cell = queue.next(); cell != null; cell = queue.next()) {
                abandon(cell, cause);
            }
            shutdown.wakeAnyway();
        }
    }

    void abandon(TaskCell<?> cell, Throwable cause) {
        try {
            if (cell.abandon(FailureTable.broken(name, cause))) {
                withdrawn(true);
            }
        } catch (OutOfMemoryError noMemory) {
            var _ = cell.perish(true);
        }
    }

    @Override
    public void ended() {
        if (!lifecycle.advance(PoolState.CLOSED)) {
            return;
        }
        OpenPools.remove(this);
        try {
            helpers.close();
            if (ownTimer != null) {
                ownTimer.close();
            }
        } catch (OutOfMemoryError noMemory) {
            // their threads end by themselves, after a second without work
        }
    }

    @Override
    public void leaving(Thread thread) {
        lifecycle.threads.add(thread);
    }

    @Override
    public Collection<WorkerSeat> seats() {
        return seats.all();
    }

    @Override
    public int width() {
        return engine.width();
    }

    @Override
    public long soon(WorkerSeat seat) {
        return prefetching == null ? 0 : prefetching.soon(seat);
    }

    @Override
    public boolean canWait() {
        return engine.canWait();
    }

    @Override
    public TaskInfos.Anchor anchor() {
        return anchor;
    }

    public StatsReader stats() {
        return stats;
    }
}
