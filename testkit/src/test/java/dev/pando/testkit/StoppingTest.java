package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pando.Fn;
import dev.pando.Pool;
import dev.pando.PoolListener;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.TaskInfo;
import dev.pando.TaskTimeoutException;
import dev.pando.process.Output;
import dev.pando.process.Processes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a task does, a timeout or a cancellation can stop it. */
@Timeout(90)
class StoppingTest {
    @RegisterExtension
    final WorkerFixture workerFixture = new WorkerFixture();

    /** A task that does not stop by itself, and the method in which it stays. */
    record Stubborn(String where, Task<Integer> task) {
        @Override
        public String toString() {
            return where;
        }
    }

    static Stream<Stubborn> stubborn() {
        return Stream.of(
                new Stubborn("endlessLoop", TestTasks::endlessLoop),
                new Stubborn("countingLoop", TestTasks::countingLoop),
                new Stubborn("deafSleep", TestTasks::deafSleep),
                new Stubborn("nativeSleep", TestTasks::nativeSleep));
    }

    private static Processes impatient(int count) {
        return Processes.of(count).heap("64m").jvmArgs(TestTasks.NATIVE).output(Output.discard());
    }

    /** Returns a task that notes the process id of its worker, and then runs this task. */
    private static Task<Integer> noted(Tally tally, Task<Integer> task) {
        Tally.Handle notes = tally.handle();
        return () -> {
            TestTasks.note(notes, TestTasks.pid());
            return task.call();
        };
    }

