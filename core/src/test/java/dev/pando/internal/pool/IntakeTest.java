package dev.pando.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pando.Pool;
import dev.pando.local.Threads;
import dev.pando.spi.Timer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A submission that fails while its task is made: it was counted in, and is counted out again. */
class IntakeTest {

    /** The system's clock, which on the submitting thread throws instead while {@link #scarce}. */
    private static final class ScarceTimer implements Timer {
        private final Thread submitter = Thread.currentThread();
        private boolean scarce;

        @Override
        public long nanoTime() {
            if (Thread.currentThread() == submitter && scarce) {
                throw new OutOfMemoryError("injected");
            }
            return System.nanoTime();
        }

        @Override
        public Alarm after(long nanos, Runnable alarm) {
            return () -> {};
        }
    }

    @Test
    void aTaskThatCouldNotBeMadeIsCountedOut() {
        ScarceTimer timer = new ScarceTimer();
        Pool pool = Pool.with(Threads.of(1)).timer(timer).queue(1).open();
        timer.scarce = true;
        for (int i = 0; i < 3; i++) { // more often than the queue has room
            assertThatThrownBy(() -> pool.submit(() -> "never")).isInstanceOf(OutOfMemoryError.class);
        }
        timer.scarce = false;
        assertThat(pool.stats().queued()).isZero();
        assertThat(pool.stats().submitted()).isZero();
        assertThat(pool.submit(() -> "made").result()).isEqualTo("made");
        assertThat(pool.close(Duration.ofSeconds(20))).isTrue();
    }
}
