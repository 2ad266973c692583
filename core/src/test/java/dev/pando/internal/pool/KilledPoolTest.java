package dev.pando.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pando.Pool;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.spi.DirectEngine;
import dev.pando.spi.Failure;
import dev.pando.spi.Failure.Progress;
import dev.pando.spi.Host;
import dev.pando.spi.Job;
import dev.pando.spi.Seat;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A pool that is killed at the wrong moment. */
class KilledPoolTest {
    private Host host;
    private Pool pool;
    private int taken;

    /** Kills the pool when a task is about to be put in line again: the queue was emptied then. */
    private final class Killing implements DirectEngine {
        @Override
        public boolean take(Job job) {
            if (++taken == 2) {
                pool.kill();
            }
            return false;
        }

        @Override
        public int width() {
            return 1;
        }

        @Override
        public void wake() {
            if (host.over()) {
                host.ended();
            }
        }

        @Override
        public void rescue(Job job) {
            throw new IllegalStateException("nothing waits here");
        }
    }

    @Test
    void aTaskThatIsTriedAgainWhileThePoolIsKilledEnds() throws Exception {
        pool = Pool.open(where -> {
            host = where;
            return new Killing();
        });
        TaskFuture<Integer> future = pool.retries(1).submit((Task<Integer>) () -> 1);
        Seat seat = host.arrive("worker", null);
        Job job = Objects.requireNonNull(host.next());
        int attempt = job.begin(seat);
        job.fail(attempt, new Failure.Lost(Progress.MAY_HAVE_RUN, Failure.Death.of("killed", 1)));
        assertThat(taken).isEqualTo(2);
        assertThat(future.isCancelled()).isTrue();
        assertThat(pool.stats().queued()).isZero();
        seat.leave();
        pool.close(Duration.ofSeconds(20));
        assertThat(pool.isTerminated()).isTrue();
    }
}
