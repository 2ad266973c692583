package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pando.Action;
import dev.pando.ContextCarrier;
import dev.pando.Fn;
import dev.pando.Fn2;
import dev.pando.Futures;
import dev.pando.Joiner;
import dev.pando.Mapping;
import dev.pando.Pool;
import dev.pando.PoolBuilder;
import dev.pando.Submitter;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.When;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** An argument that cannot be meant is refused at the call, by its name. A user's mistake hurts no other task. */
@SuppressWarnings("NullAway") // these tests pass nulls where none belong
interface MisuseContract extends Subject {

    private static void refusesNull(String name, ThrowingCallable call) {
        assertThatThrownBy(call)
                .as(name)
                .isInstanceOf(NullPointerException.class)
                .hasMessage(name + " must not be null");
    }

    private static void refuses(String name, String value, ThrowingCallable call) {
        assertThatThrownBy(call)
                .as(name + " = " + value)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(name + " must ")
                .hasMessageContaining(value);
    }

    @Test
    @Scenario({42, 101})
    default void nullWorkIsRefused() {
        Pool pool = open(1);
        refusesNull("task", () -> pool.submit((Task<Integer>) null));
        refusesNull("task", () -> pool.submit((Callable<Integer>) null));
        refusesNull("task", () -> pool.submit((Runnable) null));
        refusesNull("task", () -> pool.submit((Runnable) null, 1));
        refusesNull("action", () -> pool.submit((Action) null));
        refusesNull("fn", () -> pool.submit((Fn<Integer, Integer>) null, 1));
        refusesNull("fn", () -> pool.submit((Fn2<Integer, Integer, Integer>) null, 1, 2));
        refusesNull("command", () -> pool.execute(null));
        refusesNull("tasks", () -> pool.invokeAll(null));
        refusesNull("tasks", () -> pool.invokeAny(null));
        refusesNull("task", () -> pool.invokeAll(Arrays.asList((Task<Integer>) () -> 1, null)));
        refusesNull("task", () -> pool.invokeAny(Arrays.asList((Task<Integer>) () -> 1, null)));
        refusesNull("unit", () -> pool.invokeAll(List.of((Task<Integer>) () -> 1), 1, null));
        refusesNull("unit", () -> pool.invokeAny(List.of((Task<Integer>) () -> 1), 1, null));
        refuses("tasks", "empty", () -> pool.invokeAny(List.<Task<Integer>>of()));
        assertThat(pool.stats().queued()).isZero();
    }

    @Test
    default void nullMapsAreRefused() {
        Pool pool = open(1);
        Fn<Integer, Integer> same = n -> n;
        Fn2<Integer, Integer, Integer> plus = Integer::sum;
        List<Integer> inputs = List.of(1);
        refusesNull("fn", () -> pool.map((Fn<Integer, Integer>) null, inputs));
        refusesNull("fn", () -> pool.mapping(null));
        refusesNull("fn", () -> pool.mapping((Fn<Integer, Integer>) null, Mapping::unordered));
        refusesNull("choices", () -> pool.mapping(same, null));
        refusesNull("fn", () -> pool.map((Fn2<Integer, Integer, Integer>) null, inputs, inputs));
        refusesNull("inputs", () -> pool.map(same, (Iterable<Integer>) null));
        refusesNull("inputs", () -> pool.map(same, (Stream<Integer>) null));
        refusesNull("first", () -> pool.map(plus, null, inputs));
        refusesNull("second", () -> pool.map(plus, inputs, null));
        refusesNull("total", () -> pool.mapping(same).timeout(null));
        refusesNull("progress", () -> pool.mapping(same).progress(null));
    }

    @Test
    @Scenario({49, 50, 71})
    default void sizesOfAMapThatCannotBeAreRefusedAtTheCall() {
        Pool pool = open(1);
        Fn<Integer, Integer> same = n -> n;
        for (int size : new int[] {0, -1, Integer.MIN_VALUE}) {
            refuses("size", "" + size, () -> pool.mapping(same).chunk(size));
            refuses("size", "" + size, () -> pool.mapping(same).window(size));
        }
        refuses("total", "PT0S", () -> pool.mapping(same).timeout(Duration.ZERO));
        refuses("total", "PT-1S", () -> pool.mapping(same).timeout(Duration.ofSeconds(-1)));
    }

    @Test
    default void termsThatCannotBeAreRefusedAtTheCall() {
        Pool pool = open(1);
        for (Submitter submitter : List.of(pool, pool.named("other"))) {
            refusesNull("timeout", () -> submitter.timeout(null));
            refuses("timeout", "PT0S", () -> submitter.timeout(Duration.ZERO));
            refuses("timeout", "PT-0.000000001S", () -> submitter.timeout(Duration.ofNanos(-1)));
            refuses("retries", "-1", () -> submitter.retries(-1));
            refusesNull("name", () -> submitter.named(null));
            refuses("name", "blank", () -> submitter.named(" "));
        }
        assertThat(pool.priority(Integer.MIN_VALUE)
                        .retries(0)
                        .timeout(Duration.ofSeconds(Long.MAX_VALUE))
                        .submit(() -> 7)
                        .result())
                .isEqualTo(7);
    }

