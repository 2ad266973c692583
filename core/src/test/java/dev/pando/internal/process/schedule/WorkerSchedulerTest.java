package dev.pando.internal.process.schedule;

import static dev.pando.internal.process.schedule.WorkerScheduler.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Each arrow of the state diagram of a {@link WorkerScheduler}, and each rule. */
class WorkerSchedulerTest extends SchedulerDrill {
    private static final long START = 1_000;
    private static final long IDLE = 100;

    WorkerSchedulerTest() {
        super(START, IDLE, 5);
    }

    @Test
    void nobodyIsStartedBeforeThereIsWorkAndThenOneForEach() {
        roster(2, 0, 0);
        assertThat(scheduler.due()).isEqualTo(NEVER);
        assertThat(tick()).isEmpty();
        assertThat(work()).containsExactly("launch 1");
        assertThat(work()).containsExactly("launch 2");
        assertThat(work()).isEmpty();
    }

    @Test
    void eagerStartsAllAtOnceAndTheSpares() {
        roster(3, 1, 0);
        assertThat(told(scheduler.eager(now))).containsExactly("launch 1", "launch 2", "launch 3", "launch later 4");
        assertThat(ready(4)).isEmpty();
        assertThat(ready(1)).containsExactly("feed 1");
    }

    @Test
    void aWorkerGoesRoundFromLineToLine() {
        roster(1, 0, 0);
        assertThat(work()).containsExactly("launch 1");
        assertThat(ready(1)).containsExactly("feed 1");
        assertThat(fed(1, 1)).isEmpty();
        assertThat(free(1)).containsExactly("feed 1");
        assertThat(nothing(1)).isEmpty();
        assertThat(work()).containsExactly("feed 1");
    }

    @Test
    void whoWasUsedLastIsUsedFirst() {
        roster(3, 0, 0);
        for (int i = 0; i < 3; i++) {
            work();
        }
        for (int id = 1; id <= 3; id++) {
            ready(id);
        }
        nothing(2);
        nothing(3);
        nothing(1);
        assertThat(work()).containsExactly("feed 1");
        assertThat(work()).containsExactly("feed 3");
        fed(1, 1);
        free(1);
        nothing(1);
        assertThat(work()).containsExactly("feed 1");
        assertThat(work()).containsExactly("feed 2");
    }

    @Test
    void whoeverRestsTooLongGoesHomeAndOnlyThey() {
        roster(2, 0, 0);
        resting(1);
        now += 1;
        work();
        work();
        assertThat(ready(2)).containsExactly("feed 2");
        nothing(1);
        now += 1;
        nothing(2);
        now += IDLE - 1;
        assertThat(scheduler.due()).isEqualTo(now);
        assertThat(tick()).containsExactly("release 1");
        assertThat(work()).as("a place is free, but an idle worker comes first").containsExactly("feed 2");
        assertThat(work()).containsExactly("launch 3");
    }

    @Test
    void whoeverWasFedRestsForTheWholeTimeAgain() {
        roster(1, 0, 0);
        resting(1);
        now += IDLE - 1;
        work();
        fed(1, 1);
        assertThat(scheduler.due()).isEqualTo(NEVER);
        free(1);
        nothing(1);
        assertThat(scheduler.due()).isEqualTo(now + IDLE);
    }

    @Test
    void whoeverDoesNotGoHomeIsKilled() {
        roster(1, 0, 0);
        resting(1);
        now += IDLE;
        assertThat(tick()).containsExactly("release 1");
        now += LEAVE - 1;
        assertThat(tick()).isEmpty();
        now += 1;
        assertThat(tick()).containsExactly("kill 1");
        assertThat(tick()).isEmpty();
        assertThat(dead(1)).isEmpty();
        assertThat(buried(1)).isEmpty();
    }

    @Test
    void whoeverIsNotReadyInTimeIsKilledAndItsPlaceIsTakenUntilItIsDead() {
        roster(1, 0, 0);
        work();
        now += START - 1;
        assertThat(tick()).isEmpty();
        now += 1;
        assertThat(tick()).containsExactly("kill 1");
        assertThat(ready(1)).as("too late").isEmpty();
        assertThat(work()).isEmpty();
        assertThat(dead(1)).as("after a pause").isEmpty();
        now = scheduler.due();
        assertThat(tick()).isEmpty();
        assertThat(work()).containsExactly("launch 2");
    }

    @Test
    void deathFreesThePlace() {
        roster(1, 0, 0);
        busy(1);
        assertThat(work()).isEmpty();
        assertThat(dead(1)).isEmpty();
        assertThat(work()).containsExactly("launch 2");
        assertThat(buried(1)).isEmpty();
        assertThat(ready(2)).containsExactly("feed 2");
    }

    @Test
    void whoeverIsKilledIsKilledOnceAndDiesOnce() {
        roster(1, 0, 0);
        busy(1);
        assertThat(told(scheduler.tooHeavy(1, 1, "too fat", now))).containsExactly("kill 1");
        assertThat(told(scheduler.tooHeavy(1, 1, "again", now))).isEmpty();
        assertThat(free(1)).as("an answer that came after all").isEmpty();
        assertThat(work()).as("the place is taken until the worker is dead").isEmpty();
        dead(1);
        assertThat(dead(1)).isEmpty();
        assertThat(told(scheduler.tooHeavy(1, 1, "again", now))).isEmpty();
    }

    @Test
    void newsAboutNobodyChangesNothing() {
        roster(1, 0, 0);
        String before = scheduler.toString();
        for (List<SchedulerCommand> orders : List.of(
                scheduler.ready(7, now),
                scheduler.fed(7, 1, now),
                scheduler.nothing(7, 0, now),
                scheduler.free(7, now),
                scheduler.stop(7, 1, now),
                scheduler.departing(7, now),
                scheduler.worn(7, now),
                scheduler.tooHeavy(7, 1, "", now),
                scheduler.unfit(7, "", now),
                scheduler.dead(7, "", now),
                scheduler.buried(7, now))) {
            assertThat(orders).isEmpty();
        }
        assertThat(scheduler).hasToString(before);
    }

    @Test
    void whoeverSaysThatItLeavesIsNotFedAgain() {
        roster(3, 0, 0);
        busy(1);
        assertThat(told(scheduler.departing(1, now))).isEmpty();
        assertThat(free(1)).as("after its answer").containsExactly("release 1");
        resting(2);
        assertThat(told(scheduler.departing(2, now))).as("at rest").containsExactly("release 2");
        work();
        told(scheduler.departing(3, now));
        assertThat(ready(3)).as("before it was ready").containsExactly("release 3");
        work();
        ready(4);
        told(scheduler.departing(4, now));
        assertThat(nothing(4)).as("while it looked").containsExactly("release 4");
    }

    @Test
    void whoeverWorksKeepsTheProgramAlive() {
        roster(1, 1, 0);
        assertThat(scheduler.isAtWork()).isFalse();
        work();
        assertThat(scheduler.isAtWork()).isTrue();
        ready(1);
        fed(1, 1);
        assertThat(scheduler.isAtWork()).isTrue();
        free(1);
        nothing(1);
        ready(2);
        assertThat(scheduler.isAtWork()).as("at work with only a spare").isFalse();
    }
}
