package dev.pando.internal.process.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times are in milliseconds, on a clock that may have begun anywhere. */
class CrashBackoffTest {
    private final CrashBackoff backoff = new CrashBackoff();

    private boolean mayLaunch(long now) {
        return backoff.mayLaunch(now * 1_000_000);
    }

    private long due() {
        return backoff.due() == WorkerScheduler.NEVER ? -1 : backoff.due() / 1_000_000;
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE / 1_000_000, -1, 0, 1_000_000_000_000L})
    void inFairWeatherEverybodyMayStart(long now) {
        assertThat(mayLaunch(now)).isTrue();
        assertThat(due()).isEqualTo(-1);
    }

    @Test
    void eachFailureToStartWaitsTwiceAsLongAsTheOneBeforeUpToTwoSeconds() {
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            backoff.failedToStart(0);
            assertThat(mayLaunch(0)).isFalse();
            pauses.add(due());
            assertThat(mayLaunch(due() - 1)).isFalse();
            assertThat(mayLaunch(due())).isTrue();
        }
        assertThat(pauses).containsExactly(50L, 100L, 200L, 400L, 800L, 1600L, 2000L, 2000L);
    }

    @Test
    void thousandsOfFailuresWaitNoLonger() {
        for (int i = 0; i < 10_000; i++) {
            backoff.failedToStart(0);
            backoff.died(0, 0);
        }
        mayLaunch(0);
        assertThat(due()).isEqualTo(2000);
    }

    @Test
    void nobodyIsToldToComeBackUnlessSomebodyWasHeldBack() {
        backoff.failedToStart(0);
        assertThat(due()).isEqualTo(-1);
        mayLaunch(0);
        assertThat(due()).isEqualTo(50);
        backoff.tick(49_000_000);
        assertThat(due()).isEqualTo(50);
        backoff.tick(50_000_000);
        assertThat(due()).isEqualTo(-1);
    }

    @Test
    void threeFailuresInARowAreHopelessUnlessOneWasEverReadyAndThenEight() {
        for (int i = 1; i <= 3; i++) {
            assertThat(backoff.isHopeless()).isFalse();
            backoff.failedToStart(0);
        }
        assertThat(backoff.isHopeless()).isTrue();
        backoff.ready();
        assertThat(backoff.isHopeless()).isFalse();
        for (int i = 1; i <= 8; i++) {
            assertThat(backoff.isHopeless()).isFalse();
            backoff.failedToStart(0);
        }
        assertThat(backoff.isHopeless()).isTrue();
        assertThat(backoff.everReady()).isTrue();
    }

    @Test
    void theFirstDeathsAreHarmless() {
        for (int i = 0; i < 6; i++) {
            backoff.died(0, 6);
        }
        assertThat(mayLaunch(0)).isTrue();
        backoff.died(0, 6);
        assertThat(mayLaunch(0)).isFalse();
        assertThat(due()).isEqualTo(50);
    }

    @Test
    void anAnswerEndsTheStormAndWhoeverWasHeldBackIsDueAtOnce() {
        for (int i = 0; i < 9; i++) {
            backoff.died(0, 0);
        }
        mayLaunch(0);
        backoff.answered(7_000_000);
        assertThat(due()).isEqualTo(7);
        assertThat(mayLaunch(7)).isTrue();
        backoff.died(8_000_000, 1);
        assertThat(mayLaunch(8)).as("a launch after the count began anew").isTrue();
    }

    @Test
    void anAnswerSaysNothingAboutThoseWhoCannotStart() {
        backoff.ready();
        backoff.failedToStart(0);
        backoff.answered(1_000_000);
        assertThat(mayLaunch(1)).isFalse();
    }
}
