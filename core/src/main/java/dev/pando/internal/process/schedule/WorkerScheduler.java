package dev.pando.internal.process.schedule;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Which worker does what. Pure: events go in with the moment at which they happened, commands come out, and the caller
 * carries them out. No thread, clock, lock or process in here; {@link #check} says whether the invariants hold.
 *
 * <p>An event that finds no memory throws, and may come again: each step of it is done or not, and the commands of
 * those that were done are returned by the next event, or by {@link #poll}.
 *
 * <pre>
 *              ready              fed                stop, then grace over
 *   STARTING ────────► LOOKING ─────────► BUSY ─────────────────────────────┐
 *      │                ▲   │ nothing      │ free                           │
 *      │          work  │   ▼              ▼                                ▼
 *      │               IDLE ◄────────── LOOKING ──► LEAVING ── patience ─► DYING
 *      │ (a spare waits here)           worn, close     │                   │
 *      └──────────── too late, failed ──────────────────┴──── dead ─────────┴──► DEAD ── buried ──► gone
 * </pre>
 */
@CheckReturnValue
public final class WorkerScheduler {
    public static final long NEVER = Long.MAX_VALUE;

    private final SchedulerRules rules;
    private final WorkerTable workers = new WorkerTable();
    private final SchedulerPhase phase = new SchedulerPhase();
    private final CommandList commands = new CommandList();
    private final LaunchPolicy launches;
    private final LeavePolicy leaving;

    /** @param births told of each worker before it is known here; what this throws keeps it from being launched */
    public WorkerScheduler(SchedulerRules rules, IntConsumer births) {
        this.rules = rules;
        this.launches = new LaunchPolicy(rules, workers, phase, commands, births);
        this.leaving = new LeavePolicy(rules, workers, phase, launches, commands);
    }

    /** Starts all workers of the width, before there is work. */
    public List<SchedulerCommand> eager(long now) {
        phase.begin();
        launches.eager = true;
        return done(now);
    }

    /** A task is being packed, and comes unless it cannot travel: the first worker of the pool starts meanwhile. */
    public List<SchedulerCommand> expected(long now) {
        if (phase.isOpen() && workers.isEmpty()) {
            phase.begin();
            launches.launchAhead(now);
        }
        return done(now);
    }

    /** A task may stand in the queue; also after the end, because a task that lost its worker may be tried again. */
    public List<SchedulerCommand> work(long now) {
        if (!phase.reopen()) {
            return done(now);
        }
        phase.begin();
        WorkerRecord rested = workers.firstIdle();
        WorkerRecord soon = rested == null ? workers.freeSoon() : null;
        if (rested != null) {
            launches.wakeForTask(rested, now);
        } else if (soon != null) {
            soon.promised = true;
        } else {
            launches.owe();
        }
        return done(now);
    }

    /** A task stands in the queue: no worker is launched for it while one is about to look. */
    public List<SchedulerCommand> waiting(long now) {
        if (!phase.reopen()) {
            return done(now);
        }
        return workers.hasIdle() || !workers.hasComing() ? work(now) : done(now);
    }

    /** So many more workers may work at once, or fewer if negative. A task that one is for is announced after this. */
    public List<SchedulerCommand> widen(int by, long now) {
        launches.widen(by);
        leaving.shrink(now);
        return done(now);
    }

    public List<SchedulerCommand> ready(int id, long now) {
        noteReady(id, now);
        return done(now);
    }

    /** As {@link #ready}; the commands are among those of the next event. */
    public void noteReady(int id, long now) {
        WorkerRecord worker = workers.get(id);
        if (worker == null || worker.state != WorkerState.STARTING) {
            return;
        }
        if (worker.departing) { // it said so before: a failed start, or else workers would come and go for ever
            leaving.release(worker, now);
            return;
        }
        launches.backoff.ready();
        worker.ready = true;
        worker.due = NEVER;
        if (phase.isClosing()) {
            leaving.release(worker, now);
        } else if (worker.spare) {
            worker.state = WorkerState.IDLE;
            leaving.relieve(now);
        } else {
            launches.feed(worker);
        }
    }

    /**
     * The worker has answered this run, and comes free when that is settled: a task that arrives meanwhile needs no new
     * worker. {@link #free} must follow.
     */
    public List<SchedulerCommand> settling(int id, int run, long now) {
        WorkerRecord worker = workers.get(id);
        if (worker != null && worker.isAt(run)) {
            worker.settling = true;
        }
        return done(now);
    }

    /**
     * The worker has answered this run, which is about to be settled. If the worker goes on, its command to look at the
     * queue after that is among those returned. If it has to leave, this is {@link #settling}.
     */
    public List<SchedulerCommand> answered(int id, int run, long now) {
        WorkerRecord worker = workers.get(id);
        boolean goesOn = worker != null && worker.isAt(run) && !leaving.leavesAfterTask(worker);
        return goesOn ? free(id, now) : settling(id, run, now);
    }

    /** The worker took the task that it was woken for, as this run: it counted as at work before. */
    public void confirmTaken(int id, int run) {
        WorkerRecord worker = workers.get(id);
        if (worker != null && worker.mayStillLook && worker.latestRun == run) {
            worker.mayStillLook = false;
        }
    }

    /** The worker took a task, as this run. Another task in the queue is announced by {@link #work} after this. */
    public List<SchedulerCommand> fed(int id, int run, long now) {
        WorkerRecord worker = workers.get(id);
        if (worker != null && worker.isLooking()) {
            worker.takeTask(run, rules.graceEnd(now));
        }
        return done(now);
    }

    /**
     * The queue had no task for the worker. A task that came meanwhile is announced by {@link #work} after this.
     *
     * @param lastRun the last run that the worker had, 0 if it never had any
     */
    public List<SchedulerCommand> foundNothing(int id, int lastRun, long now) {
        WorkerRecord worker = workers.get(id);
        if (worker != null && worker.isLooking()) {
            worker.rest(lastRun, rules.idleEnd(now));
            workers.addIdle(worker);
        }
        if (worker != null) { // also when the event comes again
            leaving.leaveAtRest(worker, now);
        }
        return done(now);
    }

    /** The worker has answered: the command to look at the queue, or to leave, is among those returned. */
    public List<SchedulerCommand> free(int id, long now) {
        WorkerRecord worker = workers.get(id);
        if (worker == null || worker.state != WorkerState.BUSY) {
            return done(now);
        }
        launches.backoff.answered(now);
        worker.finishTask();
        if (leaving.leavesAfterTask(worker)) {
            leaving.release(worker, now);
        } else {
            launches.feed(worker);
        }
        return done(now);
    }

    /** The worker answered this run, and goes on with the next that it has. */
    public List<SchedulerCommand> goesOn(int id, int run, long now) {
        WorkerRecord worker = workers.get(id);
        if (worker != null) {
            worker.wentOn(run);
        }
        return done(now);
    }

    /** The run was asked to stop. The event may come before the run is known to have begun, or after it has ended. */
    public List<SchedulerCommand> stop(int id, int run, long now) {
        WorkerRecord worker = workers.get(id);
        if (worker != null) {
            worker.stopRun(run, rules.graceEnd(now));
        }
        return done(now);
    }

    /** The worker says that it leaves, without a command: at once, or after the answer that comes next. */
    public List<SchedulerCommand> departing(int id, long now) {
        WorkerRecord worker = workers.get(id);
        if (worker != null) {
            worker.departing = true;
            if (worker.state == WorkerState.IDLE) {
                leaving.release(worker, now);
            } else if (worker.state == WorkerState.BUSY && worker.due == NEVER) {
                worker.due = rules.leaveEnd(now);
            }
        }
        return done(now);
    }

    /** The worker holds more memory than it should, or far more. */
    public List<SchedulerCommand> worn(int id, boolean farMore, long now) {
        WorkerRecord worker = workers.get(id);
        if (worker != null) {
            worker.worn = true;
            worker.spent |= farMore;
        }
        return done(now);
    }

    /** The worker must not go on with this run, if it still is at it: it holds too much memory, or is stopped. */
    public List<SchedulerCommand> killAt(int id, int run, String why, long now) {
        WorkerRecord worker = workers.get(id);
        if (worker != null && worker.isAt(run)) {
            leaving.kill(worker, why);
        }
        return done(now);
    }

    /** The initializer of the worker threw. */
    public List<SchedulerCommand> unfit(int id, String why, long now) {
        if (workers.get(id) != null) {
            launches.reportUnfit(why);
        }
        return done(now);
    }

    /** The parent had no memory to start the worker, which dies of that: it is no failed start. */
    public void noteStarved(int id) {
        WorkerRecord worker = workers.get(id);
        if (worker != null) {
            worker.starved = true;
        }
    }

    /** The process of the worker has ended: its place is free. */
    public List<SchedulerCommand> dead(int id, String why, long now) {
        WorkerRecord worker = workers.get(id);
        if (worker == null || worker.state == WorkerState.DEAD) {
            return done(now);
        }
        SchedulerCommand.Break mayBreak = launches.prepareDeath(worker, why);
        boolean unasked = worker.isAtWork() || worker.state == WorkerState.IDLE || worker.leftBeforeWork();
        workers.removeIdle(worker);
        worker.die();
        launches.reportDeath(worker, unasked, mayBreak, now);
        return done(now);
    }

    /** Nothing is left of the worker: its children, its output, its files are gone. */
    public List<SchedulerCommand> buried(int id, long now) {
        workers.remove(id);
        return done(now);
    }

    /** The pool is closing and its queue is empty. */
    public List<SchedulerCommand> close(long now) {
        phase.close();
        launches.forgive();
        leaving.emptyPlaces(now);
        return done(now);
    }

    /** Kills all workers, now. */
    public List<SchedulerCommand> killAll(long now) {
        phase.kill();
        launches.forgive();
        leaving.killAll("the pool was killed");
        return done(now);
    }

    /** A moment named by {@link #due} has come. */
    public List<SchedulerCommand> tick(long now) {
        launches.backoff.tick(now);
        leaving.endOverdue(now);
        return done(now);
    }

    /** Returns when {@link #tick} has to be called next, {@link #NEVER} if nothing depends on time. */
    public long due() {
        return phase.isOpen() ? Math.min(launches.backoff.due(), workers.due()) : workers.due();
    }

    /** Returns whether a worker works, is about to, or died at work and is not buried: the program must not end. */
    public boolean isAtWork() {
        return launches.isOwed() || workers.keepProgram();
    }

    /**
     * Returns whether every place is held by a worker with a task, which looks at the queue after it: a task that
     * comes to stand there need not be announced here.
     */
    public boolean isFull() {
        return phase.isOpen() && workers.atTasks() >= launches.width();
    }

    private List<SchedulerCommand> done(long now) {
        if (phase.mayLaunch()) {
            launches.fill(now);
        }
        if (workers.isEmpty()) {
            commands.addEnd(phase);
        }
        return commands.takeAll();
    }

    /** Returns a command that an event without memory has left behind, null if there is none. Needs no memory. */
    public @Nullable SchedulerCommand poll() {
        return commands.poll();
    }

    /** Throws if an invariant is broken. */
    void check() {
        workers.check(rules, launches, phase.isClosing());
        if (launches.isOwed() && !phase.isOpen()) {
            throw new IllegalStateException("a launch is owed although the pool is not open: " + this);
        }
        if (!commands.isEmpty()) {
            throw new IllegalStateException("commands that were not carried out: " + commands);
        }
    }

    @Override
    public String toString() {
        return "WorkerScheduler[" + workers + launches + phase + "]";
    }
}
