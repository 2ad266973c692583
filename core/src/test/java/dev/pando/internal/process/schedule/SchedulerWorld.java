package dev.pando.internal.process.schedule;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A world around a {@link WorkerScheduler}, in which everything happens that may happen to processes, in any order that
 * threads could bring it. A strand is such a thread: it brings one event and carries out the commands, and between any
 * two of its steps other strands may move. Tasks are queued, retried when their worker dies, or given back.
 */
final class SchedulerWorld {
    /** The rules and the chances of a world, in percent. */
    record Climate(WorkerScheduler.Rules rules, boolean eager, int deaths, int failedStarts, int deaf, int retries) {}

    private record Step(String name, Consumer<Strand> what) {}

    /** @param owner the worker whose reader thread this is, 0 for any other thread */
    private record Strand(int owner, ArrayDeque<Step> steps) {
        void next(List<Step> first) {
            for (Step step : first.reversed()) {
                steps.addFirst(step);
            }
        }
    }

    /** A worker as it really is, unlike what the scheduler knows of it. */
    static final class Body {
        final int id;
        final long born;
        boolean ready;
        boolean knownReady;
        boolean toDie;
        boolean dead;
        boolean buried;
        int runs;
        int run;
        int tookRun;
        /** What the roster knows that it is at, 0 for nothing. */
        int knownRun;

        boolean goes;
        long releasedAt;
        final Map<Integer, Long> stops = new LinkedHashMap<>();

        Body(int id, long born) {
            this.id = id;
            this.born = born;
        }
    }

    final Climate climate;
    final WorkerScheduler scheduler;
    final Map<Integer, Body> bodies = new LinkedHashMap<>();
    private final SplittableRandom random;
    private final List<Strand> strands = new ArrayList<>();
    private final ArrayDeque<String> story = new ArrayDeque<>();
    long now = -1_000_000_000L; // nanoTime may begin anywhere
    int line;
    int ends;
    boolean closing;
    boolean killed;
    boolean broken;
    /** If true, nothing goes wrong any more, and every worker obeys. */
    boolean calm;

    SchedulerWorld(Climate climate, SplittableRandom random) {
        this.climate = climate;
        this.random = random;
        this.scheduler = new WorkerScheduler(climate.rules);
        if (climate.eager) {
            strand(0, told("eager", () -> scheduler.eager(now)));
        }
        while (!isQuiet()) {
            move(); // no other thread knows the pool yet
        }
    }

    String story() {
        return climate + "\n" + String.join("\n", story) + "\nnow " + now + ", due " + scheduler.due() + ", line "
                + line + ", " + scheduler;
    }

    boolean isQuiet() {
        return strands.isEmpty();
    }

    /** Takes a step of a random strand. */
    void move() {
        Strand strand = strands.get(random.nextInt(strands.size()));
        Step step = strand.steps.remove();
        if (story.size() == 50) {
            story.remove();
        }
        story.add((strand.owner == 0 ? "" : "of " + strand.owner + ": ") + step.name);
        step.what.accept(strand);
        if (strand.steps.isEmpty()) {
            strands.remove(strand);
        }
        scheduler.check();
    }

    private void strand(int owner, Step... steps) {
        strands.add(new Strand(owner, new ArrayDeque<>(List.of(steps))));
    }

    private Step told(String name, Supplier<List<SchedulerCommand>> event) {
        return told(name, () -> true, event);
    }

    /** Brings the event if the condition holds at that moment, and carries out the commands. */
    private Step told(String name, BooleanSupplier unless, Supplier<List<SchedulerCommand>> event) {
        return new Step(name, strand -> {
            if (!unless.getAsBoolean()) {
                return;
            }
            List<Step> todo = new ArrayList<>();
            for (SchedulerCommand command : event.get()) {
                judge(command);
                // as the engine does, at once
                if (command instanceof SchedulerCommand.Launch(int id, var _)) {
                    bodies.put(id, new Body(id, now));
                }
                // at work from now on
                if (command instanceof SchedulerCommand.Feed(int id, int run) && run != 0) {
                    bodies.get(id).knownRun = run;
                }
                todo.add(new Step("    " + command, own -> carryOut(command, own)));
            }
            strand.next(todo);
        });
    }

    boolean isClosing() {
        return closing || killed || broken;
    }

    private boolean over() {
        return isClosing() && line == 0;
    }

    private Step look() {
        return told("work, if there is any", () -> line > 0 && !scheduler.isFull(), () -> scheduler.work(now));
    }

    private Step lookAgain() {
        return told("waiting, if there is any", () -> line > 0 && !scheduler.isFull(), () -> {
            for (Body body : bodies.values()) {
                scheduler.took(body.id, body.tookRun);
            }
            return scheduler.waiting(now);
        });
    }

