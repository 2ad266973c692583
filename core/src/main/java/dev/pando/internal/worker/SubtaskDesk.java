package dev.pando.internal.worker;

import dev.pando.internal.deadlock.CurrentWorker;
import dev.pando.internal.process.wire.CallMessage;
import dev.pando.internal.task.PromiseCell;
import dev.pando.internal.util.HelperThreads;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The sub-tasks that tasks of this worker have submitted. Threads of their own complete the futures, because the thread
 * that reads runs no code of the user's: to unpack a result may take that, and a callback is nothing else. Not one
 * thread for all of them, because a callback may wait for another sub-task.
 */
final class SubtaskDesk {
    /** How many sub-tasks may be open: what comes beyond is run where it is submitted. Fewer than calls may be open. */
    static final int MOST_OPEN = 512;

    final ParentRequests parent;
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final HelperThreads threads = new HelperThreads(
            Thread.ofPlatform().daemon().name("pando-subtasks-", 1).factory());

    SubtaskDesk(ParentRequests parent) {
        this.parent = parent;
    }

    <T extends @Nullable Object> PromiseCell<T> submit(Callable<T> work, SubtaskOptions options) {
        if (CurrentWorker.get() == null) {
            CurrentWorker.set(new SubtaskWaiter(parent.talk().worker()));
        }
        RemoteSubtask<T> made = new RemoteSubtask<>(this, work, options, numbers.incrementAndGet());
        if (open.incrementAndGet() > MOST_OPEN) {
            open.decrementAndGet();
            made.runHere();
        } else {
            made.send();
        }
        return made.future();
    }

    /** A sub-task was answered. Called by the thread that reads. */
    void replied(RemoteSubtask<?> subtask, CallMessage.Reply reply) {
        open.decrementAndGet();
        try {
            threads.execute(() -> subtask.complete(reply));
        } catch (Throwable noThread) {
            subtask.complete(reply); // here, or else its future would never end
        }
    }

    /** A sub-task could not be sent. */
    void notSent() {
        open.decrementAndGet();
    }
}
