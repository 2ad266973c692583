package dev.pando.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pando.Pool;
import dev.pando.TaskFailedException;
import dev.pando.TaskFuture;
import dev.pando.internal.loop.LoopLeakCheck;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A checked exception of a blocking call is wrapped once, however far from the call it is caught. */
@Timeout(60)
@ExtendWith(LoopLeakCheck.class)
class CheckedExceptionTest {
    private static final IOException BROKEN = new IOException("broken");

    private static String broken() throws IOException {
        throw BROKEN;
    }

    private static String readInABlockingCall() {
        return Loop.await(() -> broken());
    }

    private static void isWrappedOnce(ThrowingCallable wait) {
        Throwable thrown = catchThrowable(wait);
        assertThat(thrown).isInstanceOf(TaskFailedException.class);
        assertThat(thrown.getCause()).isSameAs(BROKEN);
    }

    @Test
    void theCallItselfWrapsIt() {
        Loop.run(() -> isWrappedOnce(CheckedExceptionTest::readInABlockingCall));
    }

    @Test
    void theCoroutineFailsWithTheExceptionItself() {
        Loop.run(() -> {
            TaskFuture<String> reading = Loop.spawn(CheckedExceptionTest::readInABlockingCall);
            isWrappedOnce(() -> Loop.await(reading));
            isWrappedOnce(reading::result);
            assertThat(reading.exception()).isSameAs(BROKEN);
            assertThatThrownBy(reading::get)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isSameAs(BROKEN);
        });
    }

    @Test
    void aTimeoutAroundTheCallAddsNothing() {
        Loop.run(() -> {
            Duration hour = Duration.ofHours(1);
            isWrappedOnce(() -> Loop.timeout(hour, () -> Loop.timeout(hour, () -> readInABlockingCall())));
            TaskFuture<String> reading = Loop.spawn(() -> Loop.timeout(hour, () -> broken()));
            isWrappedOnce(() -> Loop.await(reading));
        });
    }

    @Test
    void runWrapsItOnce() {
        isWrappedOnce(() -> Loop.run(CheckedExceptionTest::readInABlockingCall));
    }

    @Test
    void aTaskOfAPoolOfCoroutinesFailsWithTheExceptionItself() {
        try (Pool pool = Pool.open(Loop.create())) {
            TaskFuture<String> reading = pool.submit(() -> readInABlockingCall());
            isWrappedOnce(reading::result);
            assertThat(reading.exception()).isSameAs(BROKEN);
        }
    }

    @Test
    void whatAnotherTaskFailedWithStaysTheFailureOfThatTask() {
        Loop.run(() -> {
            TaskFuture<String> inner = Loop.spawn("inner", () -> broken());
            TaskFuture<String> outer = Loop.spawn("outer", () -> inner.result());
            assertThatThrownBy(() -> Loop.await(outer))
                    .isInstanceOf(TaskFailedException.class)
                    .hasMessageContaining("outer-3 threw")
                    .cause()
                    .isInstanceOf(TaskFailedException.class)
                    .hasMessageContaining("inner-2 threw")
                    .cause()
                    .isSameAs(BROKEN);
        });
    }
}
