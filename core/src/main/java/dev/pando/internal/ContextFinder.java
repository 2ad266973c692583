package dev.pando.internal;

import dev.pando.internal.process.wire.ParentTalk;
import dev.pando.internal.task.TaskCell;
import dev.pando.internal.task.WorkerSeat;
import dev.pando.internal.worker.GuestContext;
import dev.pando.internal.worker.RemoteContext;
import dev.pando.internal.worker.TaskContext;

/** Finds what the calling thread's task may ask: of a pool of this program, of a node, or of this worker's parent. */
public final class ContextFinder {
    private ContextFinder() {}

    /** @param asked the method of {@link dev.pando.Worker}, for the message */
    public static TaskContext find(String asked) {
        WorkerSeat seat = WorkerSeat.current();
        TaskCell<?> task = seat == null ? null : seat.running;
        if (task != null && seat != null) {
            return new LocalContext(seat, task);
        }
        GuestContext guest = GuestContext.find();
        if (guest != null) {
            return guest;
        }
        ParentTalk parent = ParentTalk.ofThisProgram();
        if (parent == null || parent.run() <= 0) {
            throw new IllegalStateException("Worker." + asked + " is for the code of a task, and thread "
                    + Thread.currentThread().getName() + " runs none, or one of a pool whose workers cannot ask it");
        }
        return RemoteContext.of(parent);
    }
}
