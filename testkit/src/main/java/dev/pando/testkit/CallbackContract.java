package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Callbacks, which run in the test's JVM wherever the task ran: once each, and in order. Whatever a callback does,
 * neither the task nor the other callbacks suffer.
 */
@SuppressWarnings("FutureReturnValueIgnored") // onDone returns the future that it was called on
public interface CallbackContract extends Subject {

    @Test
    @Scenario({1, 2})
    default void callbackSeesTheEndThatItWaitedFor() throws Exception {
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        Gate gate = pools().gate();
        Gate.Handle here = gate.handle();
        Pool pool = open(2);
        CountDownLatch called = new CountDownLatch(2);
        List<TaskFuture<?>> given = new CopyOnWriteArrayList<>();
        List<@Nullable Object> seen = new CopyOnWriteArrayList<>();
        TaskFuture<Integer> value = pool.submit(here::pass, 5);
        TaskFuture<Integer> failure = pool.submit(() -> {
            here.await();
            throw new IllegalStateException("this message");
        });
        assertThat(value.onDone(done -> {
                    given.add(done);
                    seen.add(done.result());
                    called.countDown();
                }))
                .isSameAs(value);
        failure.onDone(done -> {
            given.add(done);
            seen.add(done.exceptionNow().getMessage());
            called.countDown();
        });
        assertThat(given).isEmpty();
        gate.open();
        called.await();

        assertThat(given).containsExactlyInAnyOrder(value, failure);
        assertThat(seen).containsExactlyInAnyOrder(5, "this message");
    }

    @Test
    @Scenario({5, 6, 7})
    default void callbackOfADoneTaskRunsAtOnceAndHere() {
        Pool pool = open(1);
        TaskFuture<Integer> value = pool.submit(() -> 5);
        TaskFuture<Integer> failure = pool.submit(() -> Integer.parseInt("x"));
        assertThat(value.result()).isEqualTo(5);
        assertThat(failure.exception()).isNotNull();
        List<@Nullable Object> seen = new ArrayList<>();
        value.onDone(done -> {
            seen.add(done.resultNow());
            seen.add(Thread.currentThread());
        });
        failure.onDone(done -> seen.add(done.exceptionNow()));

        assertThat(seen).containsExactly(5, Thread.currentThread(), failure.exception());
    }

    @Test
    @Scenario({32, 33})
    default void callbacksRunInOrderOneTwiceAndANestedOneAtOnce() throws Exception {
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        Gate gate = pools().gate();
        TaskFuture<Integer> task = open(1).submit(gate.handle()::pass, 5);
        List<String> calls = new CopyOnWriteArrayList<>();
        CountDownLatch last = new CountDownLatch(1);
        Consumer<TaskFuture<Integer>> twice = done -> calls.add("twice");
        task.onDone(done -> {
            calls.add("a");
            done.onDone(again -> calls.add("nested"));
            calls.add("a ends");
        });
        task.onDone(twice).onDone(twice).onDone(done -> calls.add("b")).onDone(done -> last.countDown());
        gate.open();
        last.await();

        assertThat(calls).containsExactly("a", "nested", "a ends", "twice", "twice", "b");
    }

    @Test
    @Scenario({4, 8, 38})
    default void whateverACallbackThrowsIsLoggedAndHurtsNobody() throws Exception {
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        Gate gate = pools().gate();
        Pool pool = open(1);
        TaskFuture<Integer> task = pool.submit(gate.handle()::pass, 5);
        CountDownLatch last = new CountDownLatch(1);
        task.onDone(done -> {
            throw new IllegalStateException("first");
        });
        task.onDone(done -> {
            throw new AssertionError("second");
        });
        task.onDone(done -> CallbackContract.<RuntimeException>sneak(new ThrownContract.Neither()));
        task.onDone(done -> last.countDown());
        gate.open();
        last.await();

        assertThat(pools().takeErrors())
                .allSatisfy(entry ->
                        assertThat(entry.getMessage()).contains("callback").contains("task-"))
                .extracting(LogRecord::getThrown)
                .extracting(Throwable::getMessage)
                .containsExactly("first", "second", "neither");
        assertThat(task.result()).isEqualTo(5);
        assertThat(pool.submit(() -> 6).result()).as("the worker goes on").isEqualTo(6);
    }

