package dev.pando.dashboard.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is kept of many tasks is bounded, and fair. */
class SampleTest {
    private static final long SECOND = 1_000_000_000L;

    /** Returns how many of so many tasks, spread over one second, are taken. */
    private static int taken(SampleRate rate, int tasks, long start) {
        int taken = 0;
        for (int i = 0; i < tasks; i++) {
            if (rate.picks() && rate.take(start + i * (SECOND / tasks))) {
                taken++;
            }
        }
        return taken;
    }

    @Test
    void fewTasksAreAllTaken() {
        SampleRate rate = new SampleRate(0);
        assertThat(taken(rate, 1_000, 0)).isEqualTo(1_000);
        assertThat(rate.oneOf()).isEqualTo(1);
    }

    @Test
    void ofManyTasksOneOfSoManyIsTakenAndLaterAllAgain() {
        SampleRate rate = new SampleRate(0);
        taken(rate, 500_000, 0);
        assertThat(taken(rate, 500_000, SECOND))
                .as("at most 200 in a tenth of a second")
                .isBetween(1, 2_200);
        assertThat(rate.oneOf()).isGreaterThan(100);
        for (int second = 2; second < 30; second++) {
            taken(rate, 1_000, second * SECOND);
        }
        assertThat(taken(rate, 1_000, 30 * SECOND)).isEqualTo(1_000);
    }

    @Test
    void theRingKeepsTheLastBars() {
        BarRing ring = new BarRing(3);
        assertThat(ring.after(0, 10)).isEmpty();
        for (int task = 1; task <= 5; task++) {
            ring.add(0, "w", "t", task, 0, 1, 's');
        }
        assertThat(ring.after(0, 10)).extracting(TaskBar::task).containsExactly(3L, 4L, 5L);
        assertThat(ring.after(0, 2)).extracting(TaskBar::task).containsExactly(3L, 4L);
        assertThat(ring.after(4, 10)).extracting(TaskBar::task).containsExactly(5L);
        assertThat(ring.after(5, 10)).isEmpty();
        assertThat(ring.after(ring.before(2), 10)).extracting(TaskBar::task).containsExactly(4L, 5L);
    }

    @Test
    void percentilesAreThoseOfTheLastTimes() {
        TimeSample sample = new TimeSample();
        assertThat(sample.percentiles()).isEmpty();
        sample.add(7);
        assertThat(sample.percentiles()).containsExactly(7, 7, 7);
        for (int time = 0; time < 100_000; time++) {
            sample.add(time);
        }
        assertThat(sample.percentiles()[0]).isBetween(99_000L, 99_999L);
        assertThat(sample.percentiles()).isSorted();
    }

    @Test
    void theLogKeepsTheLastIncidentsNewestFirst() {
        IncidentLog log = new IncidentLog();
        for (int i = 1; i <= 250; i++) {
            log.add(0, "failed", "task-" + i, "w", "", "");
        }
        assertThat(log.all()).hasSize(200);
        assertThat(log.all().getFirst().subject()).isEqualTo("task-250");
    }

    @Test
    void anExceptionThatCannotSayWhatItIsIsNamed() {
        RuntimeException unspeakable = new RuntimeException() {
            @Override
            public String toString() {
                throw new IllegalStateException("no words");
            }
        };
        assertThat(IncidentText.title(unspeakable)).startsWith(SampleTest.class.getName());
        assertThat(IncidentText.detail(unspeakable)).contains("    at ");
        assertThat(IncidentText.title(new RuntimeException("x".repeat(100_000))))
                .hasSizeLessThan(400);
    }
}
