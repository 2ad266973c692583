package dev.pando.internal.process.schedule;

/** Which worker leaves, and how: sent home at rest, relieved by a spare, or killed. As pure as the scheduler. */
final class LeavePolicy {
    private final SchedulerRules rules;
    private final WorkerTable workers;
    private final SchedulerPhase phase;
    private final LaunchPolicy launches;
    private final CommandList commands;

    LeavePolicy(
            SchedulerRules rules,
            WorkerTable workers,
            SchedulerPhase phase,
            LaunchPolicy launches,
            CommandList commands) {
        this.rules = rules;
        this.workers = workers;
        this.phase = phase;
        this.launches = launches;
        this.commands = commands;
    }

    /** Returns whether a worker that has answered goes home, instead of looking at the queue. */
    boolean leavesAfterTask(WorkerRecord worker) {
        boolean relieved = worker.worn && workers.spare(WorkerState.IDLE) != null;
        return worker.departing
                || relieved
                || worker.spent
                || isSurplus()
                || (worker.limit > 0 && worker.tasks >= worker.limit);
    }

    /** Returns whether there are more workers than may work now. */
    private boolean isSurplus() {
        return workers.active() > launches.width();
    }

    /** Sends home workers at rest that are more than may work now. One at work leaves after its task. */
    void shrink(long now) {
        for (WorkerRecord worker = workers.first(); worker != null; worker = worker.next) {
            if (isSurplus() && worker.state == WorkerState.IDLE && !worker.spare) {
                release(worker, now);
            }
        }
    }

    void release(WorkerRecord worker, long now) {
        commands.makeRoom();
        SchedulerCommand release = new SchedulerCommand.Release(worker.id);
        workers.removeIdle(worker);
        if (worker.promised && worker.isAtWork() && phase.isOpen()) {
            launches.owe(); // another worker has to look
        }
        worker.released = true;
        worker.state = WorkerState.LEAVING;
        worker.due = rules.leaveEnd(now);
        commands.add(release);
    }

    /** Sends a worker home that rests and is not to stay, or has a spare relieve it. */
    void leaveAtRest(WorkerRecord worker, long now) {
        if (worker.state != WorkerState.IDLE || worker.spare) {
            return;
        }
        if (worker.departing || phase.isClosing() || isSurplus()) {
            release(worker, now);
        } else if (worker.worn) {
            relieve(now);
        }
    }

    /** A worker at rest that holds too much memory goes home where a spare can take its place. */
    void relieve(long now) {
        WorkerRecord worn = workers.worn();
        if (worn != null && workers.spare(WorkerState.IDLE) != null) {
            release(worn, now);
        }
    }

    void kill(WorkerRecord worker, String why) {
        if (worker.state == WorkerState.DYING || worker.state == WorkerState.DEAD) {
            return;
        }
        commands.makeRoom();
        SchedulerCommand kill = new SchedulerCommand.Kill(worker.id, why);
        workers.removeIdle(worker);
        worker.mayStillLook = false;
        worker.due = WorkerScheduler.NEVER;
        worker.state = WorkerState.DYING;
        commands.add(kill);
    }

    void killAll(String why) {
        for (WorkerRecord worker = workers.first(); worker != null; worker = worker.next) {
            kill(worker, why);
        }
    }

    /** Sends the workers at rest home, and kills those that are starting, whose end is no failed start. */
    void emptyPlaces(long now) {
        for (WorkerRecord worker = workers.first(); worker != null; worker = worker.next) {
            if (worker.state == WorkerState.IDLE) {
                release(worker, now);
            } else if (worker.state == WorkerState.STARTING) {
                worker.unwanted = true;
                kill(worker, "there is nothing to do for it any more");
            }
        }
    }

    /** Kills or sends home each worker whose time is up. */
    void endOverdue(long now) {
        for (WorkerRecord worker = workers.first(); worker != null; worker = worker.next) {
            if (worker.due <= now) {
                endOverdue(worker, now);
            }
        }
    }

    private void endOverdue(WorkerRecord worker, long now) {
        switch (worker.state) {
            case STARTING -> kill(worker, "it was not ready within " + millis(rules.startNanos()));
            case IDLE -> release(worker, now);
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
