package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Action;
import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.TaskTimeoutException;
import dev.pando.WorkerLostException;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The processes that a task started end with its worker. */
@Timeout(90)
class TreeTest {
    @RegisterExtension
    final WorkerFixture workerFixture = new WorkerFixture();

    private Tally tally;

    /** Submits a task that starts a helper process and then does this. */
    private TaskFuture<?> task(TestTasks.Helper helper, Pool pool, Duration timeout, Action then) {
        tally = workerFixture.tally();
        Tally.Handle notes = tally.handle();
        return pool.timeout(timeout).submit(() -> {
            TestTasks.note(notes, (int) helper.start());
            then.perform();
        });
    }

    private static Processes one() {
        return Processes.of(1).heap("64m").grace(Duration.ofMillis(100)).output(Output.discard());
    }

    private Pool open() {
        return workerFixture.open(one());
    }

    private static void assertWorks(Pool pool) {
        assertThat(pool.submit(() -> 5).result()).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource
    void theyGoWhenATaskIsCancelledThatDoesNotObey(TestTasks.Helper helper) throws Exception {
        Pool pool = open();
        TaskFuture<?> task = task(helper, pool, Duration.ofSeconds(50), TestTasks::deafSleep);
        int pid = tally.awaitNotes(1).getFirst();
        assertThat(WorkerFixture.isAlive(pid)).isTrue();
        task.cancel(true);
        assertWorks(pool);
        WorkerFixture.awaitGone(pid);
    }

    @ParameterizedTest
    @EnumSource
    void theyGoWhenATaskRunsOutOfTime(TestTasks.Helper helper) throws Exception {
        ManualTimer timer = new ManualTimer(); // or else the time may be up before there is a helper
        Pool pool = workerFixture.open(workerFixture.with(one()).timer(timer));
        TaskFuture<?> task = task(helper, pool, Duration.ofSeconds(1), TestTasks::deafSleep);
        int pid = tally.awaitNotes(1).getFirst();
        timer.advance(Duration.ofSeconds(1));
        assertThat(task.exception()).isInstanceOf(TaskTimeoutException.class);
        assertWorks(pool);
        WorkerFixture.awaitGone(pid);
    }

    @ParameterizedTest
    @EnumSource
    void theyAreGoneWhenTheDeathOfTheWorkerIsTold(TestTasks.Helper helper) throws Exception {
        Pool pool = open();
        TaskFuture<?> task = task(helper, pool, Duration.ofSeconds(50), TestTasks::halt);
        assertThat(task.exception()).isInstanceOf(WorkerLostException.class);
        assertThat(WorkerFixture.isAlive(tally.notes().getFirst())).isFalse();
        assertWorks(pool);
    }

    @ParameterizedTest
    @EnumSource
    void theyAreGoneWhenTheWorkerWasKilledFromOutside(TestTasks.Helper helper) throws Exception {
        Pool pool = open();
        TaskFuture<?> task = task(helper, pool, Duration.ofSeconds(50), TestTasks::dieBySigkill);
        assertThat(task.exception()).isInstanceOf(WorkerLostException.class);
        assertThat(WorkerFixture.isAlive(tally.notes().getFirst())).isFalse();
        assertWorks(pool);
    }

    @ParameterizedTest
    @EnumSource
    void theyAreGoneWhenThePoolHasTerminatedAlthoughTheirTaskEndedWell(TestTasks.Helper helper) {
        Pool pool = open();
        assertThat(task(helper, pool, Duration.ofSeconds(50), () -> {}).exception())
                .isNull();
        int pid = tally.notes().getFirst();
        assertThat(WorkerFixture.isAlive(pid)).isTrue();
        pool.close();
        assertThat(WorkerFixture.isAlive(pid)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void theyAreGoneWhenAKilledPoolHasTerminated(TestTasks.Helper helper) throws Exception {
        Pool pool = open();
        task(helper, pool, Duration.ofSeconds(50), TestTasks::endlessLoop);
        int pid = tally.awaitNotes(1).getFirst();
        pool.kill();
        assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(WorkerFixture.isAlive(pid)).isFalse();
    }
}
