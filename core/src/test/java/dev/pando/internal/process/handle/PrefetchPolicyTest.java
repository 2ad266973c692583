package dev.pando.internal.process.handle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrefetchPolicyTest {
    private static final long MICRO = 1000;

    private final PrefetchPolicy prefetch = new PrefetchPolicy();
    private final SpinPolicy spin = new SpinPolicy();
    private long now = -5_000_000;

    private void answers(int count, long nanos) {
        for (int i = 0; i < count; i++) {
            now += nanos;
            spin.answered(prefetch.answered(now, 0));
        }
    }

    private void begin() {
        prefetch.sent(now);
    }

    @Test
    void noTaskGoesAheadBeforeManyInARowWereShort() {
        begin();
        answers(15, 5 * MICRO);
        assertThat(prefetch.depth()).isZero();
        answers(1, 5 * MICRO);
        assertThat(prefetch.depth()).isPositive();
    }

    @Test
    void theShorterTheTasksTheMoreLieAhead() {
        begin();
        answers(100, 1000 * MICRO);
        assertThat(prefetch.depth()).isEqualTo(1);
        answers(100, 100 * MICRO);
        assertThat(prefetch.depth()).isBetween(4, 5);
        answers(100, 2 * MICRO);
        assertThat(prefetch.depth()).isEqualTo(64);
    }

    @Test
    void aCallerSpinsForAnAnswerThatUsuallyComesSoon() {
        assertThat(spin.spinNanos()).as("before any answer").isZero();
        begin();
        answers(3, 20 * MICRO);
        assertThat(spin.spinNanos()).isBetween(20 * MICRO, 200 * MICRO);
        answers(100, 20 * MICRO);
        assertThat(spin.spinNanos()).isBetween(38 * MICRO, 42 * MICRO);
        answers(100, 90 * MICRO);
        assertThat(spin.spinNanos()).isBetween(170 * MICRO, 190 * MICRO);
        answers(100, 110 * MICRO);
        assertThat(spin.spinNanos()).isZero();
    }

    @Test
    void aLongTaskEndsTheSpinningForManyShortTasks() {
        begin();
        answers(100, 20 * MICRO);
        answers(1, 5_000 * MICRO);
        answers(10, 20 * MICRO);
        assertThat(spin.spinNanos()).isZero();
        answers(10, 20 * MICRO);
        assertThat(spin.spinNanos()).isPositive();
    }

    @Test
    void aLongTaskEndsThePrefetching() {
        begin();
        answers(100, 2 * MICRO);
        answers(1, PrefetchPolicy.SHORT_NANOS + 1);
        assertThat(prefetch.depth()).isZero();
        answers(15, 2 * MICRO);
        assertThat(prefetch.depth()).isZero();
    }

    @Test
    void aTaskThatPrintsEndsThePrefetching() {
        begin();
        answers(100, 2 * MICRO);
        assertThat(prefetch.answered(now += 2 * MICRO, 1)).isEqualTo(2 * MICRO);
        assertThat(prefetch.depth()).isZero();
        for (int i = 0; i < 16; i++) {
            prefetch.answered(now += 2 * MICRO, 1);
        }
        assertThat(prefetch.depth()).as("depth after 16 answers without output").isPositive();
    }

    @Test
    void aResetEndsThePrefetching() {
        begin();
        answers(100, 2 * MICRO);
        prefetch.reset();
        assertThat(prefetch.depth()).isZero();
    }

    @Test
    void theTimeAtRestCountsForNoTask() {
        begin();
        answers(100, 2 * MICRO);
        now += 1_000_000 * MICRO;
        begin();
        answers(1, 2 * MICRO);
        assertThat(prefetch.depth()).isEqualTo(64);
    }
}
