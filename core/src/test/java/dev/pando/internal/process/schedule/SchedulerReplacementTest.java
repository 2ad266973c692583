package dev.pando.internal.process.schedule;

import static dev.pando.internal.process.schedule.WorkerScheduler.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Which worker takes a freed place in a {@link WorkerScheduler}, when launches are held back, and how the pool ends.
 */
class SchedulerReplacementTest extends SchedulerDrill {
    private static final long START = 1_000_000_000_000L;

    SchedulerReplacementTest() {
        super(START, NEVER, -7);
    }

    @Test
    void sparesAreStartedBesideTheFirstWorkerOneAtATimeAndWait() {
        roster(1, 2, 0);
        assertThat(work()).containsExactly("launch 1", "launch later 2");
        assertThat(ready(2)).containsExactly("launch later 3");
        assertThat(ready(3)).isEmpty();
        assertThat(scheduler.due()).as("due, which ignores the start of spares").isEqualTo(now + START);
        ready(1);
        assertThat(scheduler.due()).isEqualTo(NEVER);
    }

    @Test
    void aSpareTakesThePlaceOfTheDeadAtOnceAndIsReplaced() {
        roster(1, 1, 0);
        work();
        ready(1);
        ready(2);
        told(scheduler.fed(1, 1, now));
        assertThat(dead(1)).isEmpty();
        assertThat(work()).as("the spare works, and a new spare follows").containsExactly("feed 2", "launch later 3");
    }

    @Test
    void aSpareThatIsStillStartingIsPromotedAllTheSame() {
        roster(1, 1, 0);
        work();
        ready(1);
        told(scheduler.fed(1, 1, now));
        dead(1);
        assertThat(work()).as("the starting spare works now, and gets a spare").containsExactly("launch later 3");
        assertThat(ready(2)).containsExactly("feed 2");
        assertThat(ready(3)).isEmpty();
    }

    @Test
    void aWorkerGoesHomeAfterExactlySoManyTasksAndItsHeirIsThereBefore() {
        roster(1, 0, 3);
        work();
        ready(1);
        assertThat(run(1, 1)).containsExactly("feed 1");
        assertThat(run(1, 2)).containsExactly("feed 1");
        assertThat(told(scheduler.fed(1, 3, now))).as("as its last task begins").containsExactly("launch 2");
        assertThat(ready(2)).isEmpty();
        assertThat(told(scheduler.free(1, now))).containsExactly("release 1", "feed 2");
        assertThat(die(1)).isEmpty();
    }

    @Test
    void anHeirIsLaunchedAtOnceAlsoWhereThereAreSpares() {
        roster(1, 1, 2);
        work();
        ready(1);
        ready(2);
        assertThat(run(1, 1)).containsExactly("feed 1");
        assertThat(told(scheduler.fed(1, 2, now)))
                .as("one spare, and a worker at its last task")
                .containsExactly("launch 3");
    }

    @Test
    void anHeirThatIsLateTakesThePlaceWhenItIsReady() {
        roster(1, 0, 1);
        work();
        ready(1);
        assertThat(run(1, 1)).containsExactly("launch 2", "release 1");
        assertThat(work()).isEmpty();
        assertThat(ready(2)).containsExactly("feed 2");
    }

    @Test
    void theFirstGenerationIsStaggered() {
        roster(4, 0, 80);
        told(scheduler.eager(now));
        List<Integer> tasks = new ArrayList<>();
        for (int id = 1; id <= 4; id++) {
            ready(id);
            int run = 0;
            while (!run(id, ++run).contains("release " + id)) {}
            tasks.add(run);
        }
        assertThat(tasks)
                .doesNotHaveDuplicates()
                .allMatch(count -> count > 40 && count <= 80)
                .contains(80);
    }

    @Test
    void aLimitTooSmallToStaggerIsKeptAsItIs() {
        roster(4, 0, 7);
        told(scheduler.eager(now));
        for (int id = 1; id <= 4; id++) {
            ready(id);
            for (int run = 1; run < 7; run++) {
                assertThat(run(id, run)).contains("feed " + id);
            }
            assertThat(run(id, 7)).contains("release " + id);
        }
    }

