package dev.pando.internal.process.schedule;

import java.util.SplittableRandom;

/** The events of a {@link SchedulerWorld} that may come at any time: late, early, twice, or of no worker. */
final class StrayEvents {
    private final SchedulerWorld world;
    private final SplittableRandom random;

    StrayEvents(SchedulerWorld world, SplittableRandom random) {
        this.world = world;
        this.random = random;
    }

    /** Brings one event. */
    void spread() {
        WorkerBody body = world.bodies.get(1 + random.nextInt(world.bodies.size() + 1));
        int id = body == null ? 1_000_000 : body.id;
        switch (random.nextInt(13)) {
            case 0, 1, 2 -> {
                int run = body == null ? 1 : Math.max(1, body.runs - random.nextInt(3));
                if (body != null && body.runs == 0) {
                    return;
                }
                world.strand(0, world.event("stop " + id + " " + run, () -> {
                    if (body != null) {
                        body.stops.putIfAbsent(run, world.now);
                    }
                    return world.scheduler.stop(id, run, world.now);
                }));
            }
            case 3 -> world.strand(0, world.event("departing " + id, () -> world.scheduler.departing(id, world.now)));
            case 4, 5 -> world.strand(0, world.event("worn " + id, () -> world.scheduler.worn(id, false, world.now)));
            case 6 ->
                world.strand(
                        0,
                        world.event(
                                "too heavy " + id,
                                () -> world.scheduler.killAt(
                                        id, body == null ? 1 : body.runs, "it held too much", world.now)));
            case 7 ->
                world.strand(
                        0,
                        world.event(
                                "ready again " + id,
                                () -> body == null || body.knownReady,
                                () -> world.scheduler.ready(id, world.now)));
            case 8 ->
                world.strand(
                        0,
                        world.event(
                                "dead again " + id,
                                () -> body == null || body.dead,
                                () -> world.scheduler.dead(id, "it died", world.now)));
            case 9 ->
                world.strand(
                        0,
                        world.event(
                                "free, late " + id,
                                () -> body == null || body.buried,
                                () -> world.scheduler.free(id, world.now)));
            case 10 ->
                world.strand(
                        0,
                        world.event(
                                "fed, late " + id,
                                () -> body == null || body.buried,
                                () -> world.scheduler.fed(id, 7, world.now)));
            case 11 -> {
                int by = world.extra > 0 && random.nextBoolean() ? -1 : 1;
                world.strand(0, world.event("wider by " + by, () -> world.extra + by >= 0, () -> {
                    world.extra += by;
                    world.mostExtra = Math.max(world.mostExtra, world.extra);
                    return world.scheduler.widen(by, world.now);
                }));
            }
            default ->
                world.strand(0, world.event("a tick too early", () -> world.scheduler.tick(world.now)), world.look());
        }
    }

    /** The tasks that stay for long have ended. */
    void narrow() {
        world.strand(0, world.event("as wide as at first", () -> {
            int by = -world.extra;
            world.extra = 0;
            return world.scheduler.widen(by, world.now);
        }));
    }
}
