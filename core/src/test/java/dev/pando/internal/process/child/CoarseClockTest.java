package dev.pando.internal.process.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The clock follows the system's while it is wanted, rests when it is not, and does without its thread. */
@Timeout(60)
class CoarseClockTest {
    private Thread ticking;
    private int started;

    private final CoarseClock clock = new CoarseClock() {
        @Override
        Thread newThread(Runnable body) {
            ticking = super.newThread(body);
            started++;
            return ticking;
        }
    };

    @Test
    void isTheSystemsClockUntilItIsWanted() {
        long before = System.nanoTime();
        long read = clock.nanoTime();
        assertThat(read - before).isNotNegative();
        assertThat(System.nanoTime() - read).isNotNegative();
        assertThat(started).isZero();
    }

    @Test
    void passesEachMomentAndIsNeverAhead() {
        clock.want();
        for (int i = 0; i < 20; i++) {
            awaitMoment(System.nanoTime());
        }
        assertThat(ticking.isDaemon()).isTrue();
    }

    @Test
    void restsWhenItIsNotWantedAndTicksAgainWithTheSameThread() {
        for (int i = 0; i < 3; i++) {
            clock.want();
            awaitTicking();
            while (!clock.isResting()) {
                Thread.onSpinWait();
            }
        }
        assertThat(started).isEqualTo(1);
    }

    /** A task may interrupt every thread that it finds; with its flag set a thread parks no more, and would spin. */
    @Test
    void outlivesAnInterrupt() {
        clock.want();
        awaitTicking();
        ticking.interrupt();
        while (ticking.isInterrupted()) {
            Thread.onSpinWait();
        }
        awaitMoment(System.nanoTime());
    }

    @Test
    void isTheSystemsClockWhereNoThreadCanBeStarted() {
        CoarseClock without = new CoarseClock() {
            @Override
            Thread newThread(Runnable body) {
                started++;
                throw new OutOfMemoryError("unable to create native thread");
            }
        };
        without.want();
        without.want();
        assertThat(without.isResting()).isTrue();
        long before = System.nanoTime();
        assertThat(without.nanoTime() - before).isNotNegative();
        assertThat(started).as("asks for a thread once").isEqualTo(1);
    }

    private void awaitTicking() {
        while (clock.isResting()) {
            LockSupport.parkNanos(100_000);
            clock.want();
        }
    }

    private void awaitMoment(long moment) {
        long read;
        do {
            clock.want();
            read = clock.nanoTime();
            assertThat(System.nanoTime() - read).as("behind by").isNotNegative();
        } while (read - moment < 0);
    }
}
