package dev.pando.process;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The events that a test reports to a {@link Roster}, and the commands that it returns, in words. Time is counted in
 * steps. After each event the scheduler checks its invariants.
 */
abstract class RosterDrill {
    static final long GRACE = 10;
    static final long LEAVE = 20;

    private final long start;
    private final long idle;
    private final Map<Integer, Integer> lastRuns = new HashMap<>();
    Roster roster;
    long now;

    /** How long a worker may start and be idle, and the first time of the clock. */
    RosterDrill(long start, long idle, long now) {
        this.start = start;
        this.idle = idle;
        this.now = now;
    }

    void roster(int width, int spares, int recycleAfter) {
        lastRuns.clear();
        roster = new Roster(new Roster.Rules(width, spares, recycleAfter, start, GRACE, LEAVE, idle));
    }

    List<String> told(List<Order> orders) {
        roster.check();
        return orders.stream().map(RosterDrill::words).toList();
    }

    private static String words(Order order) {
        return switch (order) {
            case Order.Launch(int id, boolean soon) -> (soon ? "launch " : "launch later ") + id;
            case Order.Feed(int id, var _) -> "feed " + id;
            case Order.Release(int id) -> "release " + id;
            case Order.Kill(int id, String why) -> "kill " + id;
            case Order.Break(String why) -> "break: " + why;
            case Order.End() -> "end";
        };
    }

    List<String> work() {
        return told(roster.work(now));
    }

    List<String> ready(int id) {
        return told(roster.ready(id, now));
    }

    List<String> fed(int id, int run) {
        lastRuns.merge(id, run, Math::max);
        return told(roster.fed(id, run, now));
    }

    List<String> nothing(int id) {
        return told(roster.nothing(id, lastRuns.getOrDefault(id, 0), now));
    }

    List<String> free(int id) {
        return told(roster.free(id, now));
    }

    List<String> dead(int id) {
        return told(roster.dead(id, "of " + id, now));
    }

    List<String> buried(int id) {
        return told(roster.buried(id, now));
    }

    List<String> tick() {
        return told(roster.tick(now));
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
        nothing(id);
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