    @Test
    void aWornWorkerIsRelievedAsSoonAsItsHeirIsReady() {
        roster(1, 0, 0);
        work();
        ready(1);
        told(scheduler.fed(1, 1, now));
        assertThat(told(scheduler.worn(1, now))).containsExactly("launch 2");
        assertThat(told(scheduler.free(1, now)))
                .as("works until its successor is ready")
                .containsExactly("feed 1");
        told(scheduler.fed(1, 2, now));
        assertThat(ready(2)).isEmpty();
        assertThat(told(scheduler.free(1, now))).containsExactly("release 1", "feed 2");
    }

    @Test
    void aWornWorkerAtRestIsRelievedToo() {
        roster(1, 0, 0);
        work();
        ready(1);
        told(scheduler.worn(1, now));
        told(scheduler.nothing(1, 0, now));
        assertThat(ready(2)).containsExactly("release 1", "feed 2");
    }

    @Test
    void thoseWhoAreSlowToLeaveCannotPileUp() {
        roster(1, 0, 1);
        work();
        ready(1);
        assertThat(run(1, 1)).containsExactly("launch 2", "release 1");
        assertThat(ready(2)).containsExactly("feed 2");
        assertThat(run(2, 1)).as("two workers exist already").containsExactly("release 2");
        assertThat(work()).isEmpty();
        assertThat(scheduler.isAtWork()).as("at work, because a task waits").isTrue();
        assertThat(dead(1)).containsExactly("launch 3");
    }

    @Test
    void workersThatDieAtTheirTasksAreReplacedAtOnceAndThenMoreAndMoreSlowly() {
        roster(1, 0, 0);
        List<Long> pauses = new ArrayList<>();
        for (int id = 1; id <= 12; id++) {
            long before = now;
            List<String> orders = work();
            while (orders.isEmpty()) {
                now = scheduler.due();
                orders = told(scheduler.tick(now));
            }
            assertThat(orders).containsExactly("launch " + id);
            pauses.add((now - before) / 1_000_000);
            ready(id);
            told(scheduler.fed(id, 1, now));
            die(id);
        }
        assertThat(pauses).containsExactly(0L, 0L, 0L, 0L, 50L, 100L, 200L, 400L, 800L, 1600L, 2000L, 2000L);
    }

    /** Ten workers died in a row at their first task, beside the first worker: the next launch is held back. */
    private void storm() {
        roster(3, 0, 0);
        work();
        ready(1);
        told(scheduler.fed(1, 1, now));
        for (int id = 2; id <= 11; id++) {
            assertThat(work()).containsExactly("launch " + id);
            ready(id);
            told(scheduler.fed(id, 1, now));
            die(id);
        }
        assertThat(work()).as("held back").isEmpty();
        assertThat(work()).isEmpty();
    }

    @Test
    void asManyAsWereHeldBackAreStartedWhenThePauseIsOver() {
        storm();
        now = scheduler.due();
        assertThat(told(scheduler.tick(now))).containsExactly("launch 12", "launch 13");
    }

    @Test
    void anAnswerEndsTheStormForAllWhoWereHeldBack() {
        storm();
        assertThat(told(scheduler.free(1, now))).containsExactly("feed 1", "launch 12", "launch 13");
        assertThat(scheduler.due()).isEqualTo(now + START);
    }

    @Test
    void whoeverIsHeldBackKeepsTheProgramAlive() {
        storm();
        die(1);
        assertThat(scheduler.isAtWork()).isTrue();
        told(scheduler.over(now));
        assertThat(scheduler.isAtWork()).isFalse();
    }

    @Test
    void whereNoneEverGetsReadyThreeAreEnoughToKnow() {
        roster(1, 0, 0);
        work();
        for (int id = 1; id <= 2; id++) {
            assertThat(die(id)).isEmpty();
            work();
            now = scheduler.due();
            assertThat(told(scheduler.tick(now))).containsExactly("launch " + (id + 1));
        }
        assertThat(die(3)).containsExactly("break: of 3");
    }

    @Test
    void thoseWhoStillStartAreWaitedForButNobodyElseIsTried() {
        roster(4, 0, 0);
        for (int i = 0; i < 4; i++) {
            work();
        }
        die(1);
        die(2);
        assertThat(die(3)).isEmpty();
        work();
        now += 3_000_000_000L;
        assertThat(told(scheduler.tick(now))).isEmpty();
        now = scheduler.due();
        assertThat(told(scheduler.tick(now)))
                .as("no break while a worker still dies")
                .containsExactly("kill 4");
        assertThat(die(4)).containsExactly("break: of 4");
    }

