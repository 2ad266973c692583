package dev.pando.internal.task;

import dev.pando.PoolException;
import dev.pando.TaskFuture;
import dev.pando.spi.Failure;
import dev.pando.spi.SubmissionSite;
import org.jspecify.annotations.Nullable;

/**
 * What a task that failed keeps.
 *
 * @param error what {@link TaskFuture#exception()} returns
 * @param ofTask whether the task threw it; {@code false}: it is the pool's own verdict, a {@link PoolException}
 * @param sent what the task travelled as, if it left this JVM
 * @param step the step at which the worker was lost, or {@link Failure.Lost#UNKNOWN}
 */
record TaskFailure(
        Throwable error, boolean ofTask, @Nullable SubmissionSite sent, int step) {

    static TaskFailure threw(Throwable error) {
        return new TaskFailure(error, true, null, Failure.Lost.UNKNOWN);
    }

    static TaskFailure ofPool(PoolException error) {
        return new TaskFailure(error, false, null, Failure.Lost.UNKNOWN);
    }

    /** Returns what {@link TaskFuture#result()} throws. */
    PoolException asThrown(String task) {
        return ofTask ? FailureTable.failed(task, this) : (PoolException) error;
    }
}
