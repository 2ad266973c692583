package dev.pando.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pando.Fn;
import dev.pando.Outcome;
import dev.pando.Pool;
import dev.pando.Promise;
import dev.pando.TaskFuture;
import dev.pando.TaskTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The timeout of a task, by a clock that the test moves; and retries. */
interface TimeoutContract extends Subject {
    Duration LIMIT = Duration.ofMinutes(5);

    private Pool timed(ManualTimer timer) {
        assumeTrue(runsElsewhere(), "nobody is at hand to move the clock while the caller is at work");
        return open(with(1).timer(timer));
    }

    private static String standAt(Gate.Handle handle) throws InterruptedException {
        handle.await();
        return "through";
    }

    @Test
    default void aTaskThatOutlivesItsTimeoutIsStoppedAndItsWorkerUsedAgain() throws Exception {
        ManualTimer timer = new ManualTimer();
        Pool pool = timed(timer);
        Gate gate = pools().gate();
        Gate.Handle handle = gate.handle();
        TaskFuture<String> future = pool.timeout(LIMIT).named("slow").submit(() -> standAt(handle));
        gate.awaitArrivals(1);
        timer.awaitAlarms(1);
        timer.advance(LIMIT.minusNanos(1));
        assertThat(future.isRunning()).isTrue();
        timer.advance(Duration.ofNanos(1));
        assertThat(future.exception()).isInstanceOf(TaskTimeoutException.class);
        assertThatThrownBy(future::result)
                .isInstanceOf(TaskTimeoutException.class)
                .hasMessageContaining("slow")
                .hasMessageContaining("300000 ms");
        assertThat(pool.submit(() -> 7).result()).isEqualTo(7);
        pool.close();
        assertThat(pool.stats().failed()).isEqualTo(1);
    }

    @Test
    default void theTimeoutSaysWhereTheTaskWasStuck() throws Exception {
        assumeTrue(sharesMemory(), "how much is known of another JVM's stack is that backend's own affair");
        ManualTimer timer = new ManualTimer();
        Pool pool = timed(timer);
        Gate gate = pools().gate();
        Gate.Handle handle = gate.handle();
        TaskFuture<String> future = pool.timeout(LIMIT).submit(() -> standAt(handle));
        gate.awaitArrivals(1);
        timer.awaitAlarms(1);
        timer.advance(LIMIT);
        assertThat(future.exception())
                .isInstanceOfSatisfying(
                        TaskTimeoutException.class,
                        timeout -> assertThat(Arrays.stream(timeout.stuckAt()).map(StackTraceElement::getMethodName))
                                .contains("standAt"));
    }

    private static Integer waitFor(Promise<Integer> promise) {
        return promise.future().result();
    }

    @Test
    default void theTimeoutSaysWhereATaskWaitedForAFuture() throws Exception {
        assumeTrue(sharesMemory(), "a task of another JVM waits for no future of this one");
        ManualTimer timer = new ManualTimer();
        Pool pool = timed(timer);
        Promise<Integer> never = new Promise<>();
        TaskFuture<Integer> task = pool.timeout(LIMIT).submit(() -> waitFor(never));
        timer.awaitAlarms(1);
        while (pool.view().stack(task.info().id(), LIMIT).stream()
                .noneMatch(frame -> frame.getMethodName().equals("waitFor"))) {
            Thread.onSpinWait();
        }
        timer.advance(LIMIT);
        assertThat(task.exception())
                .isInstanceOfSatisfying(
                        TaskTimeoutException.class,
                        timeout -> assertThat(Arrays.stream(timeout.stuckAt()).map(StackTraceElement::getMethodName))
                                .contains("waitFor"));
        never.complete(1);
    }

