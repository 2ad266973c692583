package dev.pando.process;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which worker does what. Pure: events go in with the moment at which they happened, commands come out, and whoever calls
 * carries them out. No thread, clock, lock or process in here; {@link #check} says whether it all makes sense.
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
final class Roster {
    static final long NEVER = Long.MAX_VALUE;

    /** What a worker may take. {@code recycleAfter} 0: any number of tasks; a duration of {@link #NEVER}: for ever. */
    record Rules(int width, int spares, int recycleAfter, long startNanos, long graceNanos, long leaveNanos, long idleNanos) {
        /** So many processes at most, those included that are slow to leave: each worker may have an heir. */
        int most() {
            return 2 * width + spares;
        }
    }

    /** Returns the moment that comes so long after this one, {@link #NEVER} where the clock would run over before. */
    static long after(long now, long nanos) {
        long then = now + nanos;
        return nanos == NEVER || then < now ? NEVER : then;
    }

    /** So many deaths at work are harmless for each worker: a task that is tried three times, at the same moment in all of them. */
    private static final int DEATHS_PER_PLACE = 3;

    private final Rules rules;
    private final Crew crew = new Crew();
    private final List<Order> commands = new ArrayList<>();
    private final Hiring hiring;
    private final LeavePolicy leaving;
    private boolean begun;
    private boolean over;
    private boolean killed;
    private boolean ended;

    Roster(Rules rules) {
        this.rules = rules;
        this.hiring = new Hiring(rules, crew, commands);
        this.leaving = new LeavePolicy(rules, crew, hiring, commands);
    }

    /** Starts all that there may be, before there is work. */
    List<Order> eager(long now) {
        begun = true;
        hiring.eager = true;
        return done(now);
    }

    /** Somebody may stand in line; also after all was over, for a task that lost its worker may be tried again. */
    List<Order> work(long now) {
        if (killed || ended) return done(now);
        begun = true;
        over = false;
        Member rested = crew.wake();
        Member soon = rested == null ? crew.freeSoon() : null;
        if (rested != null) hiring.give(rested, rules.graceNanos, now);
        else if (soon != null) soon.promised = true;
        else hiring.owe();
        return done(now);
    }

    /** Somebody stands in line, but may be counted on already: nobody is hired while there is somebody who is about to look. */
    List<Order> waiting(long now) {
        if (killed || ended) return done(now);
        over = false;
        return crew.isAnybodyIdle() || !crew.isAnybodyComing() ? work(now) : done(now);
    }

    List<Order> ready(int id, long now) {
        Member worker = crew.get(id);
        if (worker == null || worker.state != Member.State.STARTING) return done(now);
        hiring.storm.ready();
        worker.ready = true;
        worker.due = NEVER;
        if (over || worker.departing) {
            leaving.release(worker, isOpen(), now);
        } else if (worker.spare) {
            worker.state = Member.State.IDLE;
            leaving.relieve(isOpen(), now);
        } else {
            hiring.feed(worker);
        }
        return done(now);
    }

    /**
     * The worker has answered this run, and comes free when that is settled: a task that arrives meanwhile needs no new worker.
     * To be told as {@link #free} then.
     */
    List<Order> settling(int id, int run, long now) {
        Member worker = crew.get(id);
        if (worker != null && worker.state == Member.State.BUSY && worker.latestRun == run) worker.settling = true;
        return done(now);
    }

    /**
     * The worker has answered this run, which is about to be settled. Where it goes on, it looks at the line after that, and its
     * command to do so is among those returned. Where it is to leave, this is {@link #settling}.
     */
    List<Order> answered(int id, int run, long now) {
        Member worker = crew.get(id);
        if (worker == null || worker.state != Member.State.BUSY || worker.latestRun != run || leaving.leavesAfterTask(worker)) return settling(id, run, now);
        return free(id, now);
    }

    /** The worker took the task that it was woken for, as this run. No command comes of that: it was taken to be at work before. */
    void took(int id, int run) {
        Member worker = crew.get(id);
        if (worker != null && worker.mayStillLook && worker.latestRun == run) worker.mayStillLook = false;
    }

    /** It was given a job, as this run. Whoever else stands in line is told as {@link #work} after this. */
    List<Order> fed(int id, int run, long now) {
        Member worker = crew.get(id);
        if (worker != null && (worker.state == Member.State.LOOKING || worker.mayStillLook)) {
            if (!worker.mayStillLook) worker.tasks++;
            worker.mayStillLook = false;
            worker.state = Member.State.BUSY;
            worker.promised = false;
            worker.began(run, after(now, rules.graceNanos));
        }
        return done(now);
    }

    /**
     * There was no job for it. Whoever came to stand in line meanwhile is told as {@link #work} after this.
     *
     * @param lastRun what it was given last, as far as it ever was given anything
     */
    List<Order> nothing(int id, int lastRun, long now) {
        Member worker = crew.get(id);
        if (worker != null && (worker.state == Member.State.LOOKING || worker.mayStillLook)) {
            if (worker.mayStillLook) worker.tasks--;
            worker.mayStillLook = false;
            worker.latestRun = lastRun;
            worker.promised = false;
            worker.state = Member.State.IDLE;
            worker.due = after(now, rules.idleNanos);
            crew.rests(worker);
            if (worker.departing || over) leaving.release(worker, isOpen(), now);
            else if (worker.worn) leaving.relieve(isOpen(), now);
        }
        return done(now);
    }

    /** It answered. */
    List<Order> free(int id, long now) {
        Member worker = crew.get(id);
        if (worker == null || worker.state != Member.State.BUSY) return done(now);
        hiring.storm.answered(now);
        worker.settling = false;
        worker.mayStillLook = false;
        worker.due = NEVER;
        if (leaving.leavesAfterTask(worker)) leaving.release(worker, isOpen(), now);
        else hiring.feed(worker);
        return done(now);
    }

    /** It answered this run, and goes on with the next that it has. */
    List<Order> goesOn(int id, int run, long now) {
        Member worker = crew.get(id);
        if (worker != null) worker.wentOn(run);
        return done(now);
    }

    /** This run was told to stop. The news may come before it is known to have begun, or after it has ended. */
    List<Order> stop(int id, int run, long now) {
        Member worker = crew.get(id);
        if (worker != null) worker.toldToStop(run, after(now, rules.graceNanos));
        return done(now);
    }

    /** It says that it leaves, without having been told: at once, or after the answer that comes next. */
    List<Order> departing(int id, long now) {
        Member worker = crew.get(id);
        if (worker != null) {
            worker.departing = true;
            if (worker.state == Member.State.IDLE) leaving.release(worker, isOpen(), now);
            else if (worker.state == Member.State.BUSY && worker.due == NEVER) worker.due = after(now, rules.leaveNanos);
        }
        return done(now);
    }

    /** It holds more memory than it should. */
    List<Order> worn(int id, long now) {
        Member worker = crew.get(id);
        if (worker != null) worker.worn = true;
        return done(now);
    }

    /** It holds far more memory than it should. */
    List<Order> spent(int id, long now) {
        Member worker = crew.get(id);
        if (worker != null) worker.worn = worker.spent = true;
        return done(now);
    }

    /** It holds more memory than it may, while at this run: one that has ended since is forgiven. */
    List<Order> tooHeavy(int id, int run, String why, long now) {
        Member worker = crew.get(id);
        if (worker != null && worker.state == Member.State.BUSY && worker.latestRun == run) leaving.kill(worker, why);
        return done(now);
    }

    /** Its initializer threw. If none ever got through it, none will. */
    List<Order> unfit(int id, String why, long now) {
        Member worker = crew.get(id);
        if (worker != null && !hiring.storm.everReady() && !over && !killed) commands.add(new Order.Break(why));
        return done(now);
    }

    /** Its process is no more: its place is free. */
    List<Order> dead(int id, String why, long now) {
        Member worker = crew.get(id);
        if (worker == null || worker.state == Member.State.DEAD) return done(now);
        boolean unasked = worker.isAtWork() || worker.state == Member.State.IDLE;
        crew.restsNoMore(worker);
        worker.settling = false;
        worker.mayStillLook = false;
        worker.state = Member.State.DEAD;
        worker.due = NEVER;
        if (!worker.ready && !worker.unwanted && !killed && !over) {
            hiring.storm.failedToStart(now);
            if (hiring.storm.isHopeless() && crew.active() == 0) commands.add(new Order.Break(why));
        } else if (unasked) {
            hiring.storm.died(now, DEATHS_PER_PLACE * (rules.width + rules.spares));
        }
        return done(now);
    }

    /** Everything of it is gone: its children, its output, its files. */
    List<Order> buried(int id, long now) {
        crew.remove(id);
        return done(now);
    }

    /** The pool is closing and its line is empty. */
    List<Order> over(long now) {
        over = true;
        hiring.forgive();
        for (Member worker : crew) {
            if (worker.state == Member.State.IDLE) leaving.release(worker, isOpen(), now);
            else if (worker.state == Member.State.STARTING) leaving.killUnwanted(worker);
        }
        return done(now);
    }

    /** Everything stops, now. */
    List<Order> killAll(long now) {
        killed = true;
        hiring.forgive();
        for (Member worker : crew) leaving.kill(worker, "the pool was killed");
        return done(now);
    }

    /** A moment named by {@link #due} has come. */
    List<Order> tick(long now) {
        hiring.storm.tick(now);
        for (Member worker : crew) {
            if (worker.due <= now) leaving.timeIsUp(worker, isOpen(), now);
        }
        return done(now);
    }

    /** When {@link #tick} has to be called next, {@link #NEVER} if nothing depends on time. */
    long due() {
        return over || killed ? crew.due() : Math.min(hiring.storm.due(), crew.due());
    }

    /** Whether somebody works, or is about to, or died at it and is not buried: until then the program must not end. */
    boolean isAtWork() {
        return hiring.isOwed() || crew.count(worker -> switch (worker.state) {
            case LOOKING, BUSY, DYING, DEAD -> true;
            case STARTING -> !worker.spare;
            case IDLE, LEAVING -> false;
        }) > 0;
    }

    /**
     * Whether every place is held by somebody who is at a task, and looks at the line after it: who comes to stand there
     * need not be told here.
     */
    boolean isFull() {
        return !over && !killed && crew.count(worker -> worker.isActive() && worker.state == Member.State.BUSY) == rules.width();
    }

    private boolean isOpen() {
        return !over && !killed;
    }

    private List<Order> done(long now) {
        if (begun && !over && !killed) {
            hiring.fill(now);
        }
        if (over && crew.isEmpty() && !ended) {
            ended = true;
            commands.add(new Order.End());
        }
        List<Order> todo = List.copyOf(commands);
        commands.clear();
        return todo;
    }

    /** Throws if anything in here contradicts itself. */
    void check() {
        crew.check(rules, over);
        if (hiring.isOwed() && (over || killed)) throw new IllegalStateException("somebody to be hired although it is over: " + this);
        if (!commands.isEmpty()) throw new IllegalStateException("orders that nobody got: " + commands);
    }

    @Override
    public String toString() {
        return "Roster[" + crew + hiring + (over ? "over" : "open") + (killed ? ", killed]" : "]");
    }
}
