package dev.pando.internal.process.schedule;

import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Which workers a {@link WorkerScheduler} has launched: one for each task that found no worker, up to the width;
 * spares; successors of workers that are about to leave. A launch that cannot be made now is owed. As pure as the
 * scheduler.
 */
final class LaunchPolicy {
    /**
     * Deaths at work that are harmless for each worker: a task that is tried three times, at the same moment in all of
     * them.
     */
    private static final int DEATHS_PER_PLACE = 3;

    final CrashBackoff backoff = new CrashBackoff();
    private final SchedulerRules rules;
    private final WorkerTable workers;
    private final SchedulerPhase phase;
    private final CommandList commands;

    /** Told of each worker before it is known here. What this throws keeps the worker from being launched. */
    private final IntConsumer births;

    private int ids;

    /** Workers beside those of the rules, for tasks that stay for long. */
    private int extra;

    private int mostExtra;

    /** Workers that tasks need and that could not be launched yet. */
    private int owed;

    /** Whether all workers of the width are started before there is work, and replaced at once. */
    boolean eager;

    LaunchPolicy(
            SchedulerRules rules, WorkerTable workers, SchedulerPhase phase, CommandList commands, IntConsumer births) {
        this.births = births;
        this.rules = rules;
        this.workers = workers;
        this.phase = phase;
        this.commands = commands;
    }

    /** A task came, and no worker is about to look at the queue. */
    void owe() {
        owed++;
    }

    /** Launches a worker for a task that is not in the queue yet. It is promised to the next that comes there. */
    void launchAhead(long now) {
        if (launch(false, true, now)) {
            workers.expectNext();
        }
    }

    /** How many workers may work at once now. */
    int width() {
        return rules.width() + extra;
    }

    /** The most that the width ever was: workers beyond what it is now leave after their tasks. */
    int mostActive() {
        return rules.width() + mostExtra;
    }

    void widen(int by) {
        extra += by;
        mostExtra = Math.max(mostExtra, extra);
    }

    void forgive() {
        owed = 0;
    }

    boolean isOwed() {
        return owed > 0;
    }

    /** Launches the workers that are missing, as far as that can be done now. */
    void fill(long now) {
        if (eager) {
            owed = width() - workers.active();
        }
        hire(now);
        restock(now);
    }

    /** The initializer of a worker threw. If no worker ever got ready, none will. */
    void reportUnfit(String why) {
        if (!backoff.everReady() && phase.isOpen()) {
            commands.makeRoom();
            commands.add(new SchedulerCommand.Break(why));
        }
    }

    /** Returns the command that this death may need, and makes room for it: to be called before the worker is dead. */
    SchedulerCommand.@Nullable Break prepareDeath(WorkerRecord worker, String why) {
        if (!isFailedStart(worker)) {
            return null;
        }
        commands.makeRoom();
        return new SchedulerCommand.Break(why);
    }

    private boolean isFailedStart(WorkerRecord worker) {
        return !worker.ready && !worker.unwanted && phase.isOpen();
    }

    /**
     * Holds back the next launch after a death that was not wanted, or breaks the pool if no worker gets ready.
     *
     * @param unasked whether the worker died at work or at rest
     */
    void reportDeath(WorkerRecord worker, boolean unasked, SchedulerCommand.@Nullable Break prepared, long now) {
        if (prepared != null && worker.starved) {
            backoff.starved(now);
        } else if (prepared != null) {
            backoff.failedToStart(now);
            if (backoff.isHopeless() && workers.active() == 0) {
                commands.add(prepared);
            }
        } else if (unasked) {
            backoff.died(now, DEATHS_PER_PLACE * (rules.width() + rules.spares()));
        }
    }

    /** Has the worker look at the queue. */
    WorkerRecord feed(WorkerRecord worker) {
        commands.makeRoom();
        SchedulerCommand feed = new SchedulerCommand.Feed(worker.id, 0);
        worker.state = WorkerState.LOOKING;
        worker.due = WorkerScheduler.NEVER;
        commands.add(feed);
        return worker;
    }

    /** Wakes a resting worker, which is at work from now on, as if it had looked and taken the task it is woken for. */
    void wakeForTask(WorkerRecord worker, long now) {
        commands.makeRoom();
        SchedulerCommand feed = new SchedulerCommand.Feed(worker.id, worker.latestRun + 1);
        workers.removeIdle(worker);
        worker.state = WorkerState.BUSY;
        worker.mayStillLook = true;
        worker.tasks++;
        worker.due = WorkerScheduler.NEVER;
        worker.began(worker.latestRun + 1, rules.graceEnd(now));
        commands.add(feed);
    }

    private void hire(long now) {
        while (owed > 0 && workers.active() < width() && recruit(now)) {
            owed--;
        }
        if (workers.active() >= width()) {
            owed = 0; // each of them will look at the queue
        }
    }

    private boolean recruit(long now) {
        WorkerRecord spare = workers.spare(WorkerState.IDLE);
        if (spare == null) {
            spare = workers.spare(WorkerState.STARTING);
        }
        if (spare == null) {
            return launch(false, true, now);
        }
        if (spare.state == WorkerState.IDLE) {
            feed(spare);
        }
        spare.spare = false;
        spare.promised = true;
        return true;
    }

    /**
     * Keeps the wanted spares, plus one successor for each worker on its last task; starts one at a time. Surplus
     * spares fill free places, because the workers that they were to succeed have left.
     */
    private void restock(long now) {
        int wanted = rules.spares() + workers.last();
        int there = workers.spares();
        for (; there > wanted && workers.active() < width(); there--) {
            recruit(now);
        }
        if (there < wanted && workers.spare(WorkerState.STARTING) == null) {
            launch(true, there >= rules.spares(), now);
        }
    }

    /** Returns false if no worker may be launched now. */
    private boolean launch(boolean spare, boolean soon, long now) {
        if (workers.alive() >= rules.most() + 2 * extra) {
            return false;
        }
        // one at a time
        if (backoff.isHopeless() && workers.anyUnready()) {
            return false;
        }
        if (!backoff.mayLaunch(now)) {
            return false;
        }
        int id = ids + 1;
        WorkerRecord fresh = new WorkerRecord(id, spare, rules.startEnd(now), limit(id));
        fresh.promised = !spare;
        commands.makeRoom();
        SchedulerCommand launch = new SchedulerCommand.Launch(id, soon);
        births.accept(id);
        ids = id; // from here on no memory is needed
        workers.add(fresh);
        commands.add(launch);
        return true;
    }

    /**
     * The first generation is staggered, or all would leave at once, then and ever after. Its last worker leaves after
     * half of the tasks: the first half is not cut short, or starting workers would cost more than it should.
     */
    private int limit(int id) {
        int limit = rules.recycleAfter();
        int steps = 2 * rules.width();
        return id > rules.width() || limit < steps ? limit : limit - (id - 1) * (limit / steps);
    }

    @Override
    public String toString() {
        return owed > 0 ? owed + " owed, " : "";
    }
}
