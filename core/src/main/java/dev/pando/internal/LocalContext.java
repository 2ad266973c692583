package dev.pando.internal;

import dev.pando.DeadlineExceededException;
import dev.pando.Submitter;
import dev.pando.TaskFailedException;
import dev.pando.internal.pool.PoolCore;
import dev.pando.internal.task.TaskCell;
import dev.pando.internal.task.TaskOptions;
import dev.pando.internal.task.WorkerSeat;
import dev.pando.internal.worker.OfferedCall;
import dev.pando.internal.worker.TaskContext;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What a task asks that runs on a thread of this program. The task's thread. */
record LocalContext(WorkerSeat seat, TaskCell<?> task) implements TaskContext {

    private PoolCore core() {
        return (PoolCore) Objects.requireNonNull(task.pool());
    }

    @Override
    public void progress(double fraction, String text) {
        task.progress(task.attempts(), fraction, text);
    }

    @Override
    public boolean isStopping() {
        return task.isUnwanted(task.attempts());
    }

    @Override
    public String workerName() {
        return seat.worker();
    }

    @Override
    public int attempt() {
        return task.attempts();
    }

    @Override
    public Submitter pool() {
        return new SubmitterImpl(core(), new TaskOptions(core(), "subtask", TaskOptions.NO_TIMEOUT, 0, 0));
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals")
    public <R extends @Nullable Object> R call(String name, @Nullable Object argument, long nanos)
            throws InterruptedException {
        OfferedCall offered = core().services().offered(name);
        if (offered == null) {
            throw new IllegalArgumentException(core().services().notOffered(name));
        }
        offered.checkArgument(argument);
        try {
            return cast(nanos == Long.MAX_VALUE ? offered.apply(argument) : timed(offered, argument, nanos));
        } catch (InterruptedException | DeadlineExceededException mine) {
            throw mine;
        } catch (ExecutionException e) {
            throw failed(offered, nanos == Long.MAX_VALUE || e.getCause() == null ? e : e.getCause());
        } catch (Exception e) {
            throw failed(offered, e);
        }
    }

    private static TaskFailedException failed(OfferedCall offered, Throwable thrown) {
        return new TaskFailedException("what the program offers as " + offered.name() + " failed: " + thrown, thrown);
    }

    /** On a thread of its own, or else it could not be left behind. The close of the pool waits for that thread. */
    private @Nullable Object timed(OfferedCall offered, @Nullable Object argument, long nanos)
            throws InterruptedException, ExecutionException {
        FutureTask<@Nullable Object> call = new FutureTask<>(() -> offered.apply(argument));
        core().lifecycle.startThread(core().name() + "-call", call);
        try {
            return call.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw new DeadlineExceededException(
                    "what the program offers as " + offered.name() + " gave no result in time");
        } finally {
            call.cancel(true);
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"}) // the caller says what comes
    private static <R extends @Nullable Object> R cast(@Nullable Object result) {
        return (R) result;
    }
}
