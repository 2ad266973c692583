package dev.pando.internal.process.schedule;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.ArrayList;
import java.util.List;

/**
 * Which worker does what. Pure: events go in with the moment at which they happened, commands come out, and the caller
 * calls carries them out. No thread, clock, lock or process in here; {@link #check} says whether it all makes sense.
 *
 * <pre>
 *              ready              fed                stop, then grace over
 *   STARTING ────────► LOOKING ─────────► BUSY ─────────────────────────────┐
 *      │                ▲   │ nothing      │ free                           │
 *      │          work  │   ▼              ▼                                ▼
 *      │               IDLE ◄────────── LOOKING ──► LEAVING ── patience ─► DYING
 *      │ (a spare waits here)           worn, over      │                   │
 *      └──────────── too late, failed ──────────────────┴──── dead ─────────┴──► DEAD ── buried ──► gone
 * </pre>
 */
@CheckReturnValue
public final class WorkerScheduler {
    public static final long NEVER = Long.MAX_VALUE;

    /** What a worker may take. {@code recycleAfter} 0: any number of tasks; a duration of {@link #NEVER}: for ever. */
    public record Rules(
            int width,
            int spares,
            int recycleAfter,
            long startNanos,
            long graceNanos,
            long leaveNanos,
            long idleNanos) {
        /**
         * Returns the upper bound of processes, those included that are slow to leave: each worker may have a
         * successor.
         */
        int most() {
            return 2 * width + spares;
        }
    }

    /** Returns the moment that comes so long after this one, {@link #NEVER} where the clock would run over before. */
    static long after(long now, long nanos) {
        long then = now + nanos;
        return nanos == NEVER || then < now ? NEVER : then;
    }

    /**
     * So many deaths at work are harmless for each worker: a task that is tried three times, at the same moment in all
     * of them.
     */
    private static final int DEATHS_PER_PLACE = 3;

    private final Rules rules;
    private final WorkerTable workers = new WorkerTable();
    private final List<SchedulerCommand> commands = new ArrayList<>();
    private final LaunchPolicy launches;
    private final LeavePolicy leaving;
    private boolean begun;
    private boolean over;
    private boolean killed;
    private boolean ended;

    public WorkerScheduler(Rules rules) {
        this.rules = rules;
        this.launches = new LaunchPolicy(rules, workers, commands);
        this.leaving = new LeavePolicy(rules, workers, launches, commands);
    }

    /** Starts all that there may be, before there is work. */
    public List<SchedulerCommand> eager(long now) {
        begun = true;
        launches.eager = true;
        return done(now);
    }

    /** A task may stand in the queue; also after the end, because a task that lost its worker may be tried again. */
    public List<SchedulerCommand> work(long now) {
        if (killed || ended) {
            return done(now);
        }
        begun = true;
        over = false;
        WorkerRecord rested = workers.wake();
        WorkerRecord soon = rested == null ? workers.freeSoon() : null;
        if (rested != null) {
            launches.give(rested, rules.graceNanos, now);
        } else if (soon != null) {
            soon.promised = true;
        } else {
            launches.owe();
        }
        return done(now);
    }

    /**
     * A task stands in the queue, but a worker may come for it anyway: none is launched while a worker is about to
     * look.
     */
    public List<SchedulerCommand> waiting(long now) {
        if (killed || ended) {
            return done(now);
        }
        over = false;
        return workers.isAnybodyIdle() || !workers.isAnybodyComing() ? work(now) : done(now);
    }

    public List<SchedulerCommand> ready(int id, long now) {
        WorkerRecord worker = workers.get(id);
        if (worker == null || worker.state != WorkerRecord.State.STARTING) {
            return done(now);
        }
        launches.backoff.ready();
        worker.ready = true;
        worker.due = NEVER;
        if (over || worker.departing) {
            leaving.release(worker, isOpen(), now);
        } else if (worker.spare) {
            worker.state = WorkerRecord.State.IDLE;
            leaving.relieve(isOpen(), now);
        } else {
            launches.feed(worker);
        }
        return done(now);
    }

    /**
     * The worker has answered this run, and comes free when that is settled: a task that arrives meanwhile needs no new
     * worker. To be told as {@link #free} then.
     */
    public List<SchedulerCommand> settling(int id, int run, long now) {
        WorkerRecord worker = workers.get(id);
        if (worker != null && worker.state == WorkerRecord.State.BUSY && worker.latestRun == run) {
            worker.settling = true;
        }
        return done(now);
    }

