package dev.pando.internal.pool;

import dev.pando.WhenFull;
import dev.pando.internal.task.TaskCell;
import dev.pando.internal.task.TaskOptions;
import dev.pando.internal.task.WorkerSeat;
import dev.pando.spi.DirectEngine;
import dev.pando.spi.Failure;
import dev.pando.spi.Job;
import dev.pando.spi.Timer;
import java.util.List;

/** A pool without workers, in which the scenarios run: the actors are its workers. */
final class StressPool {

    /** An engine that does nothing. */
    private static final class Nobody implements DirectEngine {
        @Override
        public int width() {
            return Integer.MAX_VALUE;
        }

        @Override
        public void wake() {}

        @Override
        public void rescue(Job job) {}

        /** Drops the job, or else the retries of a million scenarios would pile up in a queue. */
        @Override
        public boolean take(Job job) {
            return true;
        }
    }

    /** A clock that stands still and runs no timer: the actors call the deadlines. */
    private static final class Silent implements Timer {
        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public Alarm after(long nanos, Runnable alarm) {
            return () -> {};
        }
    }

    private static final PoolCore POOL = new PoolCore(new PoolOptions(
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

    /** A loss, after which a task is tried again. */
    static final Failure LOST = new Failure.Lost(Failure.Progress.NOT_STARTED, Failure.Death.of("lost", 0));

    private StressPool() {}

    static PoolCore pool() {
        return POOL;
    }

    static TaskCell<Object> task() {
        return task(0);
    }

    static TaskCell<Object> task(int priority) {
        return new TaskCell<>(new TaskOptions(POOL, "task", TaskOptions.NO_TIMEOUT, 0, priority), 1, 0, "work");
    }

    /** Returns a task with a timeout and one retry. */
    static TaskCell<Object> retried() {
        return new TaskCell<>(new TaskOptions(POOL, "task", 1_000_000, 1, 0), 1, 0, "work");
    }

    /** Seats the calling actor, which must leave the seat again. */
    static WorkerSeat sit() {
        return new WorkerSeat(POOL, "actor", Thread.currentThread(), true);
    }

    /** Returns a seat of another thread. */
    static WorkerSeat sit(Thread other) {
        WorkerSeat seat = new WorkerSeat(POOL, "other", other, true);
        seat.leave();
        return seat;
    }
}