    @Test
    @Scenario({60, 101, 200})
    default void aPoolIsNotFurnishedWithNonsense() {
        PoolBuilder builder = with(1);
        refusesNull("backend", () -> Pool.with(null));
        refusesNull("backend", () -> Pool.open(null));
        refusesNull("name", () -> builder.named(null));
        refuses("name", "blank", () -> builder.named(""));
        refuses("bound", "0", () -> builder.queue(0));
        refuses("bound", "-1", () -> builder.queue(-1));
        refusesNull("whenFull", () -> builder.whenFull(null));
        refusesNull("timeout", () -> builder.timeout(null));
        refuses("timeout", "PT0S", () -> builder.timeout(Duration.ZERO));
        refusesNull("listener", () -> builder.listener(null));
        refusesNull("carrier", () -> builder.carry(null));
        refusesNull("timer", () -> builder.timer(null));
        refusesNull("values", () -> ContextCarrier.of((ScopedValue<?>[]) null));
        refusesNull("a value", () -> ContextCarrier.of((ScopedValue<?>) null));
        refusesNull("read", () -> ContextCarrier.of(null, value -> {}));
        refusesNull("write", () -> ContextCarrier.of(() -> "", null));
    }

    @Test
    default void nullsAreRefusedByEverythingThatAPoolHandsOut() {
        Pool pool = open(1);
        TaskFuture<Integer> future = pool.submit(() -> 1);
        future.result();
        refusesNull("unit", () -> future.get(1, null));
        refusesNull("timeout", () -> future.result(null));
        refusesNull("timeout", () -> future.exception(null));
        refusesNull("callback", () -> future.onDone(null));
        refusesNull("unit", () -> pool.awaitTermination(1, null));
        refusesNull("patience", () -> pool.close(null));
        refuses("patience", "PT-1S", () -> pool.close(Duration.ofSeconds(-1)));
        refusesNull("join", () -> pool.group((Joiner<Integer, Integer>) null));
        refusesNull("futures", () -> Futures.wait(null));
        refusesNull("when", () -> Futures.wait(List.of(future), (When) null));
        refusesNull("timeout", () -> Futures.wait(List.of(future), When.ALL_COMPLETED, null));
        refuses("timeout", "PT-1S", () -> Futures.wait(List.of(future), When.ALL_COMPLETED, Duration.ofSeconds(-1)));
        refusesNull("futures", () -> Futures.asCompleted(null));
        refusesNull("timeout", () -> Futures.asCompleted(List.of(future), null));
        refusesNull("futures", () -> Futures.gather(null));
        refusesNull("a future", () -> Futures.wait(Arrays.asList(future, null)));
        try (var group = pool.group()) {
            refusesNull("task", () -> group.submit(null));
            refusesNull("fn", () -> group.submit((Fn<Integer, Integer>) null, 1));
            refusesNull("fn", () -> group.submit((Fn2<Integer, Integer, Integer>) null, 1, 2));
            group.join();
        }
        assertThat(pool.isShutdown()).isFalse();
    }

    @Test
    @Scenario({60, 101})
    default void awaitTerminationWithANegativeTimeDoesNotWait() throws Exception {
        assertThat(open(1).awaitTermination(-1, TimeUnit.DAYS)).isFalse();
    }

    @Test
    default void aCallbackThatThrowsAnErrorHurtsNeitherWorkerNorOtherCallbacks() throws Exception {
        assumeTrue(runsElsewhere() && isBounded(), "the callback must be there before the task ends, on its worker");
        Gate gate = pools().gate();
        Gate.Handle handle = gate.handle();
        Pool pool = open(1);
        List<String> called = new CopyOnWriteArrayList<>();
        CountDownLatch all = new CountDownLatch(1);
        TaskFuture<?> future = pool.submit(handle::await)
                .onDone(done -> {
                    called.add("first");
                    throw new LinkageError("in a callback");
                })
                .onDone(done -> {
                    called.add("second");
                    all.countDown();
                });
        gate.open();
        assertThat(future.exception()).isNull();
        assertThat(pool.submit(() -> 7).result()).isEqualTo(7);
        all.await(); // callbacks of a remote task run on another thread
        assertThat(called).containsExactly("first", "second");
        pools().takeErrors();
    }

    @Test
    default void whatATaskLeavesInterruptedIsNotTheNextOnesConcern() {
        assumeTrue(runsElsewhere(), "inline, the thread is the caller's own");
        Pool pool = open(1);
        var _ = pool.submit(() -> Thread.currentThread().interrupt()).exception();
        assertThat(pool.submit(() -> Thread.currentThread().isInterrupted()).result())
                .isFalse();
    }
}
