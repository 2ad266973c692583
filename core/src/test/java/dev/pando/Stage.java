package dev.pando;

import dev.pando.spi.Job;
import dev.pando.spi.PrefetchingEngine;
import dev.pando.spi.Seat;
import dev.pando.spi.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A pool without workers, whose clock stands and whose alarms the test rings: the test's own threads are its workers.
 */
final class Stage {
    final List<Job> rescued = new ArrayList<>();
    final List<Runnable> alarms = new ArrayList<>();
    final PoolCore pool;

    /** How long a waiting thread spins for a remote worker; {@link #asked} counts the questions. */
    volatile long soon;

    final AtomicInteger asked = new AtomicInteger();

    Stage() {
        pool = new PoolCore(new PoolOptions(host -> new Nobody(), "stage", 10_000, WhenFull.BLOCK, Terms.NO_TIMEOUT, List.of(), List.of(), false, new Silent()));
    }

    private final class Nobody implements PrefetchingEngine {
        @Override
        public int width() {
            return 1;
        }

        @Override
        public void wake() {}

        @Override
        public long soon(Seat seat) {
            asked.incrementAndGet();
            return soon;
        }

        @Override
        public void catchUp() {}

        @Override
        public int regain() {
            return 0;
        }

        @Override
        public void rescue(Job job) {
            rescued.add(job instanceof Rescue rescue ? rescue.task() : job);
        }
    }

    private final class Silent implements Timer {
        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public Alarm after(long nanos, Runnable alarm) {
            alarms.add(alarm);
            return () -> alarms.remove(alarm);
        }
    }

    TaskCell<Object> task() {
        return task(0, 0);
    }

    TaskCell<Object> task(int retries, int priority) {
        Task<Object> work = () -> "value";
        return new TaskCell<>(new Terms(pool, "task", 1_000_000, retries, priority), 1, 0, work);
    }

    /** A seat of this thread, which is not the calling thread, or of a remote worker if {@code null}. */
    PoolSeat seat(@Nullable Thread worker) {
        PoolSeat seat = new PoolSeat(pool, "worker", worker, true);
        seat.leave();
        return seat;
    }
}