    /**
     * The worker has answered this run, which is about to be settled. Where it goes on, it looks at the line after
     * that, and its command to do so is among those returned. Where it is to leave, this is {@link #settling}.
     */
    public List<SchedulerCommand> answered(int id, int run, long now) {
        WorkerRecord worker = workers.get(id);
        if (worker == null
                || worker.state != WorkerRecord.State.BUSY
                || worker.latestRun != run
                || leaving.leavesAfterTask(worker)) {
            return settling(id, run, now);
        }
        return free(id, now);
    }

    /**
     * The worker took the task that it was woken for, as this run. No command comes of that: it was taken to be at work
     * before.
     */
    public void took(int id, int run) {
        WorkerRecord worker = workers.get(id);
        if (worker != null && worker.mayStillLook && worker.latestRun == run) {
            worker.mayStillLook = false;
        }
    }

    /** The worker was given a task, as this run. Another task in the queue is announced by {@link #work} after this. */
    public List<SchedulerCommand> fed(int id, int run, long now) {
        WorkerRecord worker = workers.get(id);
        if (worker != null && (worker.state == WorkerRecord.State.LOOKING || worker.mayStillLook)) {
            if (!worker.mayStillLook) {
                worker.tasks++;
            }
            worker.mayStillLook = false;
            worker.state = WorkerRecord.State.BUSY;
            worker.promised = false;
            worker.began(run, after(now, rules.graceNanos));
        }
        return done(now);
    }

    /**
     * The queue had no task for the worker. A task that came meanwhile is announced by {@link #work} after this.
     *
     * @param lastRun what it was given last, as far as it ever was given anything
     */
    public List<SchedulerCommand> nothing(int id, int lastRun, long now) {
        WorkerRecord worker = workers.get(id);
        if (worker != null && (worker.state == WorkerRecord.State.LOOKING || worker.mayStillLook)) {
            if (worker.mayStillLook) {
                worker.tasks--;
            }
            worker.mayStillLook = false;
            worker.latestRun = lastRun;
            worker.promised = false;
            worker.state = WorkerRecord.State.IDLE;
            worker.due = after(now, rules.idleNanos);
            workers.rests(worker);
            if (worker.departing || over) {
                leaving.release(worker, isOpen(), now);
            } else if (worker.worn) {
                leaving.relieve(isOpen(), now);
            }
        }
        return done(now);
    }

    /** It answered. */
    public List<SchedulerCommand> free(int id, long now) {
        WorkerRecord worker = workers.get(id);
        if (worker == null || worker.state != WorkerRecord.State.BUSY) {
            return done(now);
        }
        launches.backoff.answered(now);
        worker.settling = false;
        worker.mayStillLook = false;
        worker.due = NEVER;
        if (leaving.leavesAfterTask(worker)) {
            leaving.release(worker, isOpen(), now);
        } else {
            launches.feed(worker);
        }
        return done(now);
    }

    /** It answered this run, and goes on with the next that it has. */
    public List<SchedulerCommand> goesOn(int id, int run, long now) {
        WorkerRecord worker = workers.get(id);
        if (worker != null) {
            worker.wentOn(run);
        }
        return done(now);
    }

    /** This run was told to stop. The news may come before it is known to have begun, or after it has ended. */
    public List<SchedulerCommand> stop(int id, int run, long now) {
        WorkerRecord worker = workers.get(id);
        if (worker != null) {
            worker.toldToStop(run, after(now, rules.graceNanos));
        }
        return done(now);
    }

    /** It says that it leaves, without having been told: at once, or after the answer that comes next. */
    public List<SchedulerCommand> departing(int id, long now) {
        WorkerRecord worker = workers.get(id);
        if (worker != null) {
            worker.departing = true;
            if (worker.state == WorkerRecord.State.IDLE) {
                leaving.release(worker, isOpen(), now);
            } else if (worker.state == WorkerRecord.State.BUSY && worker.due == NEVER) {
                worker.due = after(now, rules.leaveNanos);
            }
        }
        return done(now);
    }

    /** It holds more memory than it should. */
    public List<SchedulerCommand> worn(int id, long now) {
        WorkerRecord worker = workers.get(id);
        if (worker != null) {
            worker.worn = true;
        }
        return done(now);
    }

    /** It holds far more memory than it should. */
    public List<SchedulerCommand> spent(int id, long now) {
        WorkerRecord worker = workers.get(id);
        if (worker != null) {
            worker.worn = worker.spent = true;
        }
        return done(now);
    }

