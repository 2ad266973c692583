package dev.pando.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A hold is due once it has lasted, apart from the time in which classes are loaded. */
class HoldMeterTest {
    private static final long MILLISECOND = 1_000_000;

    private final HoldMeter meter = new HoldMeter(100 * MILLISECOND);
    private long now = 5;

    private boolean lookAfter(long millis, long turn, boolean loads) {
        now += millis * MILLISECOND;
        return meter.isDue(turn, now, () -> loads);
    }

    @Test
    void aHoldIsDueOnceWhenTheLimitIsReached() {
        assertThat(lookAfter(0, 1, false)).isFalse();
        assertThat(lookAfter(99, 1, false)).isFalse();
        assertThat(lookAfter(1, 1, false)).isTrue();
        assertThat(meter.held()).isEqualTo(100 * MILLISECOND);
        assertThat(lookAfter(500, 1, false)).as("a second time").isFalse();
        assertThat(lookAfter(500, 2, false)).as("another turn").isFalse();
        assertThat(lookAfter(100, 2, false)).isTrue();
    }

    @Test
    void theTurnThatWasLaidDownIsForgotten() {
        assertThat(lookAfter(0, 1, false)).isFalse();
        meter.forget();
        assertThat(lookAfter(200, 1, false)).isFalse();
    }

    @Test
    void theTimeInWhichClassesAreLoadedDoesNotCount() {
        assertThat(lookAfter(0, 1, false)).isFalse();
        for (int i = 0; i < 40; i++) {
            assertThat(lookAfter(25, 1, true)).isFalse();
        }
        assertThat(lookAfter(75, 1, false)).isFalse();
        assertThat(lookAfter(25, 1, true)).isFalse();
        assertThat(lookAfter(25, 1, false)).isTrue();
        assertThat(meter.held()).isEqualTo(1_125 * MILLISECOND);
    }

    @Test
    void aClassThatNeverComesIsDueAllTheSame() {
        assertThat(lookAfter(0, 1, true)).isFalse();
        assertThat(lookAfter(9_999, 1, true)).isFalse();
        assertThat(lookAfter(1, 1, true)).isTrue();
    }
}
