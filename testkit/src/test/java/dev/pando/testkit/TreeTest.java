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
    final Workers workers = new Workers();

    private Tally tally;

    /** Submits a task that starts a helper process and then does this. */
    private TaskFuture<?> task(Deeds.Helper helper, Pool pool, Duration timeout, Action then) {
        tally = workers.tally();
        Tally.Handle notes = tally.handle();
        return pool.timeout(timeout).submit(() -> {
            Deeds.note(notes, (int) helper.start());
            then.perform();
        });
    }

    private static Processes one() {
        return Processes.of(1).heap("64m").grace(Duration.ofMillis(100)).output(Output.discard());
    }

    private Pool open() {
        return workers.open(one());
    }

    private static void assertWorks(Pool pool) {
        assertThat(pool.submit(() -> 5).result()).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource
    void theyGoWhenATaskIsCancelledThatDoesNotObey(Deeds.Helper helper) throws Exception {
        Pool pool = open();
        TaskFuture<?> task = task(helper, pool, Duration.ofSeconds(50), Deeds::deafSleep);
        int pid = tally.awaitNotes(1).getFirst();
        assertThat(Workers.isAlive(pid)).isTrue();
        task.cancel(true);
        assertWorks(pool);
        Workers.awaitGone(pid);
    }

    @ParameterizedTest
    @EnumSource
    void theyGoWhenATaskRunsOutOfTime(Deeds.Helper helper) throws Exception {
        ManualTimer timer = new ManualTimer(); // or else the time may be up before there is a helper
        Pool pool = workers.open(workers.with(one()).timer(timer));
        TaskFuture<?> task = task(helper, pool, Duration.ofSeconds(1), Deeds::deafSleep);
        int pid = tally.awaitNotes(1).getFirst();
        timer.advance(Duration.ofSeconds(1));
        assertThat(task.exception()).isInstanceOf(TaskTimeoutException.class);
        assertWorks(pool);
        Workers.awaitGone(pid);
    }

    @ParameterizedTest
    @EnumSource
    void theyAreGoneWhenTheDeathOfTheWorkerIsTold(Deeds.Helper helper) throws Exception {
        Pool pool = open();
        TaskFuture<?> task = task(helper, pool, Duration.ofSeconds(50), Deeds::halt);
        assertThat(task.exception()).isInstanceOf(WorkerLostException.class);
        assertThat(Workers.isAlive(tally.notes().getFirst())).isFalse();
        assertWorks(pool);
    }

    @ParameterizedTest
    @EnumSource
    void theyAreGoneWhenTheWorkerWasKilledFromOutside(Deeds.Helper helper) throws Exception {
        Pool pool = open();
        TaskFuture<?> task = task(helper, pool, Duration.ofSeconds(50), Deeds::dieBySigkill);
        assertThat(task.exception()).isInstanceOf(WorkerLostException.class);
        assertThat(Workers.isAlive(tally.notes().getFirst())).isFalse();
        assertWorks(pool);
    }

    @ParameterizedTest
    @EnumSource
    void theyAreGoneWhenThePoolHasTerminatedAlthoughTheirTaskEndedWell(Deeds.Helper helper) {
        Pool pool = open();
        assertThat(task(helper, pool, Duration.ofSeconds(50), () -> {}).exception()).isNull();
        int pid = tally.notes().getFirst();
        assertThat(Workers.isAlive(pid)).isTrue();
        pool.close();
        assertThat(Workers.isAlive(pid)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void theyAreGoneWhenAKilledPoolHasTerminated(Deeds.Helper helper) throws Exception {
        Pool pool = open();
        task(helper, pool, Duration.ofSeconds(50), Deeds::endlessLoop);
        int pid = tally.awaitNotes(1).getFirst();
        pool.kill();
        assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(Workers.isAlive(pid)).isFalse();
    }
}
