package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pando.DeadlineExceededException;
import dev.pando.Futures;
import dev.pando.Pool;
import dev.pando.TaskFailedException;
import dev.pando.TaskFuture;
import java.io.FileNotFoundException;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** How work is submitted, and how its results come back. */
interface SubmitContract extends Subject {

    @Test
    @Scenario(40)
    default void submitReturnsWhatTheFunctionReturns() {
        assertThat(open(1).submit(Math::pow, 2.0, 8.0).result()).isEqualTo(256.0);
    }

    @Test
    @Scenario(41)
    default void argumentsArriveAsTheyAreWhateverTheyAre() {
        Pool pool = open(1);
        record Arguments(String fn, List<String> task) implements Serializable {}
        Arguments given = new Arguments("fn", List.of("task"));
        assertThat(pool.submit(arguments -> arguments.fn() + arguments.task(), given)
                        .result())
                .isEqualTo("fn[task]");
        assertThat(pool.submit((String a, String b) -> a + "/" + b, "first", "second")
                        .result())
                .isEqualTo("first/second");
    }

    @Test
    default void nullIsAnArgumentAndAResultLikeAnyOther() {
        Pool pool = open(1);
        assertThat(pool.<Object, Boolean>submit(argument -> argument == null, null)
                        .result())
                .isTrue();
        TaskFuture<Object> nothing = pool.<Object, Object>submit(argument -> argument, null);
        assertThat(nothing.result()).isNull();
        assertThat(nothing.exception()).isNull();
    }

    @Test
    default void everyShapeOfWorkIsTaken() {
        Pool pool = open(1);
        Tally tally = pools().tally();
        Tally.Handle count = tally.handle();
        assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
        assertThat(pool.submit(() -> count.note(2)).result()).isNull();
        assertThat(pool.submit((Runnable & Serializable) () -> count.note(3)).result())
                .isNull();
        assertThat(pool.submit((Runnable & Serializable) () -> count.note(4), "four")
                        .result())
                .isEqualTo("four");
        pool.execute((Runnable & Serializable) () -> count.note(5));
        pool.close();
        assertThat(tally.notes()).containsExactly(2, 3, 4, 5);
    }

    @Test
    @Scenario({155, 156})
    default void whatATaskThrowsIsItsOutcomeAndTheWorkerLivesOn() {
        Pool pool = open(1);
        TaskFuture<?> failing = pool.submit(() -> {
            throw new FileNotFoundException("gone");
        });
        assertThat(failing.exception())
                .isInstanceOf(FileNotFoundException.class)
                .hasMessage("gone");
        assertThatThrownBy(failing::result)
                .isInstanceOf(TaskFailedException.class)
                .hasCauseInstanceOf(FileNotFoundException.class)
                .hasMessageContaining("gone");
        assertThat(pool.submit(() -> 7).result()).isEqualTo(7);
    }

    @Test
    @Scenario(155)
    default void anErrorEndsTheTaskAndNotTheWorker() {
        Pool pool = open(1);
        TaskFuture<?> failing = pool.submit(() -> {
            throw new LinkageError("bad class");
        });
        TaskFuture<Integer> deep = pool.submit(() -> deeper(0));
        assertThat(failing.exception()).isInstanceOf(LinkageError.class).hasMessage("bad class");
        assertThat(deep.exception()).isInstanceOf(StackOverflowError.class);
        assertThat(pool.submit(() -> 7).result()).isEqualTo(7);
    }

    @SuppressWarnings("InfiniteRecursion") // the test wants a stack overflow
    private static int deeper(int level) {
        return level + deeper(level + 1) % 3;
    }

