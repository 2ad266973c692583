package dev.pando.internal.worker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.internal.deadlock.CurrentWorker;
import dev.pando.internal.process.wire.CallMessage;
import dev.pando.internal.task.PromiseCell;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The sub-tasks that tasks of this worker have submitted. A thread of its own completes their futures, because the
 * thread that reads runs no code of the user's: to unpack a result may take that, and a callback is nothing else.
 */
final class SubtaskDesk {
    /** How many sub-tasks may be open: what comes beyond is run where it is submitted. Fewer than calls may be open. */
    static final int MOST_OPEN = 512;

    final ParentRequests parent;
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final LinkedBlockingQueue<Runnable> replies = new LinkedBlockingQueue<>();

    @GuardedBy("this")
    private boolean started;

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
            start();
            made.send();
        }
        return made.future();
    }

    private synchronized void start() {
        if (!started) {
            started = true;
            Thread thread = new Thread(null, this::complete, "pando-subtasks", 0, false);
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void complete() {
        while (true) {
            try {
                replies.take().run();
            } catch (InterruptedException strange) {
                // a task may do that
            } catch (Throwable t) {
                System.getLogger("dev.pando").log(System.Logger.Level.ERROR, "completing a sub-task", t);
            }
        }
    }

    /** A sub-task was answered. Called by the thread that reads. */
    void replied(RemoteSubtask<?> subtask, CallMessage.Reply reply) {
        open.decrementAndGet();
        replies.add(() -> subtask.complete(reply));
    }

    /** A sub-task could not be sent. */
    void notSent() {
        open.decrementAndGet();
    }
}
