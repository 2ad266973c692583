package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pando.DeadlineExceededException;
import dev.pando.Futures;
import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.When;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** {@link Futures#asCompleted} over the tasks of a pool. Cases that need no pool are in the tests of promises. */
public interface AsCompletedContract extends Subject {

    @Test
    @Scenario(89)
    default void everyKindOfEndIsGivenOut() throws Exception {
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        Gate gate = pools().gate();
        Gate.Handle here = gate.handle();
        Pool pool = open(3);
        TaskFuture<Integer> success = pool.submit(() -> 1);
        TaskFuture<Integer> failure = pool.submit(() -> Integer.parseInt("x"));
        TaskFuture<Integer> cancelled = pool.submit(here::pass, 3);
        assertThat(cancelled.cancel(true)).isTrue();
        TaskFuture<Integer> live = pool.submit(here::pass, 4);
        TaskFuture<Integer> liveFailure = pool.submit(() -> {
            here.await();
            throw new IllegalStateException("later");
        });
        List<TaskFuture<Integer>> all = List.of(live, liveFailure, cancelled, failure, success);
        BackgroundCall<List<TaskFuture<Integer>>> reader =
                BackgroundCall.ask(() -> drained(Futures.asCompleted(all))).awaitParked();
        gate.open();

        assertThat(reader.join()).containsExactlyInAnyOrderElementsOf(all);
    }

    private static List<TaskFuture<Integer>> drained(Iterable<TaskFuture<Integer>> arriving) {
        List<TaskFuture<Integer>> all = new ArrayList<>();
        for (TaskFuture<Integer> next : arriving) {
            all.add(next);
        }
        return all;
    }

    @Test
    @Scenario({90, 93})
    default void whatIsReadyIsGivenOutBeforeTheDeadlineIsJudged() throws Exception {
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        Gate gate = pools().gate();
        Pool pool = open(4);
        List<TaskFuture<Integer>> ready = List.of(pool.submit(() -> 1), pool.submit(() -> 2), pool.submit(() -> 3));
        assertThat(Futures.wait(ready).notDone()).isEmpty();
        TaskFuture<Integer> slow = pool.submit(gate.handle()::pass, 4);
        List<TaskFuture<Integer>> all = new ArrayList<>(ready);
        all.addFirst(slow);
        for (Duration timeout : List.of(Duration.ZERO, Duration.ofMillis(100))) {
            Iterator<TaskFuture<Integer>> arriving =
                    Futures.asCompleted(all, timeout).iterator();
            List<TaskFuture<Integer>> seen =
                    new ArrayList<>(List.of(arriving.next(), arriving.next(), arriving.next()));
            assertThat(seen).containsExactlyInAnyOrderElementsOf(ready);
            assertThatThrownBy(arriving::next)
                    .isInstanceOf(DeadlineExceededException.class)
                    .hasMessage("1 (of 4) futures unfinished");
        }
        gate.open();
        assertThat(slow.result()).as("nothing was cancelled").isEqualTo(4);
    }

    @Test
    @Scenario(91)
    default void futureGivenThreeTimesIsGivenOutOnce() {
        TaskFuture<Integer> task = open(1).submit(() -> 1);
        Iterable<TaskFuture<Integer>> repeated = () -> List.of(task, task, task).iterator();

        assertThat(Futures.asCompleted(repeated)).containsExactly(task);
    }

    /** A task wakes its waiters, the iterator among them, before it runs its callbacks. */
    @Test
    @Scenario(94)
    default void tasksAreGivenOutInTheOrderOfTheirEnds() throws Exception {
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        int count = 5;
        Pool pool = open(count);
        List<Gate> gates = new ArrayList<>();
        List<TaskFuture<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            gates.add(pools().gate());
            tasks.add(pool.submit(gates.get(i).handle()::pass, i));
        }
        Iterator<TaskFuture<Integer>> arriving = Futures.asCompleted(tasks).iterator();
        int[] order = {3, 0, 4, 1, 2};
        for (int number : order) {
            CountDownLatch told = new CountDownLatch(1);
            var _ = tasks.get(number).onDone(done -> told.countDown());
            gates.get(number).open();
            told.await();
        }

        for (int number : order) {
            assertThat(arriving.next().result()).isEqualTo(number);
        }
        assertThat(arriving.hasNext()).isFalse();
    }

    @Test
    @Scenario(80)
    default void thousandTasksAreGivenOutOnceEachWhileTheyEnd() {
        Pool pool = open(2);
        for (int round = 0; round < 10; round++) {
            List<TaskFuture<Integer>> tasks = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                tasks.add(pool.submit(x -> x, i));
            }
            Set<Integer> seen = new HashSet<>();
            for (TaskFuture<Integer> next : Futures.asCompleted(tasks)) {
                assertThat(seen.add(next.resultNow())).isTrue();
            }
            assertThat(seen).hasSize(1_000);
        }
    }

    @Test
    @Scenario(96)
    default void slowReaderGetsWhatEndedBeforeAndAfterTheDeadline() throws Exception {
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        Gate gate = pools().gate();
        Pool pool = open(3);
        TaskFuture<Integer> first = pool.submit(() -> 0);
        assertThat(first.result()).isZero();
        List<TaskFuture<Integer>> tasks =
                List.of(first, pool.submit(gate.handle()::pass, 1), pool.submit(gate.handle()::pass, 2));
        Duration timeout = Duration.ofMillis(30);
        Iterator<TaskFuture<Integer>> arriving =
                Futures.asCompleted(tasks, timeout).iterator();
        assertThat(arriving.next()).isSameAs(first);
        assertThat(Futures.wait(tasks, When.ALL_COMPLETED, timeout).notDone()).hasSize(2); // now the deadline is over
        gate.open();
        for (TaskFuture<Integer> task : tasks) {
            CountDownLatch told = new CountDownLatch(1);
            var _ = task.onDone(done -> told.countDown());
            told.await();
        }

        assertThat(List.of(arriving.next(), arriving.next())).containsExactlyInAnyOrder(tasks.get(1), tasks.get(2));
        assertThat(arriving.hasNext()).isFalse();
    }

    @Test
    @Scenario(97)
    default void leavingEarlyLeavesTheOthersAlone() throws Exception {
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        Gate gate = pools().gate();
        Pool pool = open(3);
        List<TaskFuture<Integer>> tasks =
                List.of(pool.submit(gate.handle()::pass, 1), pool.submit(() -> 2), pool.submit(gate.handle()::pass, 3));
        for (TaskFuture<Integer> next : Futures.asCompleted(tasks)) {
            assertThat(next.result()).isEqualTo(2);
            break;
        }
        gate.open();

        assertThat(tasks.get(0).result()).isEqualTo(1);
        assertThat(tasks.get(2).result()).isEqualTo(3);
    }

    @Test
    default void interruptOfAReaderSurfacesAndKeepsTheFlagAndSaysHowManyAreLeft() throws Exception {
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        Gate gate = pools().gate();
        Pool pool = open(2);
        List<TaskFuture<Integer>> tasks =
                List.of(pool.submit(gate.handle()::pass, 1), pool.submit(gate.handle()::pass, 2));
        BackgroundCall<Boolean> reader = BackgroundCall.ask(() -> {
            Iterator<TaskFuture<Integer>> arriving = Futures.asCompleted(tasks).iterator();
            assertThatThrownBy(arriving::next)
                    .isInstanceOf(CancellationException.class)
                    .hasMessageContaining("interrupted while waiting for 2 futures");
            return Thread.interrupted();
        });
        reader.awaitParked().interrupt();

        assertThat(reader.join()).isTrue();
        gate.open();
        assertThat(Futures.wait(tasks).done())
                .allMatch(done -> done.state() == java.util.concurrent.Future.State.SUCCESS);
    }

    /** A task that reads its own pool's futures occupies a worker, and the pool has only that one. */
    @Test
    default void taskMayReadTheTasksThatItSubmittedToItsOwnFullPool() {
        assumeTrue(sharesMemory(), "a pool does not travel");
        Pool pool = open(1);
        TaskFuture<Integer> sum = pool.submit(() -> {
            List<TaskFuture<Integer>> parts = new ArrayList<>();
            for (int i = 1; i <= 4; i++) {
                parts.add(pool.submit(x -> x, i));
            }
            int total = 0;
            for (TaskFuture<Integer> part : Futures.asCompleted(parts)) {
                total += part.result();
            }
            return total;
        });

        assertThat(sum.result()).isEqualTo(10);
    }
}