    @Test
    @Scenario(148)
    default void eachFailureIsAnExceptionOfItsOwn() {
        Pool pool = open(2);
        List<Throwable> seen = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            TaskFuture<?> failing = pool.submit(() -> {
                throw new IllegalStateException("same words");
            });
            assertThatThrownBy(failing::result).satisfies(seen::add).satisfies(thrown -> seen.add(thrown.getCause()));
        }
        assertThat(seen).doesNotHaveDuplicates().hasSize(6);
    }

    @Test
    @Scenario({104, 174})
    default void resultsThatWereThereRemainReadableWhenThePoolIsGone() {
        Pool pool = open(4);
        List<TaskFuture<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            futures.add(pool.submit(n -> n * n, i));
        }
        pool.close();
        pool.kill();
        for (int i = 0; i < 50; i++) {
            assertThat(futures.get(i).result()).isEqualTo(i * i);
        }
    }

    @Test
    @Scenario(193)
    default void oneCallbackForManyTasks() {
        Pool pool = open(2);
        List<TaskFuture<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            futures.add(pool.submit(n -> n, i));
        }
        List<Object> heard = new CopyOnWriteArrayList<>();
        TaskFuture<List<Integer>> all = Futures.gather(futures);
        assertThat(all.onDone(done -> heard.add(done.state())).result())
                .hasSize(20)
                .startsWith(0, 1, 2);
        while (heard.isEmpty()) {
            // a callback may come a moment after the result, and after the callback of another task
            Thread.onSpinWait();
        }
        for (int i = 0; i < 3; i++) {
            futures.add(pool.submit(zero -> 1 / zero, 0));
        }
        TaskFuture<List<Integer>> failed = Futures.gather(futures);
        assertThat(failed.onDone(done -> heard.add(done.state())).exception()).isInstanceOf(ArithmeticException.class);
        while (heard.size() < 2) {
            Thread.onSpinWait();
        }
        pool.close();
        assertThat(heard).containsExactly(Future.State.SUCCESS, Future.State.FAILED);
    }

    @Test
    @Scenario(197)
    default void aWaitThatRunsOutChangesNothing() {
        assumeTrue(runsElsewhere(), "the caller of an inline pool has no future before the task is done");
        Gate gate = pools().gate();
        Gate.Handle handle = gate.handle();
        TaskFuture<String> slow = open(1).submit(() -> {
            handle.await();
            return "late";
        });
        long begun = System.nanoTime();
        assertThatThrownBy(() -> slow.get(20, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        assertThatThrownBy(() -> slow.result(Duration.ofMillis(20))).isInstanceOf(DeadlineExceededException.class);
        assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(40_000_000L);
        assertThat(slow.isDone()).isFalse();
        gate.open();
        assertThat(slow.result()).isEqualTo("late");
    }

    @Test
    @Scenario({59, 202})
    default void afterATaskNobodyHoldsItsWorkOrItsArguments() {
        assumeTrue(sharesMemory(), "the test looks at objects that the task shares with it");
        Pool pool = open(1);
        var held = new Object() {
            WeakReference<Object> target = new WeakReference<>(new Object());
            List<TaskFuture<Integer>> futures = new ArrayList<>();
        };
        Object target = new Object();
        held.target = new WeakReference<>(target);
        held.futures.add(pool.submit(Object::hashCode, target));
        assertThat(held.futures.getFirst().result()).isNotNull();
        pool.submit(() -> 1).result(); // the worker no longer holds the first task now
        target = null;
        for (int tries = 0; held.target.get() != null; tries++) {
            assertThat(tries)
                    .as("garbage collections that did not collect the argument")
                    .isLessThan(100);
            System.gc();
        }
        assertThat(held.futures.getFirst().isDone()).isTrue();
    }

    @Test
    @Scenario({126, 134, 188})
    default void noMoreRunAtOnceThanThereAreWorkers() throws Exception {
        assumeTrue(runsElsewhere() && isBounded(), "needs workers that can be counted");
        Gate gate = pools().gate();
        Gate.Handle handle = gate.handle();
        Pool pool = open(4);
        List<TaskFuture<?>> futures = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            futures.add(pool.submit(handle::await));
        }
        gate.awaitArrivals(4);
        assertThat(pool.stats().workers()).isEqualTo(4);
        assertThat(pool.stats().running()).isEqualTo(4);
        assertThat(pool.stats().queued()).isEqualTo(56);
        assertThat(gate.arrivals()).isEqualTo(4);
        for (int i = 0; i < 56; i++) {
            gate.openForOne();
            gate.awaitArrivals(5 + i);
            assertThat(pool.stats().running()).isLessThanOrEqualTo(4);
        }
        gate.open();
        for (TaskFuture<?> future : futures) {
            assertThat(future.exception()).isNull();
        }
    }
}