    @Test
    void oneThatGetsReadyAfterAllIsEnoughToGoOn() {
        roster(4, 0, 0);
        for (int i = 0; i < 4; i++) {
            work();
        }
        for (int id = 1; id <= 3; id++) {
            die(id);
        }
        assertThat(ready(4)).containsExactly("feed 4");
        told(scheduler.fed(4, 1, now));
        work();
        now = scheduler.due();
        assertThat(told(scheduler.tick(now))).containsExactly("launch 5");
    }

    @Test
    void anAnswerDoesNotHastenThoseWhoCannotStart() {
        roster(2, 0, 0);
        work();
        ready(1);
        work();
        die(2);
        work();
        assertThat(run(1, 1)).as("no launch beside the free worker").containsExactly("feed 1");
        assertThat(scheduler.due()).isEqualTo(now + 50_000_000);
    }

    @Test
    void anInitializerThatThrowsInTheFirstWorkerBreaksThePoolAndLaterOnDoesNot() {
        roster(2, 0, 0);
        work();
        assertThat(told(scheduler.unfit(1, "it threw", now))).containsExactly("break: it threw");
        roster(2, 0, 0);
        work();
        ready(1);
        work();
        assertThat(told(scheduler.unfit(2, "it threw", now))).isEmpty();
    }

    @Test
    void whenItIsOverWhoRestsGoesHomeWhoStartsIsKilledAndWhoWorksMayFinish() {
        roster(3, 1, 0);
        for (int i = 0; i < 3; i++) {
            work();
        }
        for (int id : new int[] {1, 2, 4}) {
            ready(id);
        }
        told(scheduler.nothing(1, 0, now));
        told(scheduler.fed(2, 1, now));
        assertThat(told(scheduler.over(now))).containsExactlyInAnyOrder("release 1", "kill 3", "release 4");
        assertThat(told(scheduler.free(2, now))).containsExactly("feed 2");
        assertThat(told(scheduler.nothing(2, 0, now))).containsExactly("release 2");
        for (int id = 1; id <= 3; id++) {
            assertThat(die(id)).isEmpty();
        }
        assertThat(die(4)).containsExactly("end");
        assertThat(told(scheduler.over(now))).as("the end is reported once").isEmpty();
        assertThat(scheduler.due()).isEqualTo(NEVER);
    }

    @Test
    void whereNobodyEverWasTheEndComesAtOnce() {
        roster(1, 0, 0);
        assertThat(told(scheduler.over(now))).containsExactly("end");
        assertThat(told(scheduler.over(now))).isEmpty();
    }

    @Test
    void aTaskThatIsTriedAgainWhileThePoolClosesGetsAWorker() {
        roster(1, 0, 0);
        work();
        ready(1);
        told(scheduler.fed(1, 1, now));
        assertThat(told(scheduler.over(now))).isEmpty();
        assertThat(dead(1)).isEmpty();
        assertThat(work()).containsExactly("launch 2");
        assertThat(told(scheduler.buried(1, now))).as("not the end yet").isEmpty();
        assertThat(ready(2)).containsExactly("feed 2");
        told(scheduler.fed(2, 1, now));
        told(scheduler.over(now));
        told(scheduler.free(2, now));
        assertThat(told(scheduler.nothing(2, 0, now))).containsExactly("release 2");
        assertThat(die(2)).containsExactly("end");
    }

    @Test
    void aStartThatWasKilledBecauseItWasOverIsNobodysFailure() {
        roster(1, 0, 0);
        work();
        for (int id = 1; id <= 4; id++) {
            assertThat(told(scheduler.over(now))).containsExactly("kill " + id);
            assertThat(work()).as("its place is taken").isEmpty();
            assertThat(dead(id)).isEmpty();
            assertThat(work()).as("without a pause").containsExactly("launch " + (id + 1));
        }
    }

    @Test
    void everythingCanBeKilledAtAnyTimeAndThenNobodyIsStarted() {
        roster(3, 1, 1);
        for (int i = 0; i < 3; i++) {
            work();
        }
        ready(1);
        ready(2);
        told(scheduler.fed(2, 1, now));
        assertThat(told(scheduler.killAll(now))).containsExactlyInAnyOrder("kill 1", "kill 2", "kill 3", "kill 4");
        assertThat(told(scheduler.killAll(now))).isEmpty();
        assertThat(work()).isEmpty();
        assertThat(told(scheduler.over(now))).isEmpty();
        for (int id = 1; id <= 3; id++) {
            assertThat(die(id)).isEmpty();
        }
        assertThat(die(4)).containsExactly("end");
    }
}
