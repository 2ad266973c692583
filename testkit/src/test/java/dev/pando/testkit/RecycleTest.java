package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.process.Processes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers that are replaced after a number of tasks, whatever else goes on. */
@Timeout(60)
class RecycleTest {
    @RegisterExtension
    final Pools pools = new Pools();

    private Pool open(int workers, int tasks) {
        return pools.open(
                Pool.with(Processes.of(workers).heap("32m").recycleAfter(tasks)).named(pools.name()));
    }

    private static List<TaskFuture<Integer>> submit(Pool pool, int tasks) {
        return IntStream.range(0, tasks).mapToObj(i -> pool.submit(n -> n, i)).toList();
    }

    private static void assertAll(List<TaskFuture<Integer>> futures) {
        assertThat(futures)
                .extracting(TaskFuture::result)
                .isEqualTo(IntStream.range(0, futures.size()).boxed().toList());
    }

    @Test
    @Scenario(137)
    void theFourthTaskOfThreeSeesANewProcessAndTheOldOneIsGone() throws Exception {
        Pool pool = open(1, 3);
        List<Long> pids = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            pids.add(pool.submit(FailureMatrix::pid).result());
        }
        assertThat(pids.subList(0, 3)).containsOnly(pids.getFirst());
        assertThat(pids.get(3)).isNotEqualTo(pids.getFirst());
        ProcessCensus.like(pids.get(3)).awaitOnly(Set.of(pids.get(3)));
    }

    @Test
    @Scenario(199)
    void aHundredTasksOfTenSeeTenProcesses() {
        Pool pool = open(1, 10);
        List<Long> pids = IntStream.range(0, 100)
                .mapToObj(i -> pool.submit(FailureMatrix::pid))
                .map(TaskFuture::result)
                .toList();
        assertThat(pids.stream().distinct()).hasSize(10);
        assertThat(pids.stream().distinct())
                .allSatisfy(pid -> assertThat(pids).filteredOn(pid::equals).hasSize(10));
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 6", "2, 2, 8"})
    @Scenario(140)
    void allThatIsSubmittedAtOnceIsDone(int workers, int tasksEach, int tasks) {
        assertAll(submit(open(workers, tasksEach), tasks));
    }

    @Test
    @Scenario(141)
    void allThatWasAcceptedBeforeAShutdownIsDone() {
        Pool pool = open(3, 1);
        List<TaskFuture<Integer>> futures = submit(pool, 6);
        pool.close();
        assertAll(futures);
    }

    @Test
    @Scenario(142)
    void whatIsInLineBehindARunningTaskIsDoneAfterAShutdownThatNobodyWaitsFor() throws Exception {
        try (Gate gate = new Gate()) {
            Gate.Handle handle = gate.handle();
            Pool pool = open(1, 1);
            List<TaskFuture<Integer>> futures = IntStream.range(0, 3)
                    .mapToObj(i -> pool.submit(handle::pass, i))
                    .toList();
            gate.awaitArrivals(1);
            pool.shutdown();
            gate.open();
            assertAll(futures);
        }
    }

    @Test
    @Scenario(143)
    void whatAForgottenPoolAcceptedIsDoneAndItsWorkersGoHome() throws Exception {
        List<TaskFuture<Long>> futures = forget();
        System.gc();
        List<ProcessHandle> workers = new ArrayList<>();
        for (TaskFuture<Long> each : futures) {
            ProcessHandle.of(each.result()).ifPresent(workers::add);
        }
        for (ProcessHandle worker : workers) {
            worker.onExit().get(30, TimeUnit.SECONDS);
        }
        assertThat(ProcessCensus.descendants()).allSatisfy(rest -> rest.onExit().get(30, TimeUnit.SECONDS));
    }

    @SuppressWarnings("resource")
    private static List<TaskFuture<Long>> forget() {
        Pool pool = Pool.open(Processes.of(1).heap("32m").recycleAfter(1).idleTimeout(Duration.ofMillis(100)));
        return IntStream.range(0, 3)
                .mapToObj(i -> pool.submit(FailureMatrix::pid))
                .toList();
    }

    @Test
    @Scenario(145)
    void aWorkerThatRetiresWhileThePoolIsKilledIsNotReplaced() throws Exception {
        try (Gate gate = new Gate();
                Tally tally = new Tally()) {
            Gate.Handle handle = gate.handle();
            Tally.Handle note = tally.handle();
            Pool pool = pools.open(Pool.with(Processes.of(1).recycleAfter(1).initializer(() -> note.note(1)))
                    .named(pools.name()));
            TaskFuture<Integer> running = pool.submit(handle::pass, 1);
            List<TaskFuture<Integer>> inLine = submit(pool, 5);
            gate.awaitArrivals(1);
            gate.open();
            pool.kill();
            assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
            assertThat(running.isDone()).isTrue();
            assertThat(inLine).allMatch(TaskFuture::isDone);
            assertThat(ProcessCensus.descendants()).isEmpty();
            assertThat(tally.notes().size())
                    .as("workers that were ever started")
                    .isLessThanOrEqualTo(7);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    @Scenario(118)
    void aWorkerATaskOneThatFailsAndAShutdownThatNobodyWaitsFor(int workers) throws Exception {
        Pool pool = open(workers, 1);
        TaskFuture<Integer> good = pool.submit(() -> 1);
        TaskFuture<?> bad =
                pool.submit(Chaos.throwing(new IllegalStateException("no")).inCall());
        pool.shutdown();
        assertThat(good.result()).isEqualTo(1);
        assertThat(bad.exception()).isInstanceOf(IllegalStateException.class);
        assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aWorkerThatCrashesAtItsLastTaskIsReplacedOnce() {
        Pool pool = open(1, 2);
        for (int round = 0; round < 3; round++) {
            assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
            assertThat(pool.submit(Chaos.kill().inCall()).exception())
                    .isInstanceOf(dev.pando.WorkerLostException.class);
        }
        assertAll(submit(pool, 4));
    }
}