    @Test
    @Scenario(8)
    default void throwingCallbackOfADoneTaskIsLoggedAndNotThrownHere() {
        TaskFuture<Integer> task = open(1).submit(() -> 5);
        assertThat(task.result()).isEqualTo(5);
        task.onDone(done -> {
            throw new AssertionError("too late to hurt");
        });

        assertThat(pools().takeErrors())
                .extracting(LogRecord::getThrown)
                .singleElement()
                .isInstanceOf(AssertionError.class);
        assertThat(task.result()).isEqualTo(5);
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable thrown) throws E {
        throw (E) thrown;
    }

    @Test
    @Scenario(37)
    default void resultIsThereBeforeTheCallbacksHaveRun() throws Exception {
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        Gate gate = pools().gate();
        TaskFuture<Integer> task = open(1).submit(gate.handle()::pass, 5);
        CountDownLatch answered = new CountDownLatch(1);
        CountDownLatch called = new CountDownLatch(1);
        task.onDone(done -> {
            awaitQuietly(answered);
            called.countDown();
        });
        // registered after the callback
        BackgroundCall<Integer> waiter = BackgroundCall.ask(task::result).awaitParked();
        gate.open();

        assertThat(waiter.join()).isEqualTo(5);
        assertThat(called.getCount()).isEqualTo(1);
        answered.countDown();
        called.await();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    default void callbackMaySubmitMoreThanTheQueueHolds() throws Exception {
        Pool pool = open(with(1).queue(1));
        List<TaskFuture<Integer>> more = new CopyOnWriteArrayList<>();
        CountDownLatch called = new CountDownLatch(1);
        pool.submit(() -> 1).onDone(done -> {
            for (int i = 0; i < 5; i++) {
                more.add(pool.submit(x -> x + 1, i));
            }
            called.countDown();
        });
        called.await();

        assertThat(more).extracting(TaskFuture::result).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    default void callbackMayWaitForWhatItSubmitted() throws Exception {
        Pool pool = open(1);
        AtomicReference<@Nullable Object> seen = new AtomicReference<>();
        CountDownLatch called = new CountDownLatch(1);
        pool.submit(() -> 1).onDone(done -> {
            try {
                seen.set(pool.submit(x -> x + 1, done.resultNow()).result());
            } catch (Throwable t) {
                seen.set(t);
            }
            called.countDown();
        });
        called.await();

        assertThat(seen.get()).isEqualTo(2);
    }

    @Test
    default void interruptThatACallbackLeavesBehindIsNotTheNextTasks() throws Exception {
        assumeTrue(runsElsewhere(), "the caller's own thread is interrupted");
        Pool pool = open(1);
        for (int i = 0; i < 20; i++) {
            Gate gate = pools().gate();
            CountDownLatch called = new CountDownLatch(1);
            pool.submit(gate.handle()::pass, 1).onDone(done -> {
                Thread.currentThread().interrupt();
                called.countDown();
            });
            TaskFuture<Boolean> next = pool.submit(() -> Thread.currentThread().isInterrupted());
            gate.open();
            called.await();
            assertThat(next.result()).isFalse();
        }
    }

    @Test
    default void callbacksThatRaceWithTheEndRunOnceEach() throws Exception {
        assumeTrue(runsElsewhere(), "submit returns when the task is done");
        Pool pool = open(2);
        int rounds = 2_000;
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(3 * rounds);
        Consumer<TaskFuture<?>> count = done -> {
            if (done.isDone()) {
                calls.incrementAndGet();
            }
            all.countDown();
        };
        for (int i = 0; i < rounds; i++) {
            pool.submit(x -> x, i).onDone(count).onDone(count).onDone(count);
        }
        all.await();

        assertThat(calls).hasValue(3 * rounds);
    }
}
