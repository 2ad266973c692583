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
    record Step(String name, Consumer<Strand> what) {}

    /** @param owner the worker whose reader thread this is, 0 for any other thread */
    private record Strand(int owner, ArrayDeque<Step> steps) {
        void next(List<Step> first) {
            for (Step step : first.reversed()) {
                steps.addFirst(step);
            }
        }
    }

    final WorldClimate climate;
    final WorkerScheduler scheduler;
    final Map<Integer, WorkerBody> bodies = new LinkedHashMap<>();
    private final SplittableRandom random;
    private final StrayEvents stray;
    private final CommandJudge judge = new CommandJudge(this);
    private final List<Strand> strands = new ArrayList<>();
    private final ArrayDeque<String> story = new ArrayDeque<>();
    long now = -1_000_000_000L; // nanoTime may begin anywhere
    int queued;

    /** Places beside those of the rules, and the most that there ever were. */
    int extra;

    int mostExtra;
    int ends;
    boolean closing;
    boolean killed;
    boolean broken;
    /** If true, nothing goes wrong any more, and every worker obeys. */
    boolean calm;

    SchedulerWorld(WorldClimate climate, SplittableRandom random) {
        this.climate = climate;
        this.random = random;
        this.stray = new StrayEvents(this, random);
        this.scheduler = new WorkerScheduler(climate.rules(), _ -> {});
        if (climate.eager()) {
            strand(0, event("eager", () -> scheduler.eager(now)));
        }
        while (!isQuiet()) {
            move(); // no other thread knows the pool yet
        }
    }

    String story() {
        return climate + "\n" + String.join("\n", story) + "\nnow " + now + ", due " + scheduler.due() + ", queued "
                + queued + ", " + scheduler;
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

    void strand(int owner, Step... steps) {
        strands.add(new Strand(owner, new ArrayDeque<>(List.of(steps))));
    }

    Step event(String name, Supplier<List<SchedulerCommand>> event) {
        return event(name, () -> true, event);
    }

    /** Brings the event if the condition holds at that moment, and carries out the commands. */
    Step event(String name, BooleanSupplier unless, Supplier<List<SchedulerCommand>> event) {
        return new Step(name, strand -> {
            if (!unless.getAsBoolean()) {
                return;
            }
            List<Step> todo = new ArrayList<>();
            for (SchedulerCommand command : event.get()) {
                judge.judge(command);
                // as the engine does, at once
                if (command instanceof SchedulerCommand.Launch(int id, var _)) {
                    bodies.put(id, new WorkerBody(id, now));
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

    boolean isOver() {
        return isClosing() && queued == 0;
    }

    Step look() {
        return event("work, if there is any", () -> queued > 0 && !scheduler.isFull(), () -> scheduler.work(now));
    }

    private Step lookAgain() {
        return event("waiting, if there is any", () -> queued > 0 && !scheduler.isFull(), () -> {
            for (WorkerBody body : bodies.values()) {
                scheduler.confirmTaken(body.id, body.tookRun);
            }
            return scheduler.waiting(now);
        });
    }

    private List<Step> wake() {
        return List.of(look(), event("close, if it is over", this::isOver, () -> scheduler.close(now)));
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
                queued = 0;
                strand.next(wake());
            }
            case SchedulerCommand.End end -> ends++;
        }
    }

    private void feed(WorkerBody body, int expected, Strand strand) {
        int id = body.id;
        if (queued > 0 && !body.buried) {
            queued--;
            if (!body.dead) {
                int run = body.run = ++body.runs;
                body.tookRun = run;
                if (run == expected) {
                    strand.next(List.of(lookAgain()));
                    return;
                }
                CommandJudge.require(expected == 0, "the scheduler knows the last run of the worker");
                strand.next(List.of(
                        event("fed " + id + " " + run, () -> {
                            body.knownRun = run;
                            return scheduler.fed(id, run, now);
                        }),
                        lookAgain()));
                return;
            }
            if (!killed && !broken) {
                queued++; // given back
            }
            strand.next(wake());
        }
        List<Step> steps = new ArrayList<>(List.of(event("nothing " + id, () -> {
            body.knownRun = 0;
            return scheduler.foundNothing(id, body.runs, now);
        })));
        steps.addAll(wake());
        strand.next(steps);
    }

    void submit() {
        if (isClosing()) {
            return;
        }
        if (chance(20)) { // the pool expects a task while it is packed, which may fail
            strand(0, event("expected", () -> scheduler.expected(now)));
        }
        queued++;
        strand(0, wakeUp());
    }

    /** Lets a worker do something that it may do now. */
    void live(WorkerBody body) {
        if (body.dead || strands.stream().anyMatch(strand -> strand.owner == body.id)) {
            return;
        }
        int id = body.id;
        if (body.toDie
                || (body.goes && (calm || chance(50)))
                || (!calm && chance(climate.deaths()))
                || (!body.ready && chance(climate.failedStarts()))) {
            die(body);
        } else if (!body.ready) {
            if (!calm && chance(50)) {
                return;
            }
            body.ready = true;
            strand(id, event("ready " + id, () -> {
                body.knownReady = true;
                return scheduler.ready(id, now);
            }));
        } else if (body.run != 0 && body.knownRun == body.run && (calm || !chance(climate.deaf()))) {
            int run = body.run;
            if (queued > 0 && climate.rules().recycleAfter() == 0 && chance(30)) {
                goOn(body);
                return;
            }
            body.run = 0;
            if (chance(50)) {
                answer(body, run);
                return;
            }
            strand(id, event("settling " + id, () -> scheduler.settling(id, run, now)), event("free " + id, () -> {
                body.knownRun = 0;
                return scheduler.free(id, now);
            }));
        }
    }

    /** A worker that goes on looks at the queue without coming free before. */
    private void answer(WorkerBody body, int run) {
        int id = body.id;
        boolean[] looks = new boolean[1];
        strand(
                id,
                event("answered " + id, () -> {
                    List<SchedulerCommand> commands = scheduler.answered(id, run, now);
                    looks[0] = commands.stream()
                            .anyMatch(command -> command instanceof SchedulerCommand.Feed(int fed, var _) && fed == id);
                    if (looks[0]) {
                        body.knownRun = 0;
                    }
                    return commands;
                }),
                event("free, if it does not look " + id, () -> !looks[0], () -> {
                    body.knownRun = 0;
                    return scheduler.free(id, now);
                }));
    }

    /** Lets a worker go on to a task that lay ahead. */
    private void goOn(WorkerBody body) {
        int before = body.run;
        int run = body.run = ++body.runs;
        queued--;
        strand(body.id, event("goes on " + body.id + " " + run, () -> {
            body.knownRun = run;
            return scheduler.goesOn(body.id, before, now);
        }));
    }

    /** Kills a worker. The new strand is the reaper's; the strand of the worker may still move. */
    private void die(WorkerBody body) {
        body.dead = true;
        int id = body.id;
        boolean worked = body.run != 0;
        body.run = 0;
        List<Step> steps = new ArrayList<>(List.of(
                event("dead " + id, () -> {
                    body.knownRun = 0;
                    return scheduler.dead(id, "it died", now);
                }),
                look()));
        if (worked && chance(climate.retries())) {
            steps.add(new Step("its task is tried again", strand -> {
                if (killed || broken) {
                    return;
                }
                queued++;
                strand.next(wake());
            }));
        }
        steps.add(event("buried " + id, () -> {
            body.buried = true;
            return scheduler.buried(id, now);
        }));
        steps.add(wakeUp());
        strand(0, steps.toArray(Step[]::new));
    }

    void stray() {
        stray.spread();
    }

    void unfit() {
        WorkerBody some = some(body -> !body.ready && !body.dead);
        if (some != null) {
            strand(0, event("unfit " + some.id, () -> scheduler.unfit(some.id, "its initializer threw", now)));
        }
    }

    /** Moves the clock by these nanoseconds, or to the next alarm if that is sooner. */
    void pass(long nanos) {
        long due = scheduler.due();
        now += due == WorkerScheduler.NEVER ? nanos : Math.max(0, Math.min(nanos, due - now));
        if (due <= now) {
            strand(0, event("tick at " + now, () -> scheduler.tick(now)), look());
        }
    }

    void close() {
        closing = true;
        strand(0, wakeUp());
    }

    void killAll() {
        closing = killed = true;
        queued = 0;
        strand(0, event("kill all", () -> scheduler.killAll(now)), wakeUp());
    }

    WorkerBody some(Predicate<WorkerBody> which) {
        List<WorkerBody> all = bodies.values().stream().filter(which).toList();
        return all.isEmpty() ? null : all.get(random.nextInt(all.size()));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}
