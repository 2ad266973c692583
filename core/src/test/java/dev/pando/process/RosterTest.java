package dev.pando.process;

import static dev.pando.process.Roster.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Each arrow of the state diagram of a {@link Roster}, and each rule. */
class RosterTest extends RosterDrill {
    private static final long START = 1_000;
    private static final long IDLE = 100;

    RosterTest() {
        super(START, IDLE, 5);
    }

    @Test
    void nobodyIsStartedBeforeThereIsWorkAndThenOneForEach() {
        roster(2, 0, 0);
        assertThat(roster.due()).isEqualTo(NEVER);
        assertThat(tick()).isEmpty();
        assertThat(work()).containsExactly("launch 1");
        assertThat(work()).containsExactly("launch 2");
        assertThat(work()).isEmpty();
    }

    @Test
    void eagerStartsAllAtOnceAndTheSpares() {
        roster(3, 1, 0);
        assertThat(told(roster.eager(now))).containsExactly("launch 1", "launch 2", "launch 3", "launch later 4");
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
        for (int i = 0; i < 3; i++) work();
        for (int id = 1; id <= 3; id++) ready(id);
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
        assertThat(roster.due()).isEqualTo(now);
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
        assertThat(roster.due()).isEqualTo(NEVER);
        free(1);
        nothing(1);
        assertThat(roster.due()).isEqualTo(now + IDLE);
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
        now = roster.due();
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
        assertThat(told(roster.tooHeavy(1, 1, "too fat", now))).containsExactly("kill 1");
        assertThat(told(roster.tooHeavy(1, 1, "again", now))).isEmpty();
        assertThat(free(1)).as("an answer that came after all").isEmpty();
        assertThat(work()).as("the place is taken until the worker is dead").isEmpty();
        dead(1);
        assertThat(dead(1)).isEmpty();
        assertThat(told(roster.tooHeavy(1, 1, "again", now))).isEmpty();
    }

    @Test
    void newsAboutNobodyChangesNothing() {
        roster(1, 0, 0);
        String before = roster.toString();
        for (List<Order> orders : List.of(roster.ready(7, now), roster.fed(7, 1, now), roster.nothing(7, 0, now), roster.free(7, now),
                roster.stop(7, 1, now), roster.departing(7, now), roster.worn(7, now), roster.tooHeavy(7, 1, "", now),
                roster.unfit(7, "", now), roster.dead(7, "", now), roster.buried(7, now))) {
            assertThat(orders).isEmpty();
        }
        assertThat(roster).hasToString(before);
    }

    @Test
    void whoeverSaysThatItLeavesIsNotFedAgain() {
        roster(3, 0, 0);
        busy(1);
        assertThat(told(roster.departing(1, now))).isEmpty();
        assertThat(free(1)).as("after its answer").containsExactly("release 1");
        resting(2);
        assertThat(told(roster.departing(2, now))).as("at rest").containsExactly("release 2");
        work();
        told(roster.departing(3, now));
        assertThat(ready(3)).as("before it was ready").containsExactly("release 3");
        work();
        ready(4);
        told(roster.departing(4, now));
        assertThat(nothing(4)).as("while it looked").containsExactly("release 4");
    }

    @Test
    void whoeverWorksKeepsTheProgramAlive() {
        roster(1, 1, 0);
        assertThat(roster.isAtWork()).isFalse();
        work();
        assertThat(roster.isAtWork()).isTrue();
        ready(1);
        fed(1, 1);
        assertThat(roster.isAtWork()).isTrue();
        free(1);
        nothing(1);
        ready(2);
        assertThat(roster.isAtWork()).as("at work with only a spare").isFalse();
    }
}
