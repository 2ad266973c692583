package dev.pando.internal.process.schedule;

import java.util.List;

/**
 * Which worker leaves, and how: sent home at rest, relieved by a spare, or killed. A part of the
 * {@link WorkerScheduler}, and as pure.
 */
final class LeavePolicy {
    private final WorkerScheduler.Rules rules;
    private final WorkerTable workers;
    private final LaunchPolicy launches;
    private final List<SchedulerCommand> commands;

    LeavePolicy(
            WorkerScheduler.Rules rules, WorkerTable workers, LaunchPolicy launches, List<SchedulerCommand> commands) {
        this.rules = rules;
        this.workers = workers;
        this.launches = launches;
        this.commands = commands;
    }

    /** Returns whether a worker that has answered goes home, instead of looking at the line. */
    boolean leavesAfterTask(WorkerRecord worker) {
        boolean relieved = worker.worn && workers.spare(WorkerRecord.State.IDLE) != null;
        return worker.departing || relieved || worker.spent || (worker.limit > 0 && worker.tasks >= worker.limit);
    }

    /** @param open whether tasks are still taken from the line */
    void release(WorkerRecord worker, boolean open, long now) {
        workers.restsNoMore(worker);
        if (worker.promised && worker.isAtWork() && open) {
            launches.owe(); // another worker has to look
        }
        worker.released = true;
        worker.state = WorkerRecord.State.LEAVING;
        worker.due = WorkerScheduler.after(now, rules.leaveNanos());
        commands.add(new SchedulerCommand.Release(worker.id));
    }

    /** A worker at rest that holds too much memory goes home where a spare can take its place. */
    void relieve(boolean open, long now) {
        WorkerRecord worn = workers.worn();
        if (worn != null && workers.spare(WorkerRecord.State.IDLE) != null) {
            release(worn, open, now);
        }
    }

    void kill(WorkerRecord worker, String why) {
        if (worker.state == WorkerRecord.State.DYING || worker.state == WorkerRecord.State.DEAD) {
            return;
        }
        workers.restsNoMore(worker);
        worker.mayStillLook = false;
        worker.due = WorkerScheduler.NEVER;
        worker.state = WorkerRecord.State.DYING;
        commands.add(new SchedulerCommand.Kill(worker.id, why));
    }

    /** Kills a worker that is starting and that no task needs: its end is no failed start. */
    void killUnwanted(WorkerRecord worker) {
        worker.unwanted = true;
        kill(worker, "there is nothing to do for it any more");
    }

    /** Kills or sends home a worker whose time is up. */
    void timeIsUp(WorkerRecord worker, boolean open, long now) {
        switch (worker.state) {
            case STARTING -> kill(worker, "it was not ready within " + millis(rules.startNanos()));
            case IDLE -> release(worker, open, now);
            case BUSY ->
                kill(
                        worker,
                        worker.departing
                                ? "it called System.exit, and did not come to an end of it within "
                                        + millis(rules.leaveNanos())
                                : "it did not give up its task within " + millis(rules.graceNanos()));
            case LEAVING -> kill(worker, "it did not go home within " + millis(rules.leaveNanos()));
            case LOOKING, DYING, DEAD -> {}
        }
    }

    private static String millis(long nanos) {
        return nanos / 1_000_000 + " ms";
    }
}
