package dev.pando.internal.process.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many small worlds in which everything goes wrong at random, and then calms down. After every event the invariants of
 * the scheduler hold. Whenever nothing moves, a waiting task has a worker to wait for, or an alarm is set. In the end
 * every task is done, every worker is reaped, and the end is reported once.
 */
class WorkerSchedulerFuzzTest {
    private static final int FEW = 5_000;
    private static final int MANY = 20_000;
    private static final int STEPS = 150;
    private static final int PATIENCE = 5_000;

    /** To repeat a world, put its seed here. */
    private static final Long AGAIN = null;

    @Test
    void everythingComesToAnEndWhateverHappensInWhicheverOrder() {
        liveIn(FEW);
    }

    @Tag("full")
    @Timeout(300) // it computes all the time, beside the JVMs of other tests
    @Test
    void everythingComesToAnEndInManyWorlds() {
        liveIn(MANY);
    }

    private static void liveIn(int worlds) {
        SplittableRandom seeds = new SplittableRandom();
        if (AGAIN != null) {
            live(AGAIN);
        }
        for (int i = 0; i < worlds && AGAIN == null; i++) {
            live(seeds.nextLong());
        }
    }

    private static void live(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SchedulerWorld world = new SchedulerWorld(climate(random), random.split());
        try {
            for (int i = 0; i < STEPS; i++) {
                happen(world, random);
                if (world.isQuiet()) {
                    assertNoneForgotten(world);
                }
            }
            world.calm = true;
            new StrayEvents(world, random).narrow();
            boolean open = random.nextBoolean();
            if (open && mayRest(world)) {
                calm(world, () -> world.queued == 0 && idle(world));
                assertNoneForgotten(world);
                assertThat(world.ends).isEqualTo(world.isClosing() && world.some(body -> !body.buried) == null ? 1 : 0);
            }
            if (random.nextInt(4) == 0) {
                world.killAll();
            } else {
                world.close();
            }
            calm(world, () -> world.ends > 0);
            for (int i = 0; i < 3; i++) {
                world.close();
            }
            calm(world, () -> true);
            assertThat(world.ends).as("ends").isOne();
            assertThat(world.queued).as("queued tasks").isZero();
            assertThat(world.scheduler.due()).as("due").isEqualTo(WorkerScheduler.NEVER);
            assertThat(world.scheduler.isAtWork()).as("at work").isFalse();
        } catch (Throwable t) {
            fail("seed " + seed + "L, " + world.story(), t);
        }
    }

    private static WorldClimate climate(SplittableRandom random) {
        int width = 1 + random.nextInt(4);
        int recycleAfter = random.nextInt(3) == 0 ? 1 + random.nextInt(12) : 0;
        long idle = random.nextBoolean() ? WorkerScheduler.NEVER : 1_000L;
        var rules = new SchedulerRules(
                width,
                random.nextInt(3),
                recycleAfter,
                500_000_000L,
                random.nextInt(4) == 0 ? 0 : 1_000_000L,
                2_000_000L,
                idle);
        int failedStarts = random.nextInt(5) == 0 ? 30 : 0;
        return new WorldClimate(
                rules,
                random.nextInt(4) == 0,
                random.nextInt(12),
                failedStarts,
                random.nextInt(80),
                random.nextInt(100));
    }

    private static void happen(SchedulerWorld world, SplittableRandom random) {
        int what = random.nextInt(100);
        WorkerBody body = world.some(alive -> !alive.dead);
        if (!world.isQuiet() && what < 45) {
            world.move();
        } else if (what < 60) {
            world.submit();
        } else if (what < 80 && body != null) {
            world.live(body);
        } else if (what < 88) {
            world.stray();
        } else if (what < 96) {
            world.pass(1L << random.nextInt(30));
        } else if (what < 97) {
            world.unfit();
        } else if (what == 97 && random.nextInt(20) == 0) {
            world.close();
        } else if (what == 98 && random.nextInt(20) == 0) {
            world.killAll();
        }
    }

    private interface Condition {
        boolean holds();
    }

    /** Delivers all events under way, and lets all workers obey, until the condition holds and nothing moves. */
    private static void calm(SchedulerWorld world, Condition until) {
        for (int i = 0; i < PATIENCE; i++) {
            while (!world.isQuiet()) {
                world.move();
            }
            assertNoneForgotten(world);
            if (until.holds()) {
                return;
            }
            WorkerBody body = world.some(alive -> !alive.dead);
            if (body != null) {
                world.live(body);
            }
            if (world.isQuiet()) {
                world.pass(1_000_000_000L);
            }
        }
        throw new IllegalStateException("the world does not come to an end");
    }

    /** An eager pool replaces what leaves at once: if its workers leave as soon as they rest, one always starts. */
    private static boolean mayRest(SchedulerWorld world) {
        return !world.climate.eager() || world.climate.rules().idleNanos() == WorkerScheduler.NEVER;
    }

    private static boolean idle(SchedulerWorld world) {
        return world.some(body -> !body.dead && (body.run != 0 || !body.ready || body.toDie)) == null;
    }

    /** Asserts, when nothing moves, that each worker and each waiting task is provided for. */
    private static void assertNoneForgotten(SchedulerWorld world) {
        String table = world.scheduler.toString();
        SchedulerRules rules = world.climate.rules();
        boolean alarm = world.scheduler.due() != WorkerScheduler.NEVER;
        for (WorkerBody body : world.bodies.values()) {
            if (body.dead || body.toDie) {
                continue;
            }
            if (!body.ready || body.goes || body.stops.containsKey(body.run)) {
                assertThat(alarm).as("alarm for " + body.id).isTrue();
            }
            if (rules.recycleAfter() > 0) {
                assertThat(body.runs).as("tasks of " + body.id).isLessThanOrEqualTo(rules.recycleAfter());
            }
        }
        if (world.queued == 0 || world.broken || world.killed) {
            return;
        }
        long places = table.lines()
                .flatMap(text -> java.util.stream.Stream.of(text.split("[\\[,]")))
                .filter(text -> text.matches(" *\\d+ (STARTING|LOOKING|BUSY|DYING)"))
                .count();
        boolean onTheWay = world.some(body -> !body.dead) != null;
        if (table.contains("owed")) {
            assertThat(alarm || onTheWay)
                    .as("an alarm is set, or a worker lives")
                    .isTrue();
        } else if (!table.contains("released")) {
            assertThat(places)
                    .as("workers, while tasks wait")
                    .isBetween((long) Math.min(world.queued, rules.width()), (long) rules.width() + world.mostExtra);
        }
    }
}