    private List<Step> wake() {
        return List.of(look(), told("over, if it is", this::over, () -> scheduler.over(now)));
    }

    private Step wakeUp() {
        return new Step("wake", strand -> strand.next(wake()));
    }

    private void carryOut(SchedulerCommand command, Strand strand) {
        switch (command) {
            case SchedulerCommand.Launch launch -> {}
            case SchedulerCommand.Feed(int id, int run) -> feed(bodies.get(id), run, strand);
            case SchedulerCommand.Release(int id) -> bodies.get(id).goes = true;
            case SchedulerCommand.Kill(int id, String why) -> bodies.get(id).toDie = true;
            case SchedulerCommand.Break(String why) -> {
                broken = true;
                line = 0;
                strand.next(wake());
            }
            case SchedulerCommand.End end -> ends++;
        }
    }

    private void feed(Body body, int expected, Strand strand) {
        int id = body.id;
        if (line > 0 && !body.buried) {
            line--;
            if (!body.dead) {
                int run = body.run = ++body.runs;
                body.tookRun = run;
                if (run == expected) {
                    strand.next(List.of(lookAgain()));
                    return;
                }
                require(expected == 0, "the roster knows what the worker was given last");
                strand.next(List.of(
                        told("fed " + id + " " + run, () -> {
                            body.knownRun = run;
                            return scheduler.fed(id, run, now);
                        }),
                        lookAgain()));
                return;
            }
            if (!killed && !broken) {
                line++; // given back
            }
            strand.next(wake());
        }
        List<Step> steps = new ArrayList<>(List.of(told("nothing " + id, () -> {
            body.knownRun = 0;
            return scheduler.nothing(id, body.runs, now);
        })));
        steps.addAll(wake());
        strand.next(steps);
    }

    /** Asserts that a command is right at the moment when it is given. */
    private void judge(SchedulerCommand command) {
        switch (command) {
            case SchedulerCommand.Launch(int id, var _) -> require(ends == 0, "launched after the end");
            case SchedulerCommand.Feed(int id, var _) -> require(bodies.get(id).knownReady, "fed before it was ready");
            case SchedulerCommand.Release(int id) -> {
                require(bodies.get(id).knownRun == 0, "sent home from its work");
                bodies.get(id).releasedAt = now;
            }
            case SchedulerCommand.Kill(int id, String why) -> judge(bodies.get(id), why);
            case SchedulerCommand.Break(String why) -> require(ends == 0, "broken after the end");
            case SchedulerCommand.End end ->
                require(over() && bodies.values().stream().allMatch(body -> body.buried), "ended before the end");
        }
    }

    private void judge(Body body, String why) {
        WorkerScheduler.Rules rules = climate.rules();
        if (why.contains("give up")) {
            // or for a prefetched run: the stop may come before the news that the worker went on
            require(
                    body.knownRun != 0 && (isStoppedFor(body, body.knownRun) || isStoppedFor(body, body.run)),
                    "killed for a task that was not told to stop in time");
        }
        if (why.contains("go home")) {
            require(now >= body.releasedAt + rules.leaveNanos(), "killed before it could go home");
        }
        if (why.contains("not ready")) {
            require(!body.knownReady && now >= body.born + rules.startNanos(), "killed before it could be ready");
        }
    }

