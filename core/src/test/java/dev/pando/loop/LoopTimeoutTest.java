package dev.pando.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.DeadlineExceededException;
import dev.pando.TaskFuture;
import dev.pando.internal.loop.LoopLeakCheck;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A timeout whose limit is changed while its body runs. */
@Timeout(60)
@ExtendWith(LoopLeakCheck.class)
class LoopTimeoutTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#virtual")
    void aLimitThatIsSetLaterLetsTheBodyGoOn(Loop loop) {
        LoopTimeout limit = LoopTimeout.of(SECOND);
        Loop.run(loop, () -> {
            String value = Loop.timeout(limit, () -> {
                assertThat(limit.when()).isEqualTo(SECOND);
                limit.reschedule(HOUR);
                assertThat(limit.when()).isEqualTo(HOUR);
                Loop.sleep(SECOND.plus(SECOND));
                limit.reschedule(HOUR); // from now on
                Loop.sleep(HOUR.minus(SECOND));
                return "in time";
            });
            assertThat(value).isEqualTo("in time");
            assertThat(limit.isExpired()).isFalse();
            Loop.sleep(HOUR); // the limit is no alarm any more
        });
        assertThat(limit.isExpired()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#virtual")
    void aLimitThatIsSetEarlierEndsTheBodyThen(Loop loop) {
        LoopTimeout limit = LoopTimeout.of(HOUR);
        Loop.run(loop, () -> {
            assertThatThrownBy(() -> Loop.timeout(limit, () -> {
                        limit.reschedule(SECOND);
                        Loop.sleep(HOUR);
                    }))
                    .isInstanceOf(DeadlineExceededException.class)
                    .hasMessageContaining("was not done within 1000 ms");
            assertThat(Loop.time()).isEqualTo(SECOND);
        });
        assertThat(limit.isExpired()).isTrue();
        assertThat(limit).hasToString("LoopTimeout[expired]");
    }

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#virtual")
    void aLimitIsSwitchedOffAndOn(Loop loop) {
        Loop.run(loop, () -> {
            LoopTimeout limit = LoopTimeout.of(SECOND);
            Loop.timeout(limit, () -> {
                limit.switchOff();
                assertThat(limit.when()).isNull();
                assertThat(limit).hasToString("LoopTimeout[not set]");
                Loop.sleep(HOUR);
            });
            LoopTimeout never = LoopTimeout.never();
            assertThatThrownBy(() -> Loop.timeout(never, () -> {
                        assertThat(never.when()).isNull();
                        Loop.sleep(HOUR);
                        never.reschedule(SECOND);
                        Loop.sleep(HOUR);
                    }))
                    .isInstanceOf(DeadlineExceededException.class);
            assertThat(Loop.time()).isEqualTo(HOUR.plus(HOUR).plus(SECOND));
        });
    }

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#virtual")
    void aLimitMayBeAMomentEvenOneThatHasPassed(Loop loop) {
        Loop.run(loop, () -> {
            Loop.sleep(HOUR);
            LoopTimeout soon = LoopTimeout.at(HOUR.plus(SECOND));
            assertThatThrownBy(() -> Loop.timeout(soon, () -> Loop.sleep(HOUR)))
                    .isInstanceOf(DeadlineExceededException.class);
            assertThat(Loop.time()).isEqualTo(HOUR.plus(SECOND));
            LoopTimeout past = LoopTimeout.at(SECOND);
            assertThatThrownBy(() -> Loop.timeout(past, () -> Loop.sleep(HOUR)))
                    .isInstanceOf(DeadlineExceededException.class)
                    .hasMessageContaining("was not done within 0 ms");
            LoopTimeout moved = LoopTimeout.of(HOUR);
            assertThatThrownBy(() -> Loop.timeout(moved, () -> {
                        moved.rescheduleAt(Duration.ZERO);
                        Loop.sleep(HOUR);
                    }))
                    .isInstanceOf(DeadlineExceededException.class);
            assertThat(Loop.time()).isEqualTo(HOUR.plus(SECOND));
        });
    }

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#virtual")
    void anotherCoroutineMayChangeIt(Loop loop) {
        Loop.run(loop, () -> {
            LoopTimeout limit = LoopTimeout.of(HOUR);
            TaskFuture<Void> sleeping = Loop.spawn(() -> Loop.timeout(limit, () -> Loop.sleep(HOUR.plus(HOUR))));
            Loop.sleep(SECOND);
            limit.reschedule(SECOND);
            assertThat(sleeping.exception()).isInstanceOf(DeadlineExceededException.class);
            assertThat(Loop.time()).isEqualTo(SECOND.plus(SECOND));
        });
    }

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#virtual")
    void theOuterOfTwoMayBeChangedInside(Loop loop) {
        Loop.run(loop, () -> {
            LoopTimeout outer = LoopTimeout.of(HOUR);
            LoopTimeout inner = LoopTimeout.of(HOUR);
            assertThatThrownBy(() -> Loop.timeout(
                            outer,
                            () -> Loop.timeout(inner, () -> {
                                outer.reschedule(SECOND);
                                Loop.sleep(HOUR);
                            })))
                    .isInstanceOf(DeadlineExceededException.class);
            assertThat(outer.isExpired()).isTrue();
            assertThat(inner.isExpired()).isFalse();
        });
    }

    /** In real time, because a virtual clock stands still during a blocking call. */
    @Test
    void aBlockingCallIsInterruptedByALimitThatWasMoved() {
        CountDownLatch never = new CountDownLatch(1);
        LoopTimeout limit = LoopTimeout.never();
        Loop.run(() -> {
            TaskFuture<Void> blocked = Loop.spawn(() -> Loop.timeout(limit, () -> Loop.await(() -> never.await())));
            Loop.yield();
            limit.reschedule(Duration.ofMillis(1));
            assertThat(blocked.exception()).isInstanceOf(DeadlineExceededException.class);
        });
    }

    @Test
    void aChangeThatComesTooLateOrTooEarlyIsRefused() {
        Loop.run(Loop.create().virtualTime(), () -> {
            LoopTimeout limit = LoopTimeout.of(SECOND);
            assertThat(limit.when()).isNull();
            assertThatThrownBy(() -> limit.reschedule(HOUR))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("LoopTimeout.reschedule was called before")
                    .hasMessageContaining("make the timeout with another limit");
            assertThatThrownBy(() -> Loop.timeout(limit, () -> {
                        try {
                            Loop.sleep(HOUR);
                        } catch (CancellationException e) {
                            assertThat(limit.isExpired()).isTrue();
                            assertThatThrownBy(limit::switchOff)
                                    .isInstanceOf(IllegalStateException.class)
                                    .hasMessageContaining("too late: the time was up");
                            throw e;
                        }
                    }))
                    .isInstanceOf(DeadlineExceededException.class);
            LoopTimeout ended = LoopTimeout.of(SECOND);
            Loop.timeout(ended, () -> 1);
            assertThatThrownBy(() -> ended.reschedule(HOUR))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("has ended");
            assertThatThrownBy(() -> Loop.timeout(ended, () -> 2))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("used before, by coroutine-1")
                    .hasMessageContaining("make one for each body");
        });
    }

    @Test
    void onlyItsOwnLoopMayChangeIt() {
        LoopTimeout limit = LoopTimeout.of(HOUR);
        Loop.run(() -> Loop.timeout(
                limit,
                () -> Loop.await(() -> {
                    assertThatThrownBy(() -> limit.reschedule(SECOND)).hasMessageContaining("which runs no coroutine");
                    Loop.run(() -> assertThatThrownBy(() -> limit.reschedule(SECOND))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("this is a timeout of coroutine-1 of loop")
                            .hasMessageContaining("only coroutines of that loop may change it"));
                })));
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> LoopTimeout.of(SECOND.negated()))
                .hasMessage("limit must not be negative, but is PT-1S");
        assertThatThrownBy(() -> LoopTimeout.at(null)).hasMessage("moment must not be null");
        Loop.run(() -> assertThatThrownBy(() -> Loop.timeout((LoopTimeout) null, () -> 1))
                .hasMessage("limit must not be null"));
    }
}
