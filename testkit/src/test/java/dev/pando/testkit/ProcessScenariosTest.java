package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.NotSendableException;
import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.WorkerLostException;
import dev.pando.process.Processes;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Scenarios that only worker processes have: how many there are, what they keep, and what travels to them. */
@Timeout(60)
class ProcessScenariosTest {
    @RegisterExtension
    final Pools pools = new Pools();

    private Pool open(Processes workers) {
        return pools.open(Pool.with(workers).named(pools.name()));
    }

    private static List<ProcessHandle> children() {
        return ProcessCensus.descendants();
    }

    @Test
    @Scenario(117)
    void aProcessForEachBusyTaskAndNoneAfterClose() throws Exception {
        Pool pool = open(Processes.of(5).heap("32m"));
        Set<Long> pids = FailureMatrix.strength(pool, 3);
        assertThat(children()).extracting(ProcessHandle::pid).containsExactlyInAnyOrderElementsOf(pids);
        ProcessCensus processCensus = ProcessCensus.like(pids.iterator().next());
        pool.close();
        processCensus.assertNobody();
        assertThat(children()).isEmpty();
    }

    @Test
    @Scenario(134)
    void manyBlockedTasksHaveAsManyProcessesAsThereMayBe() throws Exception {
        Pool pool = open(Processes.of(5).heap("32m"));
        try (Gate gate = new Gate()) {
            Gate.Handle handle = gate.handle();
            List<TaskFuture<Long>> all = IntStream.range(0, 75)
                    .mapToObj(i -> pool.submit(FailureMatrix::standAt, handle))
                    .toList();
            gate.awaitArrivals(5);
            assertThat(children()).hasSize(5);
            gate.open();
            assertThat(all.stream().map(TaskFuture::result).distinct()).hasSize(5);
        }
    }

    @Test
    @Scenario(135)
    void tasksOneAfterTheOtherShareTheFewProcessesThereAre() {
        Pool pool = open(Processes.of(3).heap("32m"));
        Set<Long> pids = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            pids.add(pool.submit(FailureMatrix::pid).result());
        }
        assertThat(pids).hasSizeLessThanOrEqualTo(3);
        assertThat(children()).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    @Scenario(136)
    void tasksAsTheyComeHaveNoMoreProcessesThanThereMayBe() {
        Pool pool = open(Processes.of(3).heap("32m"));
        Set<Long> pids = new HashSet<>();
        pids.add(pool.submit(FailureMatrix::pid).result());
        List<TaskFuture<Long>> some = IntStream.range(0, 12)
                .mapToObj(i -> pool.submit(FailureMatrix::pid))
                .toList();
        pids.add(pool.submit(FailureMatrix::pid).result());
        for (TaskFuture<Long> each : some) {
            pids.add(each.result());
        }
        assertThat(pids).hasSizeLessThanOrEqualTo(3);
        assertThat(children()).hasSizeLessThanOrEqualTo(3);
    }

    private static int failingFarAway() throws IOException {
        throw new IOException("far away", new IllegalStateException("deeper"));
    }

    @Test
    @Scenario(132)
    void aFailureBringsItsRemoteStackAndWhereItWasHandedIn() {
        Task<Integer> task = ProcessScenariosTest::failingFarAway;
        TaskFuture<Integer> future = open(Processes.of(1)).submit(task);
        assertThatThrownBy(future::result)
                .cause()
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("far away")
                .satisfies(thrown ->
                        assertThat(thrown.getStackTrace()[0].getMethodName()).isEqualTo("failingFarAway"))
                .cause()
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("deeper");
        assertThatThrownBy(future::result)
                .satisfies(thrown -> assertThat(thrown.getSuppressed())
                        .anySatisfy(site -> assertThat(site).hasToString("the task was handed in here")));
    }

    private static WeakReference<Object> kept = new WeakReference<>(null);

    @Test
    @Scenario(133)
    void theWorkerLetsGoOfAnArgumentWhenItsTaskIsDone() throws Exception {
        try (Gate gate = new Gate();
                Tally tally = new Tally()) {
            Pool pool = open(Processes.of(1));
            Gate.Handle idle = gate.handle();
            Tally.Handle note = tally.handle();
            Task<Long> watching = Chaos.of("look whether it is gone", () -> note.note(new Watch().isGone() ? 1 : 0))
                    .afterwards(idle);
            assertThat(pool.submit(
                                    argument -> {
                                        kept = new WeakReference<>(argument);
                                        return argument.size();
                                    },
                                    new java.util.ArrayList<>(List.of("a", "b")))
                            .result())
                    .isEqualTo(2);
            pool.submit(watching).result();
            gate.open();
            assertThat(tally.awaitNotes(1)).containsExactly(1);
        }
    }

