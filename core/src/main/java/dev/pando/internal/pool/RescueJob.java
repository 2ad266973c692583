package dev.pando.internal.pool;

import dev.pando.internal.deadlock.DeadlockDetector;
import dev.pando.internal.deadlock.WaitingWorker;
import dev.pando.internal.task.TaskCell;
import dev.pando.spi.Cost;
import dev.pando.spi.Failure;
import dev.pando.spi.Job;
import dev.pando.spi.Seat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task that is run out of turn, or else a worker would wait for ever. When it is done, the wait of that worker is
 * looked at once more: it may be for several tasks, of which this was the first, and the worker that ran it goes home.
 */
record RescueJob(TaskCell<?> task, WaitingWorker asking) implements Job {

    @Override
    public void run(Seat seat) {
        task.run(seat);
        DeadlockDetector.examineFor(asking);
    }

    @Override
    public int begin(Seat seat) {
        return task.begin(seat);
    }

    @Override
    public void backInLine() {
        task.backInLine();
    }

    @Override
    public @Nullable Object packedWork() {
        return task.packedWork();
    }

    @Override
    public void stuck(int attempt, List<StackTraceElement> frames) {
        task.stuck(attempt, frames);
    }

    @Override
    public void progress(int attempt, double fraction, String text) {
        task.progress(attempt, fraction, text);
    }

    @Override
    public void cost(int attempt, Cost cost) {
        task.cost(attempt, cost);
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
    public boolean giveBack(int attempt) {
        return task.giveBack(attempt);
    }

    @Override
    public String name() {
        return task.name();
    }
}