    private boolean isStoppedFor(Body body, int run) {
        Long stop = body.stops.get(run);
        return stop != null && now >= stop + climate.rules().graceNanos();
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalStateException(what);
        }
    }

    void submit() {
        if (isClosing()) {
            return;
        }
        line++;
        strand(0, wakeUp());
    }

    /** Lets a worker do something that it may do now. */
    void live(Body body) {
        if (body.dead || strands.stream().anyMatch(strand -> strand.owner == body.id)) {
            return;
        }
        int id = body.id;
        if (body.toDie
                || (body.goes && (calm || chance(50)))
                || (!calm && chance(climate.deaths))
                || (!body.ready && chance(climate.failedStarts))) {
            die(body);
        } else if (!body.ready) {
            if (!calm && chance(50)) {
                return;
            }
            body.ready = true;
            strand(id, told("ready " + id, () -> {
                body.knownReady = true;
                return scheduler.ready(id, now);
            }));
        } else if (body.run != 0 && body.knownRun == body.run && (calm || !chance(climate.deaf))) {
            int run = body.run;
            if (line > 0 && climate.rules().recycleAfter() == 0 && chance(30)) {
                goOn(body);
                return;
            }
            body.run = 0;
            if (chance(50)) {
                answer(body, run);
                return;
            }
            strand(id, told("settling " + id, () -> scheduler.settling(id, run, now)), told("free " + id, () -> {
                body.knownRun = 0;
                return scheduler.free(id, now);
            }));
        }
    }

    /** Where it goes on, it looks at the line without coming free before. */
    private void answer(Body body, int run) {
        int id = body.id;
        boolean[] looks = new boolean[1];
        strand(
                id,
                told("answered " + id, () -> {
                    List<SchedulerCommand> orders = scheduler.answered(id, run, now);
                    looks[0] = orders.stream()
                            .anyMatch(command -> command instanceof SchedulerCommand.Feed(int fed, var _) && fed == id);
                    if (looks[0]) {
                        body.knownRun = 0;
                    }
                    return orders;
                }),
                told("free, if it does not look " + id, () -> !looks[0], () -> {
                    body.knownRun = 0;
                    return scheduler.free(id, now);
                }));
    }

    /** To a task that lay ahead. */
    private void goOn(Body body) {
        int before = body.run;
        int run = body.run = ++body.runs;
        line--;
        strand(body.id, told("goes on " + body.id + " " + run, () -> {
            body.knownRun = run;
            return scheduler.goesOn(body.id, before, now);
        }));
    }

    /** Kills a worker. The new strand is the reaper's; the strand of the worker may still move. */
    private void die(Body body) {
        body.dead = true;
        int id = body.id;
        boolean worked = body.run != 0;
        body.run = 0;
        List<Step> steps = new ArrayList<>(List.of(
                told("dead " + id, () -> {
                    body.knownRun = 0;
                    return scheduler.dead(id, "it died", now);
                }),
                look()));
        if (worked && chance(climate.retries)) {
            steps.add(new Step("its task is tried again", strand -> {
                if (killed || broken) {
                    return;
                }
                line++;
                strand.next(wake());
            }));
        }
        steps.add(told("buried " + id, () -> {
            body.buried = true;
            return scheduler.buried(id, now);
        }));
        steps.add(wakeUp());
        strand(0, steps.toArray(Step[]::new));
    }

    /** Brings news that may come at any time, late, early, twice, or about no worker. */
    void gossip() {
        Body body = bodies.get(1 + random.nextInt(bodies.size() + 1));
        int id = body == null ? 1_000_000 : body.id;
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> {
                int run = body == null ? 1 : Math.max(1, body.runs - random.nextInt(3));
                if (body != null && body.runs == 0) {
                    return;
                }
                strand(0, told("stop " + id + " " + run, () -> {
                    if (body != null) {
                        body.stops.putIfAbsent(run, now);
                    }
                    return scheduler.stop(id, run, now);
                }));
            }
            case 3 -> strand(0, told("departing " + id, () -> scheduler.departing(id, now)));
            case 4, 5 -> strand(0, told("worn " + id, () -> scheduler.worn(id, now)));
            case 6 ->
                strand(
                        0,
                        told(
                                "too heavy " + id,
                                () -> scheduler.tooHeavy(id, body == null ? 1 : body.runs, "it held too much", now)));
            case 7 ->
                strand(
                        0,
                        told(
                                "ready again " + id,
                                () -> body == null || body.knownReady,
                                () -> scheduler.ready(id, now)));
            case 8 ->
                strand(
                        0,
                        told(
                                "dead again " + id,
                                () -> body == null || body.dead,
                                () -> scheduler.dead(id, "it died", now)));
            case 9 ->
                strand(0, told("free, late " + id, () -> body == null || body.buried, () -> scheduler.free(id, now)));
            case 10 ->
                strand(0, told("fed, late " + id, () -> body == null || body.buried, () -> scheduler.fed(id, 7, now)));
            default -> strand(0, told("a tick too early", () -> scheduler.tick(now)), look());
        }
    }

    void unfit() {
        Body some = some(body -> !body.ready && !body.dead);
        if (some != null) {
            strand(0, told("unfit " + some.id, () -> scheduler.unfit(some.id, "its initializer threw", now)));
        }
    }

    /** Moves the clock by these nanoseconds, or to the next alarm if that is sooner. */
    void pass(long nanos) {
        long due = scheduler.due();
        now += due == WorkerScheduler.NEVER ? nanos : Math.max(0, Math.min(nanos, due - now));
        if (due <= now) {
            strand(0, told("tick at " + now, () -> scheduler.tick(now)), look());
        }
    }

    void close() {
        closing = true;
        strand(0, wakeUp());
    }

    void killAll() {
        closing = killed = true;
        line = 0;
        strand(0, told("kill all", () -> scheduler.killAll(now)), wakeUp());
    }

    Body some(Predicate<Body> which) {
        List<Body> all = bodies.values().stream().filter(which).toList();
        return all.isEmpty() ? null : all.get(random.nextInt(all.size()));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}
