package dev.pando.internal.process.schedule;

/** Asserts that each command of a {@link WorkerScheduler} is right in a {@link SchedulerWorld}. */
final class CommandJudge {
    private final SchedulerWorld world;

    CommandJudge(SchedulerWorld world) {
        this.world = world;
    }

    /** Asserts that a command is right at the moment at which it comes. */
    void judge(SchedulerCommand command) {
        switch (command) {
            case SchedulerCommand.Launch(int id, var _) -> require(world.ends == 0, "launched after the end");
            case SchedulerCommand.Feed(int id, var _) ->
                require(world.bodies.get(id).knownReady, "fed before it was ready");
            case SchedulerCommand.Release(int id) -> {
                require(world.bodies.get(id).knownRun == 0, "sent home from its work");
                world.bodies.get(id).releasedAt = world.now;
            }
            case SchedulerCommand.Kill(int id, String why) -> judge(world.bodies.get(id), why);
            case SchedulerCommand.Break(String why) -> require(world.ends == 0, "broken after the end");
            case SchedulerCommand.End end ->
                require(
                        world.isOver() && world.bodies.values().stream().allMatch(body -> body.buried),
                        "ended before the end");
        }
    }

    private void judge(WorkerBody body, String why) {
        SchedulerRules rules = world.climate.rules();
        if (why.contains("give up")) {
            // or for a prefetched run: the stop may come before the news that the worker went on
            require(
                    body.knownRun != 0 && (isStoppedFor(body, body.knownRun) || isStoppedFor(body, body.run)),
                    "killed for a task that was not asked to stop in time");
        }
        if (why.contains("go home")) {
            require(world.now >= body.releasedAt + rules.leaveNanos(), "killed before it could go home");
        }
        if (why.contains("not ready")) {
            require(!body.knownReady && world.now >= body.born + rules.startNanos(), "killed before it could be ready");
        }
    }

    private boolean isStoppedFor(WorkerBody body, int run) {
        Long stop = body.stops.get(run);
        return stop != null && world.now >= stop + world.climate.rules().graceNanos();
    }

    static void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalStateException(what);
        }
    }
}
