package dev.pando;

import dev.pando.spi.Failure;
import dev.pando.spi.Job;
import dev.pando.spi.Seat;
import org.jspecify.annotations.Nullable;

/**
 * A task that is run out of turn, because somebody would else wait for ever. When it is done, that somebody's wait is
 * looked at once more: it may be for several tasks, of which this was the first, and the worker that ran it goes home.
 */
record Rescue(TaskCell<?> task, PoolSeat asking) implements Job {

    @Override
    public void run(Seat seat) {
        task.run(seat);
        Knot.examineFor(asking);
    }

    @Override
    public int begin(Seat seat) {
        return task.begin(seat);
    }

    @Override
    public Object cargo() {
        return task.cargo();
    }

    @Override
    public boolean succeed(int attempt, @Nullable Object value) {
        return task.succeed(attempt, value);
    }

    @Override
    public boolean fail(int attempt, Failure failure) {
        return task.fail(attempt, failure);
    }

    @Override
    public String name() {
        return task.name();
    }
}
