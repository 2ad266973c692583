package dev.pando.process;

import static dev.pando.process.Roster.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A stopped run has its grace once in a {@link Roster}, whichever events come late, early or out of order. */
class RosterStopTest extends RosterDrill {
    private static final long START = 1_000;
    private static final long IDLE = 100;

    RosterStopTest() {
        super(START, IDLE, 5);
    }

    @Test
    void aTaskThatIsToldToStopHasItsGrace() {
        roster(1, 0, 0);
        busy(1);
        assertThat(told(roster.stop(1, 1, now))).isEmpty();
        assertThat(roster.due()).isEqualTo(now + GRACE);
        now += 1;
        told(roster.stop(1, 1, now));
        assertThat(roster.due()).as("due, by the first of two stops").isEqualTo(now - 1 + GRACE);
        now += GRACE - 1;
        assertThat(tick()).containsExactly("kill 1");
    }

    @Test
    void aTaskThatStoppedInTimeIsNotKilled() {
        roster(1, 0, 0);
        busy(1);
        told(roster.stop(1, 1, now));
        assertThat(free(1)).containsExactly("feed 1");
        assertThat(roster.due()).isEqualTo(NEVER);
        now += GRACE;
        assertThat(tick()).isEmpty();
    }

    @Test
    void aStopThatComesLateDoesNotTouchTheNextRun() {
        roster(1, 0, 0);
        busy(1);
        free(1);
        told(roster.stop(1, 1, now));
        fed(1, 2);
        told(roster.stop(1, 1, now));
        assertThat(roster.due()).isEqualTo(NEVER);
        told(roster.stop(1, 2, now));
        assertThat(roster.due()).isEqualTo(now + GRACE);
    }

    @Test
    void aStopThatComesBeforeItsRunIsKnownToHaveBegunCounts() {
        roster(1, 0, 0);
        work();
        ready(1);
        told(roster.stop(1, 1, now));
        now += 3;
        fed(1, 1);
        assertThat(roster.due()).isEqualTo(now + GRACE);
    }

    @Test
    void aStopForARunThatLayAheadHasAGraceOfItsOwn() {
        roster(1, 0, 0);
        busy(1);
        told(roster.stop(1, 1, now));
        now += 3;
        told(roster.stop(1, 3, now));
        assertThat(roster.due()).isEqualTo(now + GRACE);
        told(roster.goesOn(1, 1, now));
        assertThat(roster.due()).as("the answer to the first comes late").isEqualTo(now + GRACE);
        told(roster.goesOn(1, 3, now));
        assertThat(roster.due()).isEqualTo(NEVER);
    }

    @Test
    void whoGoesOnAfterAStoppedRunIsNotKilledForIt() {
        roster(1, 0, 0);
        busy(1);
        told(roster.stop(1, 1, now));
        told(roster.goesOn(1, 1, now));
        told(roster.stop(1, 1, now)); // a late stop
        now += GRACE;
        assertThat(told(roster.tick(now))).isEmpty();
        told(roster.free(1, now));
        assertThat(roster.due()).isEqualTo(NEVER);
    }

    @Test
    void whoGoesOnAlthoughItIsLeavingIsStillWaitedForNoLonger() {
        roster(1, 0, 0);
        busy(1);
        told(roster.departing(1, now));
        long due = roster.due();
        told(roster.stop(1, 2, now));
        told(roster.goesOn(1, 2, now));
        assertThat(roster.due()).isEqualTo(due);
    }

    @Test
    void anEarlyStopIsNotForgottenForALateOne() {
        roster(1, 0, 0);
        busy(1);
        free(1);
        told(roster.stop(1, 2, now));
        told(roster.stop(1, 1, now));
        assertThat(roster.due()).as("due, before the worker is at that run").isEqualTo(NEVER);
        fed(1, 2);
        assertThat(roster.due()).isEqualTo(now + GRACE);
    }
}