    @ParameterizedTest
    @MethodSource("stubborn")
    void whatDoesNotStopWhenCancelledIsKilledAndTheNextTaskRuns(Stubborn stubborn) throws Exception {
        Tally tally = workerFixture.tally();
        Pool pool = workerFixture.open(impatient(1).grace(Duration.ofMillis(300)));
        TaskFuture<Integer> task = pool.submit(noted(tally, stubborn.task));
        int pid = tally.awaitNotes(1).getFirst();
        assertThat(task.cancel(true)).isTrue();
        assertThat(task.isCancelled()).isTrue();
        assertThat(pool.submit(TestTasks::pid).result()).isNotEqualTo(pid);
        assertThat(WorkerFixture.isAlive(pid))
                .as("old worker is alive when its place is free")
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("stubborn")
    void whatRunsOutOfTimeIsKilledAndTellsWhereItWas(Stubborn stubborn) throws Exception {
        Tally tally = workerFixture.tally();
        // as long as a worker may take to tell where it was: shorter, on a busy machine it may be killed before
        Pool pool = workerFixture.open(impatient(1).grace(Duration.ofSeconds(1)));
        // ample, so that the note is made
        TaskFuture<Integer> task = pool.timeout(Duration.ofSeconds(2)).submit(noted(tally, stubborn.task));
        TaskTimeoutException timeout = (TaskTimeoutException) task.exception();
        assertThat(timeout.stuckAt())
                .extracting(StackTraceElement::getMethodName)
                .contains(stubborn.where);
        assertThat(timeout).hasMessageContaining("2000 ms").hasMessageContaining("TestTasks." + stubborn.where);
        int pid = tally.notes().getFirst();
        assertThat(pool.submit(TestTasks::pid).result()).isNotEqualTo(pid);
        assertThat(WorkerFixture.isAlive(pid)).isFalse();
    }

    @Test
    void aStoppedWorkerEndsAndNobodyKnowsWhereItWas() throws Exception {
        Pool pool = workerFixture.open(impatient(1).grace(Duration.ofMillis(300)));
        int pid = pool.submit(TestTasks::pid).result();
        TaskFuture<Integer> task = pool.timeout(Duration.ofMillis(200)).submit(TestTasks::freeze);
        assertThat(task.exception())
                .isInstanceOfSatisfying(
                        TaskTimeoutException.class,
                        timeout -> assertThat(timeout.stuckAt()).isEmpty());
        assertThat(pool.submit(TestTasks::pid).result()).isNotEqualTo(pid);
        assertThat(WorkerFixture.isAlive(pid)).isFalse();
    }

    @Test
    void aWorkerThatWasStoppedAtRestCostsTheNextTaskItsTimeAndNoMore() throws Exception {
        Pool pool = workerFixture.open(impatient(1).grace(Duration.ofMillis(300)));
        int pid = pool.submit(TestTasks::pid).result();
        ProcessCensus.freeze(pid);
        assertThat(pool.timeout(Duration.ofMillis(200)).submit(TestTasks::pid).exception())
                .isInstanceOf(TaskTimeoutException.class);
        assertThat(pool.submit(TestTasks::pid).result()).isNotEqualTo(pid);
        ProcessCensus.freeze(pool.submit(TestTasks::pid).result());
        pool.close(); // ends a frozen worker at rest
    }

    @Test
    void whoObeysKeepsItsWorker() throws Exception {
        Gate gate = workerFixture.gate();
        ManualTimer timer = new ManualTimer();
        Pool pool = workerFixture.open(
                workerFixture.with(impatient(1).grace(Duration.ofSeconds(20))).timer(timer));
        int pid = pool.submit(TestTasks::pid).result();
        for (int round = 1; round <= 20; round++) {
            TaskFuture<Integer> task = pool.submit(gate.handle()::pass, 1);
            gate.awaitArrivals(round);
            assertThat(task.cancel(true)).isTrue();
            assertThat(pool.submit(TestTasks::pid).result())
                    .as("round %s", round)
                    .isEqualTo(pid);
        }
        TaskFuture<Integer> late = pool.timeout(Duration.ofMillis(100)).submit(gate.handle()::pass, 1);
        gate.awaitArrivals(21);
        timer.advance(Duration.ofMillis(100));
        assertThat(late.exception())
                .isInstanceOfSatisfying(
                        TaskTimeoutException.class,
                        timeout -> assertThat(timeout.stuckAt())
                                .extracting(StackTraceElement::getMethodName)
                                .contains("await", "pass"));
        assertThat(pool.submit(TestTasks::pid).result()).isEqualTo(pid);
        assertThat(pool.stats().workersLost()).isZero();
    }

    /** The stop may overtake the task on its way to the worker. */
    @Test
    void whoIsCancelledOnTheWayToItsWorkerObeysAsWell() {
        Pool pool = workerFixture.open(impatient(1).grace(Duration.ofSeconds(20)));
        int pid = pool.submit(TestTasks::pid).result();
        Task<Integer> obedient = () -> {
            Thread.sleep(1_000_000);
            return 0;
        };
        for (int round = 0; round < 300; round++) {
            TaskFuture<Integer> task = pool.submit(obedient);
            while (task.isPending()) {
                Thread.onSpinWait();
            }
            for (int spin = 0; spin < round * 10; spin++) {
                Thread.onSpinWait();
            }
            assertThat(task.cancel(true)).isTrue();
        }
        assertThat(pool.submit(TestTasks::pid).result()).isEqualTo(pid);
    }

    @Test
    void whoIsCancelledAtTheMomentItBeginsObeysAsWell() {
        List<TaskFuture<Integer>> tasks = new CopyOnWriteArrayList<>();
        Pool pool = workerFixture.open(impatient(1).grace(Duration.ofSeconds(20)), new PoolListener() {
            @Override
            public void started(TaskInfo task) {
                for (TaskFuture<Integer> each : tasks) {
                    if (each.info().id() == task.id()) {
                        each.cancel(true);
                    }
                }
            }
        });
        int pid = pool.submit(TestTasks::pid).result();
        for (int round = 0; round < 20; round++) {
            Gate gate = workerFixture.gate();
            Gate.Handle handle = gate.handle();
            TaskFuture<Integer> before = pool.submit(handle::pass, 1); // so that the next task does not begin too early
            tasks.add(pool.submit(() -> {
                Thread.sleep(1_000_000);
                return 0;
            }));
            gate.open();
            assertThat(before.result()).isEqualTo(1);
        }
        assertThat(pool.submit(TestTasks::pid).result()).isEqualTo(pid);
        assertThat(tasks).allMatch(TaskFuture::isCancelled);
    }

    @Test
    void aLateStopNeverHitsTheNextTask() {
        Pool pool = workerFixture.open(impatient(1).grace(Duration.ofSeconds(20)));
        int pid = pool.submit(TestTasks::pid).result();
        Fn<Integer, Boolean> work = rounds -> {
            for (int i = 0; i < rounds; i++) {
                Thread.onSpinWait();
            }
            return Thread.currentThread().isInterrupted();
        };
        for (int round = 0; round < 3_000; round++) {
            TaskFuture<Boolean> first = pool.submit(work, 100);
            TaskFuture<Boolean> next = pool.submit(work, 1_000);
            for (int spin = 0; spin < round % 1_000; spin++) {
                Thread.onSpinWait();
            }
            first.cancel(true);
            assertThat(next.result()).as("interrupted, in round %s", round).isFalse();
        }
        assertThat(pool.submit(TestTasks::pid).result()).isEqualTo(pid);
    }

    @Test
    void aLateKillNeverHitsTheNextTask() {
        Pool pool = workerFixture.open(impatient(1).grace(Duration.ZERO).spares(1));
        Fn<Integer, Integer> work = rounds -> {
            for (int i = 0; i < rounds; i++) {
                Thread.onSpinWait();
            }
            return rounds;
        };
        assertThat(pool.submit(work, 1).result()).isEqualTo(1);
        int cancelled = 0;
        for (int round = 0; round < 2_000 && cancelled < 40; round++) {
            TaskFuture<Integer> first = pool.submit(work, 100);
            TaskFuture<Integer> next = pool.submit(work, 200);
            for (int spin = 0; spin < round % 50 * 500; spin++) {
                Thread.onSpinWait();
            }
            if (first.cancel(true)) {
                cancelled++;
            }
            assertThat(next.result()).as("round %s", round).isEqualTo(200);
        }
    }

    @Test
    void killEndsTheMostStubborn() throws Exception {
        Tally tally = workerFixture.tally();
        Pool pool = workerFixture.open(impatient(4));
        List<TaskFuture<Integer>> tasks =
                stubborn().map(each -> pool.submit(noted(tally, each.task))).toList();
        List<Integer> pids = tally.awaitNotes(4);
        TaskFuture<Integer> waiting = pool.submit(TestTasks::pid);
        pool.kill();
        assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(tasks).allMatch(TaskFuture::isCancelled);
        assertThat(waiting.isCancelled()).isTrue();
        assertThat(pids).noneMatch(WorkerFixture::isAlive);
    }

    @Test
    void aCloseThatLosesItsPatienceEndsTheMostStubborn() throws Exception {
        Tally tally = workerFixture.tally();
        Pool pool = workerFixture.open(impatient(2));
        TaskFuture<Integer> looping = pool.submit(noted(tally, TestTasks::endlessLoop));
        TaskFuture<Integer> sleeping = pool.submit(noted(tally, TestTasks::nativeSleep));
        List<Integer> pids = tally.awaitNotes(2);
        ProcessCensus.freeze(pids.getFirst());
        assertThat(pool.close(Duration.ofMillis(100))).isTrue();
        assertThat(pids).noneMatch(WorkerFixture::isAlive);
        assertThat(looping.isCancelled()).isTrue();
        assertThat(sleeping.isCancelled()).isTrue();
    }

    @Test
    void shutdownNowStopsWhatRunsAndReturnsWhatDoesNot() throws Exception {
        Tally tally = workerFixture.tally();
        Pool pool = workerFixture.open(impatient(1).grace(Duration.ofMillis(200)));
        TaskFuture<Integer> running = pool.submit(noted(tally, TestTasks::deafSleep));
        int pid = tally.awaitNotes(1).getFirst();
        List<TaskFuture<Integer>> waiting = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            waiting.add(pool.submit(TestTasks::pid));
        }
        assertThat(pool.shutdownNow()).hasSize(3);
        assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(WorkerFixture.isAlive(pid)).isFalse();
        assertThat(running.isDone()).isTrue();
    }

    @Test
    void aCancelledTaskIsStoppedOnceAndItsWorkerLostOnce() throws Exception {
        List<String> lost = new CopyOnWriteArrayList<>();
        Tally tally = workerFixture.tally();
        Pool pool = workerFixture.open(impatient(1).grace(Duration.ofMillis(200)), new PoolListener() {
            @Override
            public void workerLost(String worker, String reason) {
                lost.add(reason);
            }
        });
        TaskFuture<Integer> task = pool.timeout(Duration.ofSeconds(30)).submit(noted(tally, TestTasks::deafSleep));
        tally.awaitNotes(1);
        for (int i = 0; i < 10; i++) {
            task.cancel(true);
        }
        assertThat(pool.submit(() -> 5).result()).isEqualTo(5);
        pool.close();
        assertThat(lost).singleElement().asString().contains("did not give up its task within 200 ms");
        assertThat(task.isCancelled()).isTrue();
        assertThat(pool.stats().cancelled()).isEqualTo(1);
        assertThat(catchThrowable(task::result)).isInstanceOf(CancellationException.class);
    }
}