    /** Tells, in the worker, whether the argument is gone after many garbage collections. */
    private static final class Watch {
        boolean isGone() {
            for (int i = 0; i < 50 && kept.get() != null; i++) {
                System.gc();
            }
            return kept.get() == null;
        }
    }

    @Test
    @Scenario(163)
    void aTaskThatCannotTravelAndAShutdownAtOnceLeaveNothing() throws Exception {
        Pool pool = open(Processes.of(1));
        Object here = new Object();
        assertThatThrownBy(() -> pool.submit(here::hashCode)).isInstanceOf(NotSendableException.class);
        pool.shutdown();
        assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(children())
                .as("the worker that was started while the task was packed")
                .isEmpty();
    }

    private record Heavy(byte[] payload, Task<?> trap) implements java.io.Serializable {}

    @Test
    @Scenario(164)
    void manyLargeTasksThatCrashTheirWorkersAreAllLostAndNothingHangs() {
        Pool pool = open(Processes.of(2).heap("64m"));
        List<TaskFuture<Integer>> all = IntStream.range(0, 10)
                .mapToObj(i -> pool.submit(
                        heavy -> heavy.payload.length,
                        new Heavy(new byte[1 << 20], Chaos.kill().whileUnpacking())))
                .toList();
        assertThat(all).allSatisfy(each -> assertThat(each.exception()).isInstanceOf(WorkerLostException.class));
        assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
    }

    @Test
    @Scenario(165)
    void submissionsDoNotWaitForWorkersThatAreNotReady() throws Exception {
        try (Gate gate = new Gate()) {
            Gate.Handle handle = gate.handle();
            Pool pool = open(Processes.of(2).initializer(handle::await));
            List<TaskFuture<Integer>> all = IntStream.range(0, 100)
                    .mapToObj(i -> pool.submit(n -> n, i))
                    .toList();
            assertThat(all).noneMatch(TaskFuture::isDone);
            gate.open();
            assertThat(all)
                    .extracting(TaskFuture::result)
                    .isEqualTo(IntStream.range(0, 100).boxed().toList());
        }
    }

    @Test
    @Scenario(178)
    void nothingIsSentAheadSoAllThatIsInLineCanBeCancelled() throws Exception {
        try (Gate gate = new Gate();
                Tally tally = new Tally()) {
            Pool pool = open(Processes.of(1));
            Tally.Handle note = tally.handle();
            TaskFuture<Integer> running = pool.submit(gate.handle()::pass, 1);
            List<TaskFuture<?>> inLine = IntStream.range(0, 5)
                    .<TaskFuture<?>>mapToObj(i -> pool.submit(() -> note.note(i)))
                    .toList();
            gate.awaitArrivals(1);
            assertThat(inLine).allMatch(each -> each.cancel(false));
            assertThat(running.cancel(false)).isFalse();
            gate.open();
            assertThat(running.result()).isEqualTo(1);
            pool.close();
            assertThat(tally.notes()).isEmpty();
        }
    }

    @Test
    @Scenario(179)
    void fiftyMegabytesGoThereAndBack() {
        byte[] sent = new byte[50 << 20];
        sent[sent.length - 1] = 7;
        Pool pool = open(Processes.of(1).heap("400m"));
        byte[] back = pool.submit(bytes -> bytes, sent).result();
        assertThat(back.length).isEqualTo(sent.length);
        assertThat(back[back.length - 1]).isEqualTo((byte) 7);
    }

    @Test
    @Scenario({146, 200})
    void numbersThatCannotBeAreRefused() {
        assertThatThrownBy(() -> Processes.of(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("count");
        assertThatThrownBy(() -> Processes.of(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("count");
        assertThatThrownBy(() -> Processes.of(1).recycleAfter(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tasks");
        assertThatThrownBy(() -> Processes.of(1).recycleAfter(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tasks");
        assertThatThrownBy(() -> Processes.of(1).spares(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("count");
    }
}
