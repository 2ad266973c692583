package dev.pando;

import dev.pando.internal.util.SystemTimer;
import dev.pando.spi.Engine;
import dev.pando.spi.PrefetchingEngine;
import dev.pando.spi.PrefetchingHost;
import dev.pando.spi.Timer;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The inside of a pool: what a task reports to it, what its engine asks of it, how it closes, what there is to see. How a
 * task comes in is {@link Intake}'s.
 *
 * <p>It owns no truth of its own. How many may wait is {@link Admission}'s, which is next is {@link Line}'s, what became of a
 * task is its {@link TaskCell}'s, how far the pool has come is {@link Life}'s, which workers are here is {@link
 * WorkerSeats}'s, what is owed to ended tasks is {@link PoolErrands}'s, and how workers come is the engine's. No lock is held
 * anywhere here. Tasks, callbacks and listeners are called on the thread on which the event happens.
 */
final class PoolCore implements PrefetchingHost, TaskOwner {
    /** How long an expired task has to obey its interrupt if it is to be tried again. */
    private static final long GRACE_NANOS = 1_000_000_000L;

    final Life life = new Life();
    final Ledger ledger = new Ledger();
    private final String name;
    private final String backend;
    private final Admission admission;
    private final Line line;
    private final Reporter reporter;
    private final boolean metered;
    private final Timer timer;
    private final @Nullable SystemTimer ownTimer;
    private final WorkerSeats seats = new WorkerSeats();
    private final PoolErrands errands;
    private final Infos.Anchor anchor;
    private final Engine engine;
    private final @Nullable PrefetchingEngine prefetching;
    private final Intake intake;
    private final PoolShutdown shutdown;

    @SuppressWarnings("this-escape") // the engine gets its host last, when everything that it may ask for is there
    PoolCore(PoolOptions options) {
        name = options.name();
        backend = options.backend().toString();
        admission = new Admission(options.queue());
        line = new Line(admission::waiting);
        reporter = new Reporter(options.name(), options.listeners());
        metered = options.metered();
        Timer custom = options.timer();
        ownTimer = custom == null ? new SystemTimer(name + "-timer") : null;
        timer = custom == null ? Objects.requireNonNull(ownTimer) : custom;
        anchor = new Infos.Anchor(timer.nanoTime());
        errands = new PoolErrands(Thread.ofVirtual().name(name + "-errand").factory());
        engine = options.backend().start(this);
        prefetching = engine instanceof PrefetchingEngine ahead ? ahead : null;
        shutdown = new PoolShutdown(this, backend, admission, line, seats, errands, engine);
        intake = new Intake(this, options, admission, line, engine, reporter);
    }

    Intake intake() {
        return intake;
    }