    /** It holds more memory than it may, while at this run: one that has ended since is forgiven. */
    public List<SchedulerCommand> tooHeavy(int id, int run, String why, long now) {
        WorkerRecord worker = workers.get(id);
        if (worker != null && worker.state == WorkerRecord.State.BUSY && worker.latestRun == run) {
            leaving.kill(worker, why);
        }
        return done(now);
    }

    /** Its initializer threw. If none ever got through it, none will. */
    public List<SchedulerCommand> unfit(int id, String why, long now) {
        WorkerRecord worker = workers.get(id);
        if (worker != null && !launches.backoff.everReady() && !over && !killed) {
            commands.add(new SchedulerCommand.Break(why));
        }
        return done(now);
    }

    /** Its process is no more: its place is free. */
    public List<SchedulerCommand> dead(int id, String why, long now) {
        WorkerRecord worker = workers.get(id);
        if (worker == null || worker.state == WorkerRecord.State.DEAD) {
            return done(now);
        }
        boolean unasked = worker.isAtWork() || worker.state == WorkerRecord.State.IDLE;
        workers.restsNoMore(worker);
        worker.settling = false;
        worker.mayStillLook = false;
        worker.state = WorkerRecord.State.DEAD;
        worker.due = NEVER;
        if (!worker.ready && !worker.unwanted && !killed && !over) {
            launches.backoff.failedToStart(now);
            if (launches.backoff.isHopeless() && workers.active() == 0) {
                commands.add(new SchedulerCommand.Break(why));
            }
        } else if (unasked) {
            launches.backoff.died(now, DEATHS_PER_PLACE * (rules.width + rules.spares));
        }
        return done(now);
    }

    /** Everything of it is gone: its children, its output, its files. */
    public List<SchedulerCommand> buried(int id, long now) {
        workers.remove(id);
        return done(now);
    }

    /** The pool is closing and its line is empty. */
    public List<SchedulerCommand> over(long now) {
        over = true;
        launches.forgive();
        for (WorkerRecord worker : workers) {
            if (worker.state == WorkerRecord.State.IDLE) {
                leaving.release(worker, isOpen(), now);
            } else if (worker.state == WorkerRecord.State.STARTING) {
                leaving.killUnwanted(worker);
            }
        }
        return done(now);
    }

    /** Everything stops, now. */
    public List<SchedulerCommand> killAll(long now) {
        killed = true;
        launches.forgive();
        for (WorkerRecord worker : workers) {
            leaving.kill(worker, "the pool was killed");
        }
        return done(now);
    }

    /** A moment named by {@link #due} has come. */
    public List<SchedulerCommand> tick(long now) {
        launches.backoff.tick(now);
        for (WorkerRecord worker : workers) {
            if (worker.due <= now) {
                leaving.timeIsUp(worker, isOpen(), now);
            }
        }
        return done(now);
    }

    /** When {@link #tick} has to be called next, {@link #NEVER} if nothing depends on time. */
    public long due() {
        return over || killed ? workers.due() : Math.min(launches.backoff.due(), workers.due());
    }

    /**
     * Returns whether a worker works, is about to, or died at work and is not buried: the program must not end then.
     */
    public boolean isAtWork() {
        return launches.isOwed()
                || workers.count(worker -> switch (worker.state) {
                            case LOOKING, BUSY, DYING, DEAD -> true;
                            case STARTING -> !worker.spare;
                            case IDLE, LEAVING -> false;
                        })
                        > 0;
    }

    /**
     * Returns whether every place is held by a worker with a task, which looks at the queue after it: a task that
     * comes to stand there need not be announced here.
     */
    public boolean isFull() {
        return !over
                && !killed
                && workers.count(worker -> worker.isActive() && worker.state == WorkerRecord.State.BUSY)
                        == rules.width();
    }

    private boolean isOpen() {
        return !over && !killed;
    }

    private List<SchedulerCommand> done(long now) {
        if (begun && !over && !killed) {
            launches.fill(now);
        }
        if (over && workers.isEmpty() && !ended) {
            ended = true;
            commands.add(new SchedulerCommand.End());
        }
        List<SchedulerCommand> todo = List.copyOf(commands);
        commands.clear();
        return todo;
    }

    /** Throws if anything in here contradicts itself. */
    void check() {
        workers.check(rules, over);
        if (launches.isOwed() && (over || killed)) {
            throw new IllegalStateException("somebody to be hired although it is over: " + this);
        }
        if (!commands.isEmpty()) {
            throw new IllegalStateException("commands that were not carried out: " + commands);
        }
    }

    @Override
    public String toString() {
        return "WorkerScheduler[" + workers + launches + (over ? "over" : "open") + (killed ? ", killed]" : "]");
    }
}
