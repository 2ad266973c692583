package dev.pando.internal.process.schedule;

import static dev.pando.internal.process.schedule.WorkerScheduler.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A stopped run has its grace once in a {@link WorkerScheduler}, whichever events come late, early or out of order. */
class SchedulerStopTest extends SchedulerDrill {
    private static final long START = 1_000;
    private static final long IDLE = 100;

    SchedulerStopTest() {
        super(START, IDLE, 5);
    }

    @Test
    void aTaskThatIsAskedToStopHasItsGrace() {
        open(1, 0, 0);
        busy(1);
        assertThat(words(scheduler.stop(1, 1, now))).isEmpty();
        assertThat(scheduler.due()).isEqualTo(now + GRACE);
        now += 1;
        words(scheduler.stop(1, 1, now));
        assertThat(scheduler.due()).as("due, by the first of two stops").isEqualTo(now - 1 + GRACE);
        now += GRACE - 1;
        assertThat(tick()).containsExactly("kill 1");
    }

    @Test
    void aTaskThatStoppedInTimeIsNotKilled() {
        open(1, 0, 0);
        busy(1);
        words(scheduler.stop(1, 1, now));
        assertThat(free(1)).containsExactly("feed 1");
        assertThat(scheduler.due()).isEqualTo(NEVER);
        now += GRACE;
        assertThat(tick()).isEmpty();
    }

    @Test
    void aStopThatComesLateDoesNotTouchTheNextRun() {
        open(1, 0, 0);
        busy(1);
        free(1);
        words(scheduler.stop(1, 1, now));
        fed(1, 2);
        words(scheduler.stop(1, 1, now));
        assertThat(scheduler.due()).isEqualTo(NEVER);
        words(scheduler.stop(1, 2, now));
        assertThat(scheduler.due()).isEqualTo(now + GRACE);
    }

    @Test
    void aStopThatComesBeforeItsRunIsKnownToHaveBegunCounts() {
        open(1, 0, 0);
        work();
        ready(1);
        words(scheduler.stop(1, 1, now));
        now += 3;
        fed(1, 1);
        assertThat(scheduler.due()).isEqualTo(now + GRACE);
    }

    @Test
    void aStopForARunThatLayAheadHasAGraceOfItsOwn() {
        open(1, 0, 0);
        busy(1);
        words(scheduler.stop(1, 1, now));
        now += 3;
        words(scheduler.stop(1, 3, now));
        assertThat(scheduler.due()).isEqualTo(now + GRACE);
        words(scheduler.goesOn(1, 1, now));
        assertThat(scheduler.due()).as("the answer to the first comes late").isEqualTo(now + GRACE);
        words(scheduler.goesOn(1, 3, now));
        assertThat(scheduler.due()).isEqualTo(NEVER);
    }

    @Test
    void aWorkerThatGoesOnAfterAStoppedRunIsNotKilledForIt() {
        open(1, 0, 0);
        busy(1);
        words(scheduler.stop(1, 1, now));
        words(scheduler.goesOn(1, 1, now));
        words(scheduler.stop(1, 1, now)); // a late stop
        now += GRACE;
        assertThat(words(scheduler.tick(now))).isEmpty();
        words(scheduler.free(1, now));
        assertThat(scheduler.due()).isEqualTo(NEVER);
    }

    @Test
    void aLeavingWorkerThatGoesOnGetsNoMoreTime() {
        open(1, 0, 0);
        busy(1);
        words(scheduler.departing(1, now));
        long due = scheduler.due();
        words(scheduler.stop(1, 2, now));
        words(scheduler.goesOn(1, 2, now));
        assertThat(scheduler.due()).isEqualTo(due);
    }

    @Test
    void anEarlyStopIsNotForgottenForALateOne() {
        open(1, 0, 0);
        busy(1);
        free(1);
        words(scheduler.stop(1, 2, now));
        words(scheduler.stop(1, 1, now));
        assertThat(scheduler.due()).as("due, before the worker is at that run").isEqualTo(NEVER);
        fed(1, 2);
        assertThat(scheduler.due()).isEqualTo(now + GRACE);
    }
}
