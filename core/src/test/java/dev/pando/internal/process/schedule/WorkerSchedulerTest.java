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
    void noWorkerIsStartedBeforeThereIsWorkAndThenOneForEachTask() {
        open(2, 0, 0);
        assertThat(scheduler.due()).isEqualTo(NEVER);
        assertThat(tick()).isEmpty();
        assertThat(work()).containsExactly("launch 1");
        assertThat(work()).containsExactly("launch 2");
        assertThat(work()).isEmpty();
    }

    @Test
    void theWorkerOfATaskThatIsBeingPackedIsThatTasks() {
        open(2, 0, 0);
        assertThat(expected()).containsExactly("launch 1");
        assertThat(expected()).isEmpty();
        assertThat(work()).as("its worker starts already").isEmpty();
        assertThat(work()).as("the next task").containsExactly("launch 2");
        assertThat(ready(1)).containsExactly("feed 1");
    }

    @Test
    void theWorkerOfATaskThatCouldNotBePackedRestsAndTakesTheNext() {
        open(1, 0, 0);
        assertThat(expected()).containsExactly("launch 1");
        assertThat(scheduler.isAtWork()).isTrue();
        assertThat(ready(1)).containsExactly("feed 1");
        assertThat(foundNothing(1)).isEmpty();
        assertThat(scheduler.isAtWork()).isFalse();
        assertThat(expected()).isEmpty();
        assertThat(work()).containsExactly("feed 1");
    }

    @Test
    void aPlaceBesideTheOthersIsFilledAndItsWorkerLeavesWhenItIsGone() {
        open(1, 0, 0);
        work();
        assertThat(words(scheduler.widen(1, now))).isEmpty();
        assertThat(work()).containsExactly("launch 2");
        assertThat(work()).isEmpty();
        assertThat(ready(1)).containsExactly("feed 1");
        assertThat(foundNothing(1)).isEmpty();
        assertThat(words(scheduler.widen(-1, now))).as("the one at rest").containsExactly("release 1");
        assertThat(ready(2)).containsExactly("feed 2");
    }

    @Test
    void aPoolThatClosesExpectsNothing() {
        open(1, 0, 0);
        assertThat(words(scheduler.close(now))).containsExactly("end");
        assertThat(expected()).isEmpty();
    }

    @Test
    void eagerStartsAllAtOnceAndTheSpares() {
        open(3, 1, 0);
        assertThat(words(scheduler.eager(now))).containsExactly("launch 1", "launch 2", "launch 3", "launch later 4");
        assertThat(ready(4)).isEmpty();
        assertThat(ready(1)).containsExactly("feed 1");
    }

    @Test
    void aWorkerLooksAtTheQueueAfterEachTask() {
        open(1, 0, 0);
        assertThat(work()).containsExactly("launch 1");
        assertThat(ready(1)).containsExactly("feed 1");
        assertThat(fed(1, 1)).isEmpty();
        assertThat(free(1)).containsExactly("feed 1");
        assertThat(foundNothing(1)).isEmpty();
        assertThat(work()).containsExactly("feed 1");
    }

    @Test
    void theWorkerUsedLastIsUsedFirst() {
        open(3, 0, 0);
        for (int i = 0; i < 3; i++) {
            work();
        }
        for (int id = 1; id <= 3; id++) {
            ready(id);
        }
        foundNothing(2);
        foundNothing(3);
        foundNothing(1);
        assertThat(work()).containsExactly("feed 1");
        assertThat(work()).containsExactly("feed 3");
        fed(1, 1);
        free(1);
        foundNothing(1);
        assertThat(work()).containsExactly("feed 1");
        assertThat(work()).containsExactly("feed 2");
    }

    @Test
    void onlyAWorkerThatRestsTooLongGoesHome() {
        open(2, 0, 0);
        resting(1);
        now += 1;
        work();
        work();
        assertThat(ready(2)).containsExactly("feed 2");
        foundNothing(1);
        now += 1;
        foundNothing(2);
        now += IDLE - 1;
        assertThat(scheduler.due()).isEqualTo(now);
        assertThat(tick()).containsExactly("release 1");
        assertThat(work()).as("a place is free, but an idle worker comes first").containsExactly("feed 2");
        assertThat(work()).containsExactly("launch 3");
    }

    @Test
    void aWorkerThatWasFedRestsForTheWholeTimeAgain() {
        open(1, 0, 0);
        resting(1);
        now += IDLE - 1;
        work();
        fed(1, 1);
        assertThat(scheduler.due()).isEqualTo(NEVER);
        free(1);
        foundNothing(1);
        assertThat(scheduler.due()).isEqualTo(now + IDLE);
    }

    @Test
    void aWorkerThatDoesNotGoHomeIsKilled() {
        open(1, 0, 0);
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
    void aWorkerThatIsNotReadyInTimeIsKilledAndHoldsItsPlaceUntilItIsDead() {
        open(1, 0, 0);
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
        open(1, 0, 0);
        busy(1);
        assertThat(work()).isEmpty();
        assertThat(dead(1)).isEmpty();
        assertThat(work()).containsExactly("launch 2");
        assertThat(buried(1)).isEmpty();
        assertThat(ready(2)).containsExactly("feed 2");
    }

    @Test
    void aWorkerIsKilledOnceAndDiesOnce() {
        open(1, 0, 0);
        busy(1);
        assertThat(words(scheduler.killAt(1, 1, "too fat", now))).containsExactly("kill 1");
        assertThat(words(scheduler.killAt(1, 1, "again", now))).isEmpty();
        assertThat(free(1)).as("an answer that came after all").isEmpty();
        assertThat(work()).as("the place is taken until the worker is dead").isEmpty();
        dead(1);
        assertThat(dead(1)).isEmpty();
        assertThat(words(scheduler.killAt(1, 1, "again", now))).isEmpty();
    }

    @Test
    void eventsOfAnUnknownWorkerChangeNothing() {
        open(1, 0, 0);
        String before = scheduler.toString();
        for (List<SchedulerCommand> commands : List.of(
                scheduler.ready(7, now),
                scheduler.fed(7, 1, now),
                scheduler.foundNothing(7, 0, now),
                scheduler.free(7, now),
                scheduler.stop(7, 1, now),
                scheduler.departing(7, now),
                scheduler.worn(7, false, now),
                scheduler.killAt(7, 1, "", now),
                scheduler.unfit(7, "", now),
                scheduler.dead(7, "", now),
                scheduler.buried(7, now))) {
            assertThat(commands).isEmpty();
        }
        assertThat(scheduler).hasToString(before);
    }

    @Test
    void aWorkerThatSaysThatItLeavesIsNotFedAgain() {
        open(3, 0, 0);
        busy(1);
        assertThat(words(scheduler.departing(1, now))).isEmpty();
        assertThat(free(1)).as("after its answer").containsExactly("release 1");
        resting(2);
        assertThat(words(scheduler.departing(2, now))).as("at rest").containsExactly("release 2");
        work();
        words(scheduler.departing(3, now));
        assertThat(ready(3)).as("before it was ready").containsExactly("release 3");
        work();
        ready(4);
        words(scheduler.departing(4, now));
        assertThat(foundNothing(4)).as("while it looked").containsExactly("release 4");
    }

    @Test
    void aWorkerAtWorkKeepsTheProgramAlive() {
        open(1, 1, 0);
        assertThat(scheduler.isAtWork()).isFalse();
        work();
        assertThat(scheduler.isAtWork()).isTrue();
        ready(1);
        fed(1, 1);
        assertThat(scheduler.isAtWork()).isTrue();
        free(1);
        foundNothing(1);
        ready(2);
        assertThat(scheduler.isAtWork()).as("at work with only a spare").isFalse();
    }
}
