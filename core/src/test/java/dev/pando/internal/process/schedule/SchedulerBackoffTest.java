package dev.pando.internal.process.schedule;

import static dev.pando.internal.process.schedule.WorkerScheduler.NEVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a {@link WorkerScheduler} holds launches back because workers die, and when that breaks the pool. */
class SchedulerBackoffTest extends SchedulerDrill {
    private static final long START = 1_000_000_000_000L;

    SchedulerBackoffTest() {
        super(START, NEVER, -7);
    }

    @Test
    void workersThatDieAtTheirTasksAreReplacedAtOnceAndThenMoreAndMoreSlowly() {
        open(1, 0, 0);
        List<Long> pauses = new ArrayList<>();
        for (int id = 1; id <= 12; id++) {
            long before = now;
            List<String> commands = work();
            while (commands.isEmpty()) {
                now = scheduler.due();
                commands = words(scheduler.tick(now));
            }
            assertThat(commands).containsExactly("launch " + id);
            pauses.add((now - before) / 1_000_000);
            ready(id);
            words(scheduler.fed(id, 1, now));
            die(id);
        }
        assertThat(pauses).containsExactly(0L, 0L, 0L, 0L, 50L, 100L, 200L, 400L, 800L, 1600L, 2000L, 2000L);
    }

    /** Ten workers died in a row at their first task, beside the first worker: the next launch is held back. */
    private void heldBack() {
        open(3, 0, 0);
        work();
        ready(1);
        words(scheduler.fed(1, 1, now));
        for (int id = 2; id <= 11; id++) {
            assertThat(work()).containsExactly("launch " + id);
            ready(id);
            words(scheduler.fed(id, 1, now));
            die(id);
        }
        assertThat(work()).as("held back").isEmpty();
        assertThat(work()).isEmpty();
    }

    @Test
    void wantOfMemoryHoldsBackTheNextWorkerAndBreaksNoPool() {
        open(1, 0, 0);
        List<String> commands = work();
        for (int id = 1; id <= 20; id++) {
            assertThat(commands).containsExactly("launch " + id);
            scheduler.noteStarved(id);
            assertThat(die(id)).isEmpty();
            assertThat(work()).as("held back").isEmpty();
            now = scheduler.due();
            commands = words(scheduler.tick(now));
        }
    }

    @Test
    void whatFindsNoMemoryForAWorkerLaunchesNoneAndMayComeAgain() {
        boolean[] isFull = {true};
        scheduler = new WorkerScheduler(new SchedulerRules(1, 0, 0, START, GRACE, LEAVE, START), id -> {
            if (isFull[0]) {
                throw new OutOfMemoryError("injected");
            }
        });
        assertThatThrownBy(this::work).isInstanceOf(OutOfMemoryError.class);
        assertThat(scheduler.poll()).as("a command without a worker").isNull();
        isFull[0] = false;
        assertThat(work()).containsExactly("launch 1");
    }

    @Test
    void theCommandsOfAnEventThatFindsNoMemoryAreNotLost() {
        boolean[] isFull = {false};
        scheduler = new WorkerScheduler(new SchedulerRules(2, 0, 0, START, GRACE, LEAVE, START), id -> {
            if (isFull[0]) {
                throw new OutOfMemoryError("injected");
            }
        });
        work();
        ready(1);
        fed(1, 1);
        isFull[0] = true;
        assertThatThrownBy(this::work).as("a second worker").isInstanceOf(OutOfMemoryError.class);
        assertThatThrownBy(() -> free(1)).isInstanceOf(OutOfMemoryError.class);
        assertThat(scheduler.poll()).isEqualTo(new SchedulerCommand.Feed(1, 0));
        assertThat(scheduler.poll()).isNull();
    }

    @Test
    void allLaunchesHeldBackAreMadeWhenThePauseIsOver() {
        heldBack();
        now = scheduler.due();
        assertThat(words(scheduler.tick(now))).containsExactly("launch 12", "launch 13");
    }

    @Test
    void anAnswerEndsThePauseForAllLaunchesHeldBack() {
        heldBack();
        assertThat(words(scheduler.free(1, now))).containsExactly("feed 1", "launch 12", "launch 13");
        assertThat(scheduler.due()).isEqualTo(now + START);
    }

    @Test
    void aLaunchHeldBackKeepsTheProgramAlive() {
        heldBack();
        die(1);
        assertThat(scheduler.isAtWork()).isTrue();
        words(scheduler.close(now));
        assertThat(scheduler.isAtWork()).isFalse();
    }

    @Test
    void threeFailedStartsBreakAPoolInWhichNoWorkerEverGotReady() {
        open(1, 0, 0);
        work();
        for (int id = 1; id <= 2; id++) {
            assertThat(die(id)).isEmpty();
            work();
            now = scheduler.due();
            assertThat(words(scheduler.tick(now))).containsExactly("launch " + (id + 1));
        }
        assertThat(die(3)).containsExactly("break: of 3");
    }

    /** An initializer may have called exit in a thread of its own. */
    @Test
    void aWorkerThatSaysThatItLeavesBeforeItIsReadyHasFailedToStart() {
        open(1, 0, 0);
        work();
        for (int id = 1; id <= 2; id++) {
            assertThat(words(scheduler.departing(id, now))).isEmpty();
            assertThat(ready(id)).containsExactly("release " + id);
            assertThat(die(id)).isEmpty();
            work();
            now = scheduler.due();
            assertThat(words(scheduler.tick(now))).containsExactly("launch " + (id + 1));
        }
        words(scheduler.departing(3, now));
        assertThat(ready(3)).containsExactly("release 3");
        assertThat(die(3)).containsExactly("break: of 3");
    }

    @Test
    void workersThatLeaveBeforeTheyHadATaskAreReplacedMoreAndMoreSlowly() {
        open(1, 0, 0);
        List<String> launched = work();
        for (int id = 1; id <= 4; id++) {
            assertThat(launched).containsExactly("launch " + id);
            ready(id);
            words(scheduler.departing(id, now));
            assertThat(foundNothing(id)).containsExactly("release " + id);
            die(id);
            launched = work();
        }
        assertThat(launched).as("held back").isEmpty();
    }

    @Test
    void workersThatStillStartAreAwaitedButNoOtherIsLaunched() {
        open(4, 0, 0);
        for (int i = 0; i < 4; i++) {
            work();
        }
        die(1);
        die(2);
        assertThat(die(3)).isEmpty();
        work();
        now += 3_000_000_000L;
        assertThat(words(scheduler.tick(now))).isEmpty();
        now = scheduler.due();
        assertThat(words(scheduler.tick(now)))
                .as("no break while a worker still dies")
                .containsExactly("kill 4");
        assertThat(die(4)).containsExactly("break: of 4");
    }

    @Test
    void oneWorkerThatGetsReadyIsEnoughToGoOn() {
        open(4, 0, 0);
        for (int i = 0; i < 4; i++) {
            work();
        }
        for (int id = 1; id <= 3; id++) {
            die(id);
        }
        assertThat(ready(4)).containsExactly("feed 4");
        words(scheduler.fed(4, 1, now));
        work();
        now = scheduler.due();
        assertThat(words(scheduler.tick(now))).containsExactly("launch 5");
    }

    @Test
    void anAnswerDoesNotEndThePauseAfterAFailedStart() {
        open(2, 0, 0);
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
        open(2, 0, 0);
        work();
        assertThat(words(scheduler.unfit(1, "it threw", now))).containsExactly("break: it threw");
        open(2, 0, 0);
        work();
        ready(1);
        work();
        assertThat(words(scheduler.unfit(2, "it threw", now))).isEmpty();
    }
}
