package dev.pando.internal.process.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The events that a test reports to a {@link WorkerScheduler}, and the commands that it returns, in words. Time is
 * counted in steps. After each event the scheduler checks its invariants.
 */
abstract class SchedulerDrill {
    static final long GRACE = 10;
    static final long LEAVE = 20;

    private final long start;
    private final long idle;
    private final Map<Integer, Integer> lastRuns = new HashMap<>();
    WorkerScheduler scheduler;
    long now;

    /** How long a worker may start and be idle, and the first time of the clock. */
    SchedulerDrill(long start, long idle, long now) {
        this.start = start;
        this.idle = idle;
        this.now = now;
    }

    void open(int width, int spares, int recycleAfter) {
        lastRuns.clear();
        scheduler = new WorkerScheduler(
                new SchedulerRules(width, spares, recycleAfter, start, GRACE, LEAVE, idle), _ -> {});
    }

    List<String> words(List<SchedulerCommand> commands) {
        scheduler.check();
        return commands.stream().map(SchedulerDrill::word).toList();
    }

    private static String word(SchedulerCommand command) {
        return switch (command) {
            case SchedulerCommand.Launch(int id, boolean soon) -> (soon ? "launch " : "launch later ") + id;
            case SchedulerCommand.Feed(int id, var _) -> "feed " + id;
            case SchedulerCommand.Release(int id) -> "release " + id;
            case SchedulerCommand.Kill(int id, String why) -> "kill " + id;
            case SchedulerCommand.Break(String why) -> "break: " + why;
            case SchedulerCommand.End() -> "end";
        };
    }

    List<String> expected() {
        return words(scheduler.expected(now));
    }

    List<String> work() {
        return words(scheduler.work(now));
    }

    List<String> ready(int id) {
        return words(scheduler.ready(id, now));
    }

    List<String> fed(int id, int run) {
        lastRuns.merge(id, run, Math::max);
        return words(scheduler.fed(id, run, now));
    }

    List<String> foundNothing(int id) {
        return words(scheduler.foundNothing(id, lastRuns.getOrDefault(id, 0), now));
    }

    List<String> free(int id) {
        return words(scheduler.free(id, now));
    }

    List<String> dead(int id) {
        return words(scheduler.dead(id, "of " + id, now));
    }

    List<String> buried(int id) {
        return words(scheduler.buried(id, now));
    }

    List<String> tick() {
        return words(scheduler.tick(now));
    }

    /** Brings a worker to its first run. */
    void busy(int id) {
        work();
        ready(id);
        fed(id, 1);
    }

    void resting(int id) {
        work();
        ready(id);
        foundNothing(id);
    }

    /** Takes a worker through one run, from polling the queue to polling it again. */
    List<String> run(int id, int run) {
        return both(fed(id, run), free(id));
    }

    List<String> die(int id) {
        return both(dead(id), buried(id));
    }

    private static List<String> both(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
