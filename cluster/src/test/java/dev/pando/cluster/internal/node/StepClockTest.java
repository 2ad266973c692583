package dev.pando.cluster.internal.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.spi.StepNotes;
import dev.pando.spi.Timer;
import dev.pando.testkit.ManualTimer;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The clock of small steps: the timer's for the first ones, then a word that the timer writes while it is wanted. */
class StepClockTest {
    private static final Duration TICK = Duration.ofMillis(1);
    private static final Duration PART = Duration.ofNanos(1);
    private static final int EXACT = 256;

    private final ManualTimer timer = new ManualTimer();
    private final StepClock clock = new StepClock(timer);

    /** Returns the notes of a task that has taken all exact readings. */
    private StepNotes manySteps() {
        StepNotes notes = clock.steps();
        for (int i = 0; i < EXACT; i++) {
            notes.nanoTime();
        }
        return notes;
    }

    @Test
    void theFirstReadingsAreExactAndSetNoAlarm() {
        StepNotes notes = clock.steps();
        for (int i = 0; i < EXACT - 1; i++) {
            timer.advance(PART);
            assertThat(notes.nanoTime()).isEqualTo(timer.nanoTime());
        }
        assertThat(timer.alarms()).isZero();
    }

    @Test
    void furtherReadingsAreThoseOfTheLastTick() {
        StepNotes notes = manySteps();
        long ticked = timer.nanoTime();
        timer.advance(TICK.minus(PART));
        assertThat(notes.nanoTime()).isEqualTo(ticked);
        timer.advance(PART);
        assertThat(notes.nanoTime()).isEqualTo(ticked + TICK.toNanos());
    }

    @Test
    void tasksShareTheTicks() {
        StepNotes one = manySteps();
        StepNotes other = manySteps();
        assertThat(timer.alarms()).isEqualTo(1);
        timer.advance(TICK);
        assertThat(one.nanoTime()).isEqualTo(other.nanoTime()).isEqualTo(timer.nanoTime());
    }

    @Test
    void itGoesOnWhileChunksComeAndRestsAfterTheLast() {
        StepNotes notes = manySteps();
        for (int chunks = 0; chunks < 10; chunks++) {
            timer.advance(TICK.multipliedBy(40));
            assertThat(timer.alarms()).isEqualTo(1);
            manySteps();
        }
        timer.advance(TICK.multipliedBy(100));
        assertThat(timer.alarms()).as("at rest").isZero();
        timer.advance(PART);
        assertThat(notes.nanoTime()).as("exact again").isEqualTo(timer.nanoTime());

        manySteps();
        assertThat(timer.alarms()).as("awake again").isEqualTo(1);
    }

    @Test
    void whereNoAlarmCanBeSetReadingsStayExact() {
        for (Supplier<Error> why : java.util.List.<Supplier<Error>>of(OutOfMemoryError::new, () -> {
            throw new RejectedExecutionException("the node ends");
        })) {
            StepClock without = new StepClock(new Timer() {
                @Override
                public long nanoTime() {
                    return timer.nanoTime();
                }

                @Override
                public Alarm after(long nanos, Runnable alarm) {
                    throw why.get();
                }
            });
            StepNotes notes = without.steps();
            for (int i = 0; i < 2 * EXACT; i++) {
                timer.advance(PART);
                assertThat(notes.nanoTime()).isEqualTo(timer.nanoTime());
            }
        }
    }
}
