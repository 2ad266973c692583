package dev.pando.internal.process.handle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrefetchPolicyTest {
    private static final long MICRO = 1000;

    private final PrefetchPolicy prefetch = new PrefetchPolicy();
    private final SpinPolicy spin = new SpinPolicy();
    private long now = -5_000_000;

    /** Answers to tasks that were sent to a worker at rest. */
    private void answers(int count, long nanos) {
        answers(count, nanos, false);
    }

    /** Answers to tasks that lay ahead. */
    private void followers(int count, long nanos) {
        answers(count, nanos, true);
    }

    private void answers(int count, long nanos, boolean layAhead) {
        for (int i = 0; i < count; i++) {
            now += nanos;
            spin.answered(prefetch.answered(now, 0, layAhead));
        }
    }

    private void begin() {
        prefetch.sent(now);
    }

    @Test
    void noTaskGoesAheadBeforeSomeAnswers() {
        begin();
        answers(15, 5 * MICRO);
        assertThat(prefetch.depth()).isZero();
        answers(1, 5 * MICRO);
        assertThat(prefetch.depth()).isEqualTo(1);
    }

    @Test
    void whatWakesAWorkerSaysNothingOfItsTasks() {
        begin();
        answers(16, 20_000 * MICRO);
        assertThat(prefetch.depth())
                .as("depth where each wake-up waits for a processor")
                .isEqualTo(1);
        followers(10, 2 * MICRO);
        assertThat(prefetch.depth()).as("depth once tasks followed one another").isEqualTo(240);
    }

    @Test
    void eachAnswerThatFollowsDoublesWhatMayLieAhead() {
        begin();
        answers(16, 5 * MICRO);
        for (int depth = 2; depth <= 128; depth *= 2) {
            followers(1, MICRO);
            assertThat(prefetch.depth()).isEqualTo(depth);
        }
    }

    @Test
    void theShorterTheTasksTheMoreLieAhead() {
        begin();
        answers(16, 5 * MICRO);
        followers(100, 1000 * MICRO);
        assertThat(prefetch.depth()).isEqualTo(1);
        followers(100, 100 * MICRO);
        assertThat(prefetch.depth()).isBetween(4, 5);
        followers(100, 2 * MICRO);
        assertThat(prefetch.depth()).isBetween(200, 240);
    }

    @Test
    void aWorkerThatLostItsProcessorOnceIsNotSlow() {
        begin();
        answers(16, 5 * MICRO);
        followers(100, 2 * MICRO);
        followers(1, 10_000 * MICRO);
        assertThat(prefetch.depth()).isGreaterThan(150);
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
    void slowTasksThatFollowEachOtherSoonEndThePrefetching() {
        begin();
        answers(16, 2 * MICRO);
        prefetch.slow();
        answers(31, 2 * MICRO);
        assertThat(prefetch.depth()).isZero();
        answers(1, 2 * MICRO);
        assertThat(prefetch.depth()).isEqualTo(1);
    }

    @Test
    void theNextTrialComesLaterEachTime() {
        begin();
        answers(16, 2 * MICRO);
        prefetch.slow();
        for (int trial = 32; trial < 1024; trial *= 2) {
            answers(trial, 2 * MICRO);
            prefetch.slow(); // the one after many answers is forgiven
            prefetch.slow();
            answers(2 * trial - 1, 2 * MICRO);
            assertThat(prefetch.depth())
                    .as("depth after one answer less than %d", 2 * trial)
                    .isZero();
        }
    }

    @Test
    void aSlowTaskNowAndThenHalvesWhatMayLieAhead() {
        begin();
        answers(16, 2 * MICRO);
        followers(100, 2 * MICRO);
        prefetch.slow();
        assertThat(prefetch.depth()).isEqualTo(120);
        followers(1, 2 * MICRO);
        assertThat(prefetch.depth()).isEqualTo(240);
    }

    @Test
    void tasksThatAreShortAgainAreTriedAsSoonAsEver() {
        begin();
        prefetch.slow();
        answers(32, 2 * MICRO);
        followers(10, 2 * MICRO);
        prefetch.slow();
        answers(32, 2 * MICRO);
        assertThat(prefetch.depth()).isEqualTo(1);
    }

    @Test
    void aTaskThatPrintsEndsThePrefetching() {
        begin();
        answers(100, 2 * MICRO);
        assertThat(prefetch.answered(now += 2 * MICRO, 1, true)).isEqualTo(2 * MICRO);
        assertThat(prefetch.depth()).isZero();
        for (int i = 0; i < 16; i++) {
            prefetch.answered(now += 2 * MICRO, 1, false);
        }
        assertThat(prefetch.depth()).as("depth after 16 answers without output").isPositive();
    }

    @Test
    void theTimeAtRestCountsForNoTask() {
        begin();
        answers(16, 2 * MICRO);
        followers(100, 2 * MICRO);
        now += 1_000_000 * MICRO;
        begin();
        followers(1, 2 * MICRO);
        assertThat(prefetch.depth()).isGreaterThan(200);
    }
}
