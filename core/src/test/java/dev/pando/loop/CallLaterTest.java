package dev.pando.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.Pool;
import dev.pando.TaskFuture;
import dev.pando.internal.loop.LoopLeakCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Coroutines that begin at a moment of the loop's clock, and that clock. */
@Timeout(60)
@ExtendWith(LoopLeakCheck.class)
class CallLaterTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private final List<Object> notes = new ArrayList<>();

    private void note(Object what) {
        notes.add(what);
    }

    @Test
    void callsAreMadeAtTheirTimeAndEqualOnesInTheOrderOfAsking() {
        Loop.run(Loop.create().virtualTime(), () -> {
            Loop.callLater(HOUR, () -> note("hour"));
            Loop.callLater(SECOND, () -> note("first"));
            Loop.callAt(SECOND, () -> note("second"));
            Loop.callAt(SECOND.negated(), () -> note("past"));
            Loop.callLater(Duration.ZERO, () -> note("now"));
            note("asked");
            Loop.sleep(HOUR.plus(SECOND));
        });
        assertThat(notes).containsExactly("asked", "past", "now", "first", "second", "hour");
    }

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#virtual")
    void aCallMayWaitAndHasAValue(Loop loop) {
        Loop.run(loop, () -> {
            TaskFuture<Duration> later = Loop.callLater(SECOND, () -> {
                Loop.sleep(HOUR);
                return Loop.time();
            });
            assertThat(later.isPending()).isTrue();
            assertThat(Loop.await(later)).isEqualTo(HOUR.plus(SECOND));
            TaskFuture<String> failing = Loop.callAt(HOUR, () -> {
                throw new java.io.IOException("broken");
            });
            assertThat(failing.exception()).hasMessage("broken");
        });
    }

    @ParameterizedTest
    @MethodSource("dev.pando.internal.loop.LoopSchedules#virtual")
    void aCallThatIsCalledOffIsNotMadeAndLeavesNothing(Loop loop) {
        Loop.run(loop, () -> {
            RunningLoop here = Loop.running();
            List<TaskFuture<Void>> calls = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                calls.add(Loop.callLater(HOUR.plusSeconds(i), () -> note("called")));
            }
            assertThat(here.coroutines()).hasSize(101);
            for (TaskFuture<Void> call : calls) {
                assertThat(call.cancel(false)).isTrue(); // it has not begun, so the gentle one is enough
            }
            while (here.coroutines().size() > 1) {
                Loop.yield();
            }
            CompletableFuture<String> stage = new CompletableFuture<>();
            Loop.spawn(() -> {
                Thread.ofPlatform().start(() -> stage.complete("done")); // once the coroutine below waits
            });
            assertThat(Loop.await(stage)).isEqualTo("done");
            assertThat(Loop.time())
                    .as("no alarm is left to which the clock would jump")
                    .isZero();
            Loop.sleep(HOUR.plus(HOUR));
        });
        assertThat(notes).isEmpty();
    }

    @Test
    void theEndOfTheLoopCallsOffWhatIsLeft() {
        List<TaskFuture<Void>> left = new ArrayList<>();
        Loop.run(() -> {
            left.add(Loop.callLater(HOUR, () -> note("called")));
            left.add(Loop.callLater(Duration.ofMillis(1), () -> {
                note("waits");
                try {
                    Loop.sleep(HOUR);
                } finally {
                    assertThatThrownBy(() -> Loop.callLater(HOUR, () -> note("refused")))
                            .isInstanceOf(RejectedExecutionException.class)
                            .hasMessageContaining("is ending");
                }
            }));
            while (notes.isEmpty()) {
                Loop.sleep(Duration.ofMillis(1));
            }
        });
        assertThat(left).allSatisfy(one -> assertThat(one.isCancelled()).isTrue());
        assertThat(notes).containsExactly("waits");
    }

    @Test
    void aPoolOfCoroutinesEndsWithItsTasksAndCallsOffTheRest() {
        List<TaskFuture<Void>> left = new ArrayList<>();
        try (Pool pool = Pool.open(Loop.create())) {
            pool.submit(() -> {
                        left.add(Loop.callLater(HOUR, () -> note("called")));
                    })
                    .result();
        }
        assertThat(left)
                .singleElement()
                .satisfies(one -> assertThat(one.isCancelled()).isTrue());
        assertThat(notes).isEmpty();
    }

    @Test
    void aDumpTellsWhenACallIsDue() {
        Loop.run(Loop.create().virtualTime(), () -> {
            Loop.sleep(SECOND);
            Loop.callLater(HOUR, () -> note("called"));
            assertThat(Loop.dump()).contains("coroutine-2 begins in 3600000 ms");
        });
    }

    @Test
    void timeIsTheTimeOfTheLoopsClock() {
        Loop.run(Loop.create().virtualTime(), () -> {
            assertThat(Loop.time()).isZero();
            Loop.sleep(HOUR);
            assertThat(Loop.time()).isEqualTo(HOUR);
            RunningLoop here = Loop.running();
            assertThat(Loop.<Duration>await(() -> here.time())).isEqualTo(HOUR);
        });
        Loop.run(() -> {
            Duration before = Loop.time();
            Loop.sleep(Duration.ofMillis(1));
            assertThat(Loop.time()).isGreaterThanOrEqualTo(before.plusMillis(1)).isLessThan(HOUR);
        });
    }

    @Test
    void whatCannotBeIsRefused() {
        Loop.run(() -> {
            assertThatThrownBy(() -> Loop.callLater(SECOND.negated(), () -> note("called")))
                    .hasMessage("delay must not be negative, but is PT-1S");
            assertThatThrownBy(() -> Loop.callLater(SECOND, (java.util.concurrent.Callable<Object>) null))
                    .hasMessage("body must not be null");
            assertThatThrownBy(() -> Loop.callAt(null, () -> note("called"))).hasMessage("moment must not be null");
        });
    }
}