    /** Returns the way in which this pool closes. */
    PoolShutdown shutdown() {
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

    /** A worker began it. */
    @Override
    public void begun(TaskCell<?> cell, int attempt, PoolSeat seat) {
        admission.leave();
        Terms terms = cell.terms();
        if (terms.hasTimeout()) {
            seat.alarm = timer.after(terms.timeoutNanos(), () -> cell.expire(attempt));
        }
        reporter.started(cell);
    }

    /** It was told to stop, and will be tried again if it does. */
    @Override
    public void grace(TaskCell<?> cell, int attempt) {
        timer.after(GRACE_NANOS, () -> cell.graceOver(attempt));
    }

    /** It will be tried again. */
    @Override
    public void again(TaskCell<?> cell) {
        ledger.retried.increment();
        admission.enterAnyway();
        if (life.state().compareTo(Life.State.KILLED) >= 0) {
            cell.cancel(true);
            return;
        }
        intake.dispatch(cell);
        Throwable broken = life.broken();
        if (broken != null) abandon(cell, broken); // nobody will come for it
    }

    /** It was cancelled before any worker began it; it stood in line, or lay at a worker. */
    @Override
    public void withdrawn(boolean inLine) {
        admission.leave();
        if (inLine) line.withdrawn();
        if (!life.isOpen()) engine.wake(); // it may have been the last
    }

    /** One more has ended so. */
    @Override
    public void counts(int phase) {
        ledger.ended(phase);
    }

    /** It is done. */
    @Override
    public void ended(TaskCell<?> cell) {
        if (reporter.listens()) {
            PoolSeat seat = PoolSeat.current();
            if (seat != null) seat.delayed();
        }
        reporter.finished(cell);
    }

    @Override
    public void stop(TaskCell<?> cell, int attempt, PoolSeat seat) {
        engine.stop(cell, attempt, seat);
    }

    /** Gives a task in line a worker beyond the width, for the sake of a seat that would else wait for ever. */
    @Override
    public void rescue(TaskCell<?> cell, WaitingWorker asking) {
        engine.rescue(new Rescue(cell, asking));
        line.withdrawn(); // its entry stays behind
    }

    @Override
    public void errand(Runnable body) {
        errands.run(() -> {
            try {
                PoolSeat seat = visit(false);
                try {
                    body.run();
                } finally {
                    seat.leave();
                }
            } finally {
                endErrand();
            }
        });
    }

    @Override
    public void beginErrand() {
        errands.begin();
    }

    void endErrand() {
        errands.end();
        if (!life.isOpen()) engine.wake();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public @Nullable TaskCell<?> next() {
        return line.next();
    }

    @Override
    public void backInLine(TaskCell<?> cell) {
        line.back(cell);
    }

    /** Not where listeners are told what begins, or costs are measured; and nobody goes ahead of a higher priority. */
    @Override
    public int mayGoAhead() {
        return metered || reporter.listens() || line.isRanked() ? 0 : admission.waiting();
    }

    @Override
    public boolean over() {
        return !life.isOpen() && admission.waiting() == 0 && errands.underWay() == 0;
    }

    @Override
    public boolean anyInLine() {
        return !line.isEmpty();
    }

    @Override
    public Timer timer() {
        return timer;
    }

    @Override
    public PoolSeat arrive(String worker, @Nullable Thread thread) {
        PoolSeat seat = new PoolSeat(this, worker, thread, true);
        seats.add(seat);
        reporter.workerStarted(worker);
        return seat;
    }

    @Override
    public PoolSeat visit(boolean another) {
        PoolSeat seat = new PoolSeat(this, null, Thread.currentThread(), another);
        seats.add(seat);
        return seat;
    }

    @Override
    public void workerLeft(PoolSeat seat) {
        seats.remove(seat);
    }

    @Override
    public void workerLost(PoolSeat seat, String reason) {
        seats.remove(seat);
        ledger.workersLost.increment();
        reporter.workerLost(seat.worker(), reason);
    }

    @Override
    public void broken(Throwable cause) {
        if (!life.breakDown(cause)) return;
        life.advance(Life.State.CLOSING);
        admission.wakeAll();
        for (TaskCell<?> cell = line.next(); cell != null; cell = line.next()) {
            abandon(cell, cause);
        }
        engine.wake();
    }

    void abandon(TaskCell<?> cell, Throwable cause) {
        if (cell.abandon(Failures.broken(name, cause))) withdrawn(true);
    }

    @Override
    public void ended() {
        if (life.advance(Life.State.CLOSED) && ownTimer != null) ownTimer.close();
    }

    @Override
    public Collection<PoolSeat> seats() {
        return seats.all();
    }

    @Override
    public int width() {
        return engine.width();
    }

    @Override
    public long soon(PoolSeat seat) {
        return prefetching == null ? 0 : prefetching.soon(seat);
    }

    @Override
    public boolean canWait() {
        return engine.canWait();
    }

    /** By which a moment of this pool's clock is a date. */
    @Override
    public Infos.Anchor anchor() {
        return anchor;
    }

    PoolStats stats() {
        if (prefetching != null) prefetching.catchUp();
        return new PoolStats(
                name,
                backend,
                life.broken() == null ? life.state().name().toLowerCase(java.util.Locale.ROOT) : "broken",
                seats.all().size(),
                seats.running(),
                admission.waiting(),
                intake.accepted(),
                ledger.succeeded.sum(),
                ledger.failed.sum(),
                ledger.cancelled.sum(),
                ledger.rejected.sum(),
                ledger.retried.sum(),
                ledger.workersLost.sum());
    }
}
