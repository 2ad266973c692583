package dev.pando.internal.process.schedule;

import static dev.pando.internal.process.schedule.WorkerScheduler.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which worker takes a freed place in a {@link WorkerScheduler}: a spare, a successor, or a new one. */
class SchedulerReplacementTest extends SchedulerDrill {
    private static final long START = 1_000_000_000_000L;

    SchedulerReplacementTest() {
        super(START, NEVER, -7);
    }

    @Test
    void sparesAreStartedBesideTheFirstWorkerOneAtATimeAndWait() {
        open(1, 2, 0);
        assertThat(work()).containsExactly("launch 1", "launch later 2");
        assertThat(ready(2)).containsExactly("launch later 3");
        assertThat(ready(3)).isEmpty();
        assertThat(scheduler.due()).as("due, which ignores the start of spares").isEqualTo(now + START);
        ready(1);
        assertThat(scheduler.due()).isEqualTo(NEVER);
    }

    @Test
    void aSpareTakesThePlaceOfADeadWorkerAtOnceAndIsReplaced() {
        open(1, 1, 0);
        work();
        ready(1);
        ready(2);
        words(scheduler.fed(1, 1, now));
        assertThat(dead(1)).isEmpty();
        assertThat(work()).as("the spare works, and a new spare follows").containsExactly("feed 2", "launch later 3");
    }

    @Test
    void aSpareThatIsStillStartingIsPromotedAllTheSame() {
        open(1, 1, 0);
        work();
        ready(1);
        words(scheduler.fed(1, 1, now));
        dead(1);
        assertThat(work()).as("the starting spare works now, and gets a spare").containsExactly("launch later 3");
        assertThat(ready(2)).containsExactly("feed 2");
        assertThat(ready(3)).isEmpty();
    }

    @Test
    void aWorkerGoesHomeAfterItsLimitAndItsSuccessorIsThereBefore() {
        open(1, 0, 3);
        work();
        ready(1);
        assertThat(run(1, 1)).containsExactly("feed 1");
        assertThat(run(1, 2)).containsExactly("feed 1");
        assertThat(words(scheduler.fed(1, 3, now)))
                .as("as its last task begins")
                .containsExactly("launch 2");
        assertThat(ready(2)).isEmpty();
        assertThat(words(scheduler.free(1, now))).containsExactly("release 1", "feed 2");
        assertThat(die(1)).isEmpty();
    }

    @Test
    void aSuccessorIsLaunchedAtOnceAlsoBesideSpares() {
        open(1, 1, 2);
        work();
        ready(1);
        ready(2);
        assertThat(run(1, 1)).containsExactly("feed 1");
        assertThat(words(scheduler.fed(1, 2, now)))
                .as("one spare, and a worker at its last task")
                .containsExactly("launch 3");
    }

    @Test
    void aLateSuccessorTakesThePlaceWhenItIsReady() {
        open(1, 0, 1);
        work();
        ready(1);
        assertThat(run(1, 1)).containsExactly("launch 2", "release 1");
        assertThat(work()).isEmpty();
        assertThat(ready(2)).containsExactly("feed 2");
    }

    @Test
    void theFirstGenerationIsStaggered() {
        open(4, 0, 80);
        words(scheduler.eager(now));
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
        open(4, 0, 7);
        words(scheduler.eager(now));
        for (int id = 1; id <= 4; id++) {
            ready(id);
            for (int run = 1; run < 7; run++) {
                assertThat(run(id, run)).contains("feed " + id);
            }
            assertThat(run(id, 7)).contains("release " + id);
        }
    }

    @Test
    void aWornWorkerIsRelievedAsSoonAsItsSuccessorIsReady() {
        open(1, 0, 0);
        work();
        ready(1);
        words(scheduler.fed(1, 1, now));
        assertThat(words(scheduler.worn(1, false, now))).containsExactly("launch 2");
        assertThat(words(scheduler.free(1, now)))
                .as("works until its successor is ready")
                .containsExactly("feed 1");
        words(scheduler.fed(1, 2, now));
        assertThat(ready(2)).isEmpty();
        assertThat(words(scheduler.free(1, now))).containsExactly("release 1", "feed 2");
    }

    @Test
    void aWornWorkerAtRestIsRelievedToo() {
        open(1, 0, 0);
        work();
        ready(1);
        words(scheduler.worn(1, false, now));
        words(scheduler.foundNothing(1, 0, now));
        assertThat(ready(2)).containsExactly("release 1", "feed 2");
    }

    @Test
    void workersThatAreSlowToLeaveCannotPileUp() {
        open(1, 0, 1);
        work();
        ready(1);
        assertThat(run(1, 1)).containsExactly("launch 2", "release 1");
        assertThat(ready(2)).containsExactly("feed 2");
        assertThat(run(2, 1)).as("two workers exist already").containsExactly("release 2");
        assertThat(work()).isEmpty();
        assertThat(scheduler.isAtWork()).as("at work, because a task waits").isTrue();
        assertThat(dead(1)).containsExactly("launch 3");
    }
}
