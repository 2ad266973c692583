package dev.pando.loop;

import dev.pando.spi.Failure;
import dev.pando.spi.Job;
import dev.pando.spi.Seat;

/** A coroutine that runs a task of a pool. What becomes of the task is the pool's affair. */
final class PoolTask extends Coroutine {
    private final LoopWorkers workers;
    private final Job job;

    PoolTask(LoopEngine loop, LoopWorkers workers, Job job) {
        super(loop, loop.number());
        this.workers = workers;
        this.job = job;
    }

    @Override
    String name() {
        return job.name();
    }

    @Override
    void perform() {
        Seat seat = workers.host().visit(false);
        try {
            job.run(seat);
        } finally {
            seat.leave();
            Thread.interrupted(); // what it leaves behind is not for the next one
            workers.left();
        }
    }

    @Override
    void cannotBegin(Throwable why) {
        Seat seat = workers.host().visit(false);
        int attempt = job.begin(seat);
        if (attempt != 0) job.fail(attempt, new Failure.Threw(why));
        seat.leave();
        workers.left();
    }

    /** Its pool stops it. */
    @Override
    void abandon() {}
}
