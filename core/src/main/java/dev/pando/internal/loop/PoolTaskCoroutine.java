package dev.pando.internal.loop;

import dev.pando.TaskFuture;
import dev.pando.spi.Failure;
import dev.pando.spi.Job;
import dev.pando.spi.Seat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A coroutine that runs a task of a pool. The pool decides what becomes of the task. */
final class PoolTaskCoroutine extends Coroutine {
    private final LoopEngine workers;

    /** Null once the task has ended, so that a coroutine that is still referred to does not keep a result alive. */
    private @Nullable Job job;

    PoolTaskCoroutine(LoopRuntime loop, LoopEngine workers, Job job) {
        super(loop, loop.number());
        this.workers = workers;
        this.job = job;
    }

    @Override
    public String name() {
        Job mine = job;
        return mine == null ? "task" : mine.name();
    }

    @Override
    @Nullable
    TaskFuture<?> future() {
        return job instanceof TaskFuture<?> task ? task : null;
    }

    @Override
    void perform() {
        Job mine = Objects.requireNonNull(job);
        Seat seat = seatOrNull(mine);
        if (seat == null) {
            return;
        }
        try {
            mine.run(seat);
        } finally {
            leave(seat);
        }
    }

    private void leave(Seat seat) {
        job = null;
        try {
            seat.leave();
        } finally {
            Thread.interrupted(); // a late interrupt is not for the next coroutine of this thread
            workers.taskEnded();
        }
    }

    /** Returns a seat for the task. Returns null if there is no memory for one: the task is in line again then. */
    private @Nullable Seat seatOrNull(Job mine) {
        try {
            return workers.host().visit(false);
        } catch (Throwable t) {
            job = null;
            workers.couldNotBegin(mine);
            return null;
        }
    }

    @Override
    void cannotBegin(Throwable why) {
        Job mine = Objects.requireNonNull(job);
        Seat seat = seatOrNull(mine);
        if (seat == null) {
            return;
        }
        try {
            int attempt = mine.begin(seat);
            if (attempt != 0) {
                mine.fail(attempt, Failure.threw(why));
            }
        } finally {
            leave(seat);
        }
    }

    /** Does nothing: the pool stops its tasks itself. */
    @Override
    void abandon() {}
}
