package dev.pando.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.DeadlineExceededException;
import dev.pando.TaskFailedException;
import dev.pando.TaskFuture;
import dev.pando.internal.loop.LoopLeakCheck;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A body that runs with a mutex or a permit gives it back, however it ends. */
@Timeout(60)
@ExtendWith(LoopLeakCheck.class)
class ScopedUseTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void theValueOfTheBodyIsReturned() {
        Loop.run(() -> {
            Mutex mutex = new Mutex();
            Semaphore semaphore = Semaphore.of(1);
            assertThat(mutex.withLock(() -> mutex.isLocked())).isTrue();
            assertThat(semaphore.with(() -> semaphore.available())).isZero();
            assertThat(mutex.isLocked()).isFalse();
            assertThat(semaphore.available()).isEqualTo(1);
        });
    }

    @Test
    void whatTheBodyThrowsIsThrownOnceAllIsGivenBack() {
        IOException broken = new IOException("broken");
        Loop.run(() -> {
            Mutex mutex = new Mutex();
            Semaphore semaphore = Semaphore.bounded(1);
            assertThatThrownBy(() -> mutex.withLock(() -> {
                        throw new ArithmeticException("by zero");
                    }))
                    .isInstanceOf(ArithmeticException.class);
            TaskFuture<Object> failing = Loop.spawn(() -> semaphore.with(() -> mutex.withLock(() -> {
                throw broken;
            })));
            assertThatThrownBy(() -> Loop.await(failing))
                    .isInstanceOf(TaskFailedException.class)
                    .cause()
                    .isSameAs(broken);
            assertThat(mutex.isLocked()).isFalse();
            assertThat(semaphore.available()).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#virtual")
    void aWaiterThatIsCancelledDoesNotRunItsBody(Loop loop) {
        List<String> ran = new ArrayList<>();
        Loop.run(loop, () -> {
            Mutex mutex = new Mutex();
            Semaphore semaphore = Semaphore.of(1);
            List<TaskFuture<?>> waiting = new ArrayList<>();
            mutex.withLock(() -> semaphore.with(() -> {
                waiting.add(Loop.spawn(() -> mutex.withLock(() -> ran.add("mutex"))));
                waiting.add(Loop.spawn(() -> semaphore.with(() -> ran.add("semaphore"))));
                Loop.sleep(HOUR);
                for (TaskFuture<?> one : waiting) {
                    one.cancel(true);
                }
                Loop.sleep(HOUR);
            }));
            Loop.sleep(HOUR);
            assertThat(mutex.isLocked()).isFalse();
            assertThat(semaphore.available()).isEqualTo(1);
        });
        assertThat(ran).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#virtual")
    void aTimeoutInsideGivesAllBack(Loop loop) {
        Loop.run(loop, () -> {
            Mutex mutex = new Mutex();
            Semaphore semaphore = Semaphore.of(1);
            assertThatThrownBy(() -> Loop.timeout(
                            Duration.ofSeconds(1), () -> mutex.withLock(() -> semaphore.with(() -> Loop.sleep(HOUR)))))
                    .isInstanceOf(DeadlineExceededException.class);
            assertThat(mutex.isLocked()).isFalse();
            assertThat(semaphore.available()).isEqualTo(1);
        });
    }

    @Test
    void aBoundedSemaphoreRefusesAReleaseTooMany() {
        Loop.run(() -> {
            Semaphore semaphore = Semaphore.bounded(2);
            assertThatThrownBy(semaphore::release)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("all 2 permits")
                    .hasMessageContaining("release once for each acquire");
            semaphore.acquire();
            semaphore.acquire();
            TaskFuture<Void> waiting = Loop.spawn(() -> semaphore.acquire());
            Loop.yield();
            semaphore.release();
            Loop.await(waiting);
            semaphore.release();
            semaphore.release();
            assertThatThrownBy(semaphore::release).isInstanceOf(IllegalStateException.class);
            Semaphore open = Semaphore.of(0);
            open.release();
            assertThat(open.available()).isEqualTo(1);
        });
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> Semaphore.bounded(-1)).hasMessage("permits must not be negative, but is -1");
        Loop.run(() -> {
            Mutex mutex = new Mutex();
            mutex.withLock(() -> assertThatThrownBy(() -> mutex.withLock(() -> 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("would wait for itself"));
            assertThat(mutex.isLocked()).isFalse();
        });
    }
}
