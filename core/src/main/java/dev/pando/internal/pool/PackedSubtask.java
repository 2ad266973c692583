package dev.pando.internal.pool;

import dev.pando.internal.task.TaskCell;
import dev.pando.internal.worker.TaskServices.AcceptedSubtask;
import dev.pando.internal.worker.TaskServices.SubtaskListener;
import org.jspecify.annotations.Nullable;

/** A sub-task that a worker has packed, as that worker's handle sees it. */
record PackedSubtask(TaskCell<@Nullable Object> task) implements AcceptedSubtask {

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return task.cancel(mayInterruptIfRunning);
    }

    @Override
    public void whenEnded(SubtaskListener listener) {
        var _ = task.onDone(done -> {
            if (done.isCancelled()) {
                listener.cancelled();
                return;
            }
            Throwable error = done.exception();
            if (error == null) {
                listener.returned(done.resultNow());
            } else {
                listener.failed(error);
            }
        });
    }
}
