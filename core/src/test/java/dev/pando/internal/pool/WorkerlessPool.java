package dev.pando.internal.pool;

import dev.pando.Task;
import dev.pando.WhenFull;
import dev.pando.internal.task.TaskCell;
import dev.pando.internal.task.TaskOptions;
import dev.pando.internal.task.WorkerSeat;
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
public final class WorkerlessPool {
    final List<Job> rescued = new ArrayList<>();
    final List<Runnable> alarms = new ArrayList<>();
    final PoolCore pool;

    /** How long a waiting thread spins for a remote worker; {@link #asked} counts the questions. */
    public volatile long soon;

    public final AtomicInteger asked = new AtomicInteger();

    public WorkerlessPool() {
        pool = new PoolCore(new PoolOptions(
                host -> new Nobody(),
                "stage",
                10_000,
                WhenFull.BLOCK,
                TaskOptions.NO_TIMEOUT,
                List.of(),
                List.of(),
                false,
                true,
                new Silent()));
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
            rescued.add(job instanceof RescueJob rescue ? rescue.task() : job);
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

    public TaskCell<Object> task() {
        return task(0, 0);
    }

    public TaskCell<Object> task(int retries, int priority) {
        Task<Object> work = () -> "value";
        return new TaskCell<>(new TaskOptions(pool, "task", 1_000_000, retries, priority), 1, 0, work);
    }

    /** A seat of this thread, which is not the calling thread, or of a remote worker if {@code null}. */
    public WorkerSeat seat(@Nullable Thread worker) {
        WorkerSeat seat = new WorkerSeat(pool, "worker", worker, true);
        seat.leave();
        return seat;
    }
}