    @Test
    default void theClockStartsWhenAWorkerBeginsTheTask() throws Exception {
        ManualTimer timer = new ManualTimer();
        assumeTrue(isBounded(), "needs a task in line");
        Pool pool = timed(timer);
        Gate gate = pools().gate();
        Gate.Handle handle = gate.handle();
        var busy = pool.submit(handle::await);
        gate.awaitArrivals(1);
        TaskFuture<String> queued = pool.timeout(LIMIT).submit(() -> standAt(handle));
        timer.advance(LIMIT.multipliedBy(3));
        assertThat(queued.isPending()).isTrue();
        gate.openForOne();
        busy.result();
        gate.awaitArrivals(2);
        timer.advance(LIMIT.minusNanos(1));
        assertThat(queued.isDone()).isFalse();
        gate.open();
        assertThat(queued.result()).isEqualTo("through");
    }

    @Test
    default void theAlarmOfATaskThatIsDoneIsCalledOff() throws Exception {
        ManualTimer timer = new ManualTimer();
        Pool pool = open(with(1).timer(timer));
        assertThat(pool.timeout(LIMIT).submit(() -> 7).result()).isEqualTo(7);
        timer.awaitAlarms(0);
        assertThat(pool.timeout(LIMIT).submit(() -> Math.floorDiv(1, 0)).exception())
                .isInstanceOf(ArithmeticException.class);
        timer.awaitAlarms(0);
        timer.advance(LIMIT.multipliedBy(2));
        assertThat(pool.submit(() -> 8).result()).isEqualTo(8);
    }

    @Test
    default void aCancelledTaskDoesNotTimeOut() throws Exception {
        ManualTimer timer = new ManualTimer();
        Pool pool = timed(timer);
        Gate gate = pools().gate();
        Gate.Handle handle = gate.handle();
        TaskFuture<String> future = pool.timeout(LIMIT).submit(() -> standAt(handle));
        gate.awaitArrivals(1);
        assertThat(future.cancel(true)).isTrue();
        timer.awaitAlarms(0);
        timer.advance(LIMIT);
        assertThat(future.isCancelled()).isTrue();
        assertThat(pool.submit(() -> 7).result()).isEqualTo(7);
    }

    @Test
    default void theTimeoutOfThePoolIsForEveryTask() throws Exception {
        assumeTrue(runsElsewhere(), "nobody is at hand to move the clock while the caller is at work");
        ManualTimer timer = new ManualTimer();
        Pool pool = open(with(1).timer(timer).timeout(LIMIT));
        Gate gate = pools().gate();
        Gate.Handle handle = gate.handle();
        TaskFuture<?> future = pool.submit(handle::await);
        gate.awaitArrivals(1);
        timer.awaitAlarms(1);
        timer.advance(LIMIT);
        assertThat(future.exception()).isInstanceOf(TaskTimeoutException.class);
    }

    @Test
    default void aTimedOutTaskIsTriedAgainAsOftenAsItMay() throws Exception {
        ManualTimer timer = new ManualTimer();
        Pool pool = timed(timer);
        Gate gate = pools().gate();
        Gate.Handle handle = gate.handle();
        TaskFuture<String> future = pool.timeout(LIMIT).retries(2).submit(() -> standAt(handle));
        for (int attempt = 1; attempt <= 3; attempt++) {
            gate.awaitArrivals(attempt);
            assertThat(future.info().attempts()).isEqualTo(attempt);
            assertThat(future.isDone()).isFalse();
            timer.advance(LIMIT);
        }
        assertThat(future.exception()).isInstanceOf(TaskTimeoutException.class).hasMessageContaining("3 attempts");
        assertThat(future.info().attempts()).isEqualTo(3);
        assertThat(pool.stats().retried()).isEqualTo(2);
        assertThat(gate.arrivals()).isEqualTo(3);
    }

    @Test
    default void aLaterAttemptMaySucceed() throws Exception {
        ManualTimer timer = new ManualTimer();
        Pool pool = timed(timer);
        Gate gate = pools().gate();
        Gate.Handle handle = gate.handle();
        TaskFuture<String> future = pool.timeout(LIMIT).retries(1).submit(() -> standAt(handle));
        gate.awaitArrivals(1);
        timer.awaitAlarms(1);
        timer.advance(LIMIT);
        gate.awaitArrivals(2);
        gate.open();
        assertThat(future.result()).isEqualTo("through");
        assertThat(future.info().attempts()).isEqualTo(2);
    }

