package dev.pando.internal.process.schedule;

import static dev.pando.internal.process.schedule.WorkerScheduler.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How the workers of a {@link WorkerScheduler} end with their pool, and what is reported of it. */
class SchedulerEndTest extends SchedulerDrill {
    private static final long START = 1_000_000_000_000L;

    SchedulerEndTest() {
        super(START, NEVER, -7);
    }

    @Test
    void aCloseSendsRestingWorkersHomeKillsStartingOnesAndLetsTasksFinish() {
        open(3, 1, 0);
        for (int i = 0; i < 3; i++) {
            work();
        }
        for (int id : new int[] {1, 2, 4}) {
            ready(id);
        }
        words(scheduler.foundNothing(1, 0, now));
        words(scheduler.fed(2, 1, now));
        assertThat(words(scheduler.close(now))).containsExactlyInAnyOrder("release 1", "kill 3", "release 4");
        assertThat(words(scheduler.free(2, now))).containsExactly("feed 2");
        assertThat(words(scheduler.foundNothing(2, 0, now))).containsExactly("release 2");
        for (int id = 1; id <= 3; id++) {
            assertThat(die(id)).isEmpty();
        }
        assertThat(die(4)).containsExactly("end");
        assertThat(words(scheduler.close(now))).as("the end is reported once").isEmpty();
        assertThat(scheduler.due()).isEqualTo(NEVER);
    }

    @Test
    void aPoolWithoutWorkersEndsAtOnce() {
        open(1, 0, 0);
        assertThat(words(scheduler.close(now))).containsExactly("end");
        assertThat(words(scheduler.close(now))).isEmpty();
    }

    @Test
    void aTaskThatIsTriedAgainWhileThePoolClosesGetsAWorker() {
        open(1, 0, 0);
        work();
        ready(1);
        words(scheduler.fed(1, 1, now));
        assertThat(words(scheduler.close(now))).isEmpty();
        assertThat(dead(1)).isEmpty();
        assertThat(work()).containsExactly("launch 2");
        assertThat(words(scheduler.buried(1, now))).as("not the end yet").isEmpty();
        assertThat(ready(2)).containsExactly("feed 2");
        words(scheduler.fed(2, 1, now));
        words(scheduler.close(now));
        words(scheduler.free(2, now));
        assertThat(words(scheduler.foundNothing(2, 0, now))).containsExactly("release 2");
        assertThat(die(2)).containsExactly("end");
    }

    @Test
    void aStartThatWasKilledByTheCloseIsNoFailure() {
        open(1, 0, 0);
        work();
        for (int id = 1; id <= 4; id++) {
            assertThat(words(scheduler.close(now))).containsExactly("kill " + id);
            assertThat(work()).as("its place is taken").isEmpty();
            assertThat(dead(id)).isEmpty();
            assertThat(work()).as("without a pause").containsExactly("launch " + (id + 1));
        }
    }

    @Test
    void allWorkersCanBeKilledAtAnyTimeAndThenNoneIsStarted() {
        open(3, 1, 1);
        for (int i = 0; i < 3; i++) {
            work();
        }
        ready(1);
        ready(2);
        words(scheduler.fed(2, 1, now));
        assertThat(words(scheduler.killAll(now))).containsExactlyInAnyOrder("kill 1", "kill 2", "kill 3", "kill 4");
        assertThat(words(scheduler.killAll(now))).isEmpty();
        assertThat(work()).isEmpty();
        assertThat(words(scheduler.close(now))).isEmpty();
        for (int id = 1; id <= 3; id++) {
            assertThat(die(id)).isEmpty();
        }
        assertThat(die(4)).containsExactly("end");
    }
}
