package dev.pando.loop;

import dev.pando.spi.Failure;
import dev.pando.spi.Job;
import dev.pando.spi.Seat;
import org.jspecify.annotations.Nullable;

/** A coroutine that runs a task of a pool. What becomes of the task is the pool's affair. */
final class PoolTask extends Coroutine {
    private final LoopWorkers workers;
    /** Until it ends: what became of it is not kept here. */
    private @Nullable Job job;

    PoolTask(LoopEngine loop, LoopWorkers workers, Job job) {
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
    void perform() {
        Job mine = job;
        Seat seat = workers.host().visit(false);
        try {
            if (mine != null) mine.run(seat);
        } finally {
            job = null;
            seat.leave();
            Thread.interrupted(); // what it leaves behind is not for the next one
            workers.taskEnded();
        }
    }

    @Override
    void cannotBegin(Throwable why) {
        Job mine = job;
        Seat seat = workers.host().visit(false);
        int attempt = mine == null ? 0 : mine.begin(seat);
        if (mine != null && attempt != 0) mine.fail(attempt, new Failure.Threw(why));
        job = null;
        seat.leave();
        workers.taskEnded();
    }

    /** Its pool stops it. */
    @Override
    void abandon() {}
}