    @Test
    default void whatThrowsIsNotTriedAgain() {
        Pool pool = open(1);
        Tally tally = pools().tally();
        Tally.Handle count = tally.handle();
        TaskFuture<?> future = pool.retries(5).submit(() -> {
            count.note(1);
            throw new IllegalStateException("once is enough");
        });
        assertThat(future.exception()).isInstanceOf(IllegalStateException.class);
        assertThat(tally.notes()).containsExactly(1);
        assertThat(future.info().attempts()).isEqualTo(1);
        assertThat(pool.stats().retried()).isZero();
    }

    @Test
    default void theLateAnswerOfAnExpiredAttemptChangesNothing() throws Exception {
        ManualTimer timer = new ManualTimer();
        Pool pool = timed(timer);
        Gate gate = pools().gate();
        Gate.Handle handle = gate.handle();
        TaskFuture<String> future = pool.timeout(LIMIT).submit(() -> {
            while (true) {
                try {
                    handle.await();
                    return "too late";
                } catch (InterruptedException resisted) {
                    // that is the point
                }
            }
        });
        gate.awaitArrivals(1);
        timer.awaitAlarms(1);
        timer.advance(LIMIT);
        assertThat(future.exception()).isInstanceOf(TaskTimeoutException.class);
        gate.awaitArrivals(2);
        gate.open();
        assertThat(pool.submit(() -> 7).result()).isEqualTo(7);
        assertThat(future.exception()).isInstanceOf(TaskTimeoutException.class);
        pool.close();
        assertThat(pool.stats().failed()).isEqualTo(1);
        assertThat(pool.stats().succeeded()).isEqualTo(1);
    }

    @Test
    default void anAttemptThatResistsIsGivenUpAfterTheGrace() throws Exception {
        assumeTrue(sharesMemory(), "a worker in a process of its own is killed instead");
        ManualTimer timer = new ManualTimer();
        Pool pool = timed(timer);
        Gate gate = pools().gate();
        Gate.Handle handle = gate.handle();
        TaskFuture<String> future = pool.timeout(LIMIT).retries(3).submit(() -> {
            while (true) {
                try {
                    handle.await();
                    return "too late";
                } catch (InterruptedException resisted) {
                    // that is the point
                }
            }
        });
        gate.awaitArrivals(1);
        timer.awaitAlarms(1);
        timer.advance(LIMIT);
        gate.awaitArrivals(2);
        assertThat(future.isDone()).isFalse();
        timer.advance(Duration.ofSeconds(1));
        assertThat(future.exception()).isInstanceOf(TaskTimeoutException.class);
        assertThat(future.info().attempts()).isEqualTo(1);
    }

    @Test
    default void eachElementOfAMapHasATimeoutOfItsOwn() throws Exception {
        ManualTimer timer = new ManualTimer();
        Pool pool = timed(timer);
        Gate gate = pools().gate();
        Gate.Handle handle = gate.handle();
        Fn<Integer, Integer> middleIsStuck = n -> {
            if (n == 1) {
                handle.await();
            }
            return n;
        };
        BackgroundCall<List<Outcome<Integer>>> reader = BackgroundCall.ask(() -> pool.timeout(LIMIT)
                .mapping(middleIsStuck)
                .outcomes()
                .over(List.of(0, 1, 2))
                .toList());
        gate.awaitArrivals(1);
        timer.advance(LIMIT);
        List<Outcome<Integer>> outcomes = reader.join();
        assertThat(outcomes).extracting(Outcome::isSuccess).containsExactly(true, false, true);
        assertThatThrownBy(outcomes.get(1)::orElseThrow).isInstanceOf(TaskTimeoutException.class);
    }
}
