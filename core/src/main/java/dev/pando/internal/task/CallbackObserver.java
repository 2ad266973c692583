package dev.pando.internal.task;

import dev.pando.TaskFuture;
import dev.pando.internal.util.FaultKind;
import dev.pando.internal.util.FaultLog;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A user's callback on a task. What it throws is logged, so that other observers are still told. */
public final class CallbackObserver<T extends @Nullable Object> extends TaskObserver {
    private final Consumer<? super TaskFuture<T>> body;

    CallbackObserver(Consumer<? super TaskFuture<T>> body) {
        this.body = body;
    }

    @Override
    boolean isCallback() {
        return true;
    }

    @Override
    @SuppressWarnings("unchecked")
    public // it was registered on a cell of T, and is told of that cell only
    void done(TaskCell<?> cell) {
        try {
            body.accept((TaskCell<T>) cell);
        } catch (Throwable t) {
            FaultLog.tell(FaultKind.CALLBACK, cell, t);
        }
        WorkerSeat seat = WorkerSeat.current();
        if (seat != null) {
            seat.delayed();
        }
    }
}
