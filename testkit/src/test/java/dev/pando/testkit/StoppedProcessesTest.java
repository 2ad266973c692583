package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Action;
import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.TaskTimeoutException;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The processes that a task started end when it is stopped, although it obeys and its worker lives on. */
@Timeout(120)
class StoppedProcessesTest {
    @RegisterExtension
    final WorkerFixture workerFixture = new WorkerFixture();

    private final Tally tally = workerFixture.tally();

    private static Processes one() {
        return Processes.of(1).heap("64m").grace(Duration.ofSeconds(30)).output(Output.discard());
    }

    private static void waitToBeStopped() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    private static int sleep() throws Exception {
        return (int) new ProcessBuilder("sleep", "1000").start().pid();
    }

    private static int sleepAndLinger() throws Exception {
        Process process = new ProcessBuilder("sleep", "1000").start();
        boolean _ = process.waitFor(100, TimeUnit.MILLISECONDS);
        return (int) process.pid();
    }

    /** Returns a task that starts a process, notes its id, and then does this. */
    private Action starting(TestTasks.Helper helper, Action then) {
        Tally.Handle notes = tally.handle();
        return () -> {
            notes.note((int) helper.start());
            then.perform();
        };
    }

    private static void assertGoneBeforeTheNextTask(Pool pool, int worker, int pid) {
        assertThat(pool.submit(TestTasks::pid).result())
                .as("the worker lives on")
                .isEqualTo(worker);
        assertThat(WorkerFixture.isAlive(pid)).as("process " + pid + " lives").isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void theyGoWhenATaskObeysItsCancellation(TestTasks.Helper helper) throws Exception {
        Pool pool = workerFixture.open(one());
        int worker = pool.submit(TestTasks::pid).result();
        TaskFuture<?> task = pool.submit(starting(helper, StoppedProcessesTest::waitToBeStopped));
        int pid = tally.awaitNotes(1).getFirst();
        assertThat(WorkerFixture.isAlive(pid)).isTrue();
        assertThat(task.cancel(true)).isTrue();
        assertGoneBeforeTheNextTask(pool, worker, pid);
    }

    @Test
    void theyGoWhenATaskObeysItsTimeout() throws Exception {
        ManualTimer timer = new ManualTimer();
        Pool pool = workerFixture.open(workerFixture.with(one()).timer(timer));
        int worker = pool.submit(TestTasks::pid).result();
        TaskFuture<?> task = pool.timeout(Duration.ofSeconds(1))
                .submit(starting(TestTasks.Helper.BY_A_HELPER, StoppedProcessesTest::waitToBeStopped));
        int pid = tally.awaitNotes(1).getFirst();
        timer.advance(Duration.ofSeconds(1));
        assertThat(task.exception()).isInstanceOf(TaskTimeoutException.class);
        assertGoneBeforeTheNextTask(pool, worker, pid);
    }

    /** The task before takes a moment: the system may not tell what a shorter one left from what the next started. */
    @Test
    void thoseOfTasksThatEndedBeforeStay() throws Exception {
        Pool pool = workerFixture.open(one());
        int worker = pool.submit(TestTasks::pid).result();
        for (int round = 1; round <= 5; round++) {
            int before = pool.submit(StoppedProcessesTest::sleepAndLinger).result();
            TaskFuture<?> task =
                    pool.submit(starting(TestTasks.Helper.WITH_OUR_OUTPUT, StoppedProcessesTest::waitToBeStopped));
            int pid = tally.awaitNotes(round).getLast();
            task.cancel(true);
            assertGoneBeforeTheNextTask(pool, worker, pid);
            assertThat(WorkerFixture.isAlive(before)).as("round %s", round).isTrue();
        }
    }

    @Test
    void theyStayWithoutTheirTaskIfThatIsWanted() throws Exception {
        Pool pool = workerFixture.open(one().keepChildren());
        int worker = pool.submit(TestTasks::pid).result();
        TaskFuture<?> task =
                pool.submit(starting(TestTasks.Helper.WITH_OUR_OUTPUT, StoppedProcessesTest::waitToBeStopped));
        int pid = tally.awaitNotes(1).getFirst();
        task.cancel(true);
        assertThat(pool.submit(TestTasks::pid).result()).isEqualTo(worker);
        assertThat(WorkerFixture.isAlive(pid)).isTrue();
        pool.close();
        assertThat(WorkerFixture.isAlive(pid)).isFalse();
    }

    /** The task takes its time to obey, and starts more processes meanwhile, as what it has started does. */
    @Test
    void thoseThatAreStartedMeanwhileGoToo() throws Exception {
        Pool pool = workerFixture.open(one());
        int worker = pool.submit(TestTasks::pid).result();
        Tally.Handle notes = tally.handle();
        TaskFuture<?> task = pool.submit(() -> {
            CountDownLatch stopped = new CountDownLatch(1);
            Thread helper = Thread.ofPlatform().daemon().start(() -> {
                try {
                    stopped.await();
                    for (int i = 0; i < 10; i++) {
                        new ProcessBuilder("sh", "-c", "sleep 1000 & sleep 1000 & wait").start();
                    }
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            sleep();
            notes.note(1);
            try {
                waitToBeStopped();
            } catch (InterruptedException obey) {
                stopped.countDown();
                sleep();
                helper.join();
            }
        });
        tally.awaitNotes(1);
        task.cancel(true);
        assertThat(pool.submit(TestTasks::pid).result()).isEqualTo(worker);
        WorkerFixture.await(
                "only the worker is left",
                () -> WorkerFixture.pids(workerFixture.mark).size() == 1);
    }

    @Test
    void aPoolThatTheTaskOpenedGoesToo() throws Exception {
        Pool pool = workerFixture.open(one());
        int worker = pool.submit(TestTasks::pid).result();
        Tally.Handle notes = tally.handle();
        TaskFuture<?> task = pool.submit(() -> {
            Pool inner = Pool.open(Processes.of(1).heap("32m"));
            inner.submit(() -> {
                        notes.note(TestTasks.pid());
                        return TestTasks.deafSleep();
                    })
                    .get();
        });
        int pid = tally.awaitNotes(1).getFirst();
        task.cancel(true);
        assertGoneBeforeTheNextTask(pool, worker, pid);
    }

    /** Cancels tasks at the very moment when they end. */
    @Test
    void theyGoWheneverTheCancellationWins() throws Exception {
        Pool pool = workerFixture.open(one());
        for (int round = 1; round <= 40; round++) {
            TaskFuture<?> task = pool.submit(starting(TestTasks.Helper.WITH_OUR_OUTPUT, () -> {}));
            int pid = tally.awaitNotes(round).getLast();
            for (int spin = 0; spin < round * 50; spin++) {
                Thread.onSpinWait();
            }
            if (task.cancel(true)) {
                WorkerFixture.awaitGone(pid);
            } else {
                assertThat(WorkerFixture.isAlive(pid)).isTrue();
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
    }
}
