package dev.pando.internal.task;

import dev.pando.PoolException;
import dev.pando.TaskFailedException;
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
        return threw(error, null);
    }

    static TaskFailure threw(Throwable error, @Nullable SubmissionSite sent) {
        return new TaskFailure(carried(error), true, sent, Failure.Lost.UNKNOWN);
    }

    private static Throwable carried(Throwable thrown) {
        Throwable cause = thrown instanceof TaskFailedException own && own.isCarrier() ? own.getCause() : null;
        return cause == null ? thrown : cause;
    }

    static TaskFailure ofPool(PoolException error) {
        return new TaskFailure(error, false, null, Failure.Lost.UNKNOWN);
    }

    /** Returns what {@link TaskFuture#result()} throws. */
    PoolException asThrown(String task) {
        return ofTask ? FailureTable.failed(task, this) : (PoolException) error;
    }
}
