package dev.pando.internal.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.DeadlineExceededException;
import dev.pando.Futures;
import dev.pando.Promise;
import dev.pando.TaskFuture;
import dev.pando.WaitResult;
import dev.pando.When;
import dev.pando.internal.task.ObserverCount;
import dev.pando.internal.task.PromiseCell;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** A future forgets a waiter that gave up, however long the future stays pending. */
class WaitersLeaveNothingTest {
    private final PromiseCell<String> pending = new PromiseCell<>();

    @Test
    void aMillionWaitsOfNoTimeLeaveNoWaiter() {
        for (int i = 0; i < 1_000_000; i++) {
            WaitResult<String> waited = Futures.wait(List.of(pending), When.ALL_COMPLETED, Duration.ZERO);
            if (waited.notDone().size() != 1) {
                throw new AssertionError("it is pending");
            }
        }
        assertThat(ObserverCount.of(pending)).isZero();
    }

    @Test
    void theSameOfFirstCompletedAndFirstException() {
        for (When when : When.values()) {
            for (int i = 0; i < 1_000; i++) {
                Futures.wait(List.of(pending, TaskFuture.of("done")), when, Duration.ZERO);
            }
        }
        assertThat(ObserverCount.of(pending)).isZero();
    }

    @Test
    void aWaitThatEndsBecauseOfAnotherFutureLeavesNoWaiter() {
        Promise<String> other = new Promise<>();
        Thread.ofPlatform().start(() -> other.complete("value"));
        WaitResult<String> waited = Futures.wait(List.of(pending, other.future()), When.FIRST_COMPLETED);
        assertThat(waited.done()).containsExactly(other.future());
        assertThat(ObserverCount.of(pending)).isZero();
    }

    @Test
    void timedResultsLeaveNoWaiter() {
        for (int i = 0; i < 1_000; i++) {
            assertThatThrownBy(() -> pending.result(Duration.ZERO)).isInstanceOf(DeadlineExceededException.class);
            assertThatThrownBy(() -> pending.exception(Duration.ofNanos(1)))
                    .isInstanceOf(DeadlineExceededException.class);
            assertThatThrownBy(() -> pending.get(1, TimeUnit.NANOSECONDS)).isInstanceOf(TimeoutException.class);
        }
        assertThat(ObserverCount.of(pending)).isZero();
    }

    @Test
    void anInterruptedWaitLeavesNoWaiter() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Futures.wait(List.of(pending))).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        Thread.currentThread().interrupt();
        assertThatThrownBy(pending::result).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(ObserverCount.of(pending)).isZero();
    }

    @Test
    void anIterationThatRanOutOfTimeLeavesNoWaiter() {
        var arriving = Futures.asCompleted(List.of(pending, TaskFuture.of("done")), Duration.ofNanos(1))
                .iterator();
        assertThat(arriving.next().result()).isEqualTo("done");
        assertThatThrownBy(arriving::next).isInstanceOf(DeadlineExceededException.class);
        assertThat(ObserverCount.of(pending)).isZero();
    }

    @Test
    void aWaitThatEndsInTimeIsNotRememberedEither() throws Exception {
        Thread keeper = Thread.ofPlatform().start(() -> pending.promise("value"));
        assertThat(pending.result()).isEqualTo("value");
        keeper.join(); // it tells the waiters after the value is there
        assertThat(ObserverCount.of(pending)).isZero();
    }
}
