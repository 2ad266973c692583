package dev.pando.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.TaskFuture;
import dev.pando.loop.Loop;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The end of time: a deadline beyond it never comes, and no sum of moment and duration lies in the past. */
@ExtendWith(LoopLeakCheck.class)
class LoopClockTest {
    private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE);

    @Test
    void aMomentBeyondTheEndOfTimeIsTheEndOfTime() {
        assertThat(LoopClock.later(5, 7)).isEqualTo(12);
        assertThat(LoopClock.later(-5, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE - 5);
        assertThat(LoopClock.later(5, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(LoopClock.later(Long.MAX_VALUE, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void theLongestSleepCanBeCancelledInRealTime() {
        Loop.run(() -> {
            TaskFuture<Void> sleeper = Loop.spawn(() -> Loop.sleep(LONGEST));
            Loop.sleep(Duration.ofMillis(1));
            assertThat(sleeper.isDone()).isFalse();
            sleeper.cancel(true);
            assertThatThrownBy(sleeper::result).isInstanceOf(CancellationException.class);
        });
    }

    @Test
    void aVirtualClockThatIsAtItsEndGoesNoFurther() {
        Loop.run(Loop.create().virtualTime(), () -> {
            for (int i = 0; i < 5; i++) {
                Loop.sleep(LONGEST);
            }
            assertThat(Loop.timeout(LONGEST, () -> 1)).isEqualTo(1);
        });
    }
}
