package dev.pando.internal.worker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.PoolException;
import dev.pando.TaskFailedException;
import dev.pando.internal.process.wire.CallMessage;
import dev.pando.internal.shared.CallStatus;
import dev.pando.internal.shared.SharedOperation;
import dev.pando.internal.task.PromiseCell;
import dev.pando.internal.task.PromiseCompleter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A task that a task of this worker has submitted to their pool.
 *
 * <pre>
 *   SENT ──► TAKING ──► MINE     the pool gave it back: the waiting thread runs it
 *    │  ◄────── begun elsewhere
 *    └──► ANSWERED
 * </pre>
 */
final class RemoteSubtask<T extends @Nullable Object> implements PromiseCompleter, OutsideWorker {
    private final SubtaskDesk desk;
    private final Callable<T> work;
    private final SubtaskOptions options;
    private final PromiseCell<T> future;

    /** The question that submitted it. Written by the submitting thread. */
    private volatile int question;

    @GuardedBy("this")
    private Step step = Step.SENT;

    /** The answer came that it was cancelled, while it was being taken back. */
    @GuardedBy("this")
    private boolean cancelledMeanwhile;

    private enum Step {
        SENT,
        TAKING,
        MINE,
        ANSWERED
    }

    RemoteSubtask(SubtaskDesk desk, Callable<T> work, SubtaskOptions options, int number) {
        this.desk = desk;
        this.work = work;
        this.options = options;
        this.future = PromiseCell.of(this, options.name(), number);
    }

    PromiseCell<T> future() {
        return future;
    }

    void send() {
        ParentRequests parent = desk.parent;
        try {
            byte[] packed = parent.packed("the task", work);
            question = parent.calls()
                    .start(
                            parent.run(),
                            SharedOperation.SUBMIT,
                            options.timeoutNanos(),
                            options.numbers(),
                            List.of(packed, options.name().getBytes(StandardCharsets.UTF_8)),
                            reply -> desk.replied(this, reply));
        } catch (Throwable t) {
            desk.notSent();
            throw t;
        }
    }

    /** A thread is about to wait for it: runs it here, if no worker has begun it. */
    void help() {
        synchronized (this) {
            if (step != Step.SENT) {
                return;
            }
            step = Step.TAKING;
        }
        boolean interrupted = Thread.interrupted(); // it is the wait's, which comes after this
        CallMessage.Reply reply = desk.parent.ask(SharedOperation.TAKE_BACK, 0, question, List.of());
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        boolean mine = reply.status() == CallStatus.DONE.number() && reply.amount() == 1;
        boolean cancelled;
        synchronized (this) {
            cancelled = cancelledMeanwhile && !mine;
            if (mine) {
                step = Step.MINE;
            } else if (step == Step.TAKING) {
                step = Step.SENT;
            }
        }
        if (cancelled) {
            var _ = future.cancel(false);
        }
        if (mine) {
            runHere();
        }
    }

    /** Runs it on the calling thread, unless it was cancelled. */
    void runHere() {
        synchronized (this) {
            step = Step.MINE;
        }
        if (future.isDone()) {
            return;
        }
        try (RunLimit limit = RunLimit.of(options)) {
            try {
                T value = work.call();
                if (limit.isOver()) {
                    var _ = future.promiseVerdict(limit.verdict(future.name()));
                } else {
                    var _ = future.promise(value);
                }
            } catch (Throwable t) {
                if (limit.isOver()) {
                    var _ = future.promiseVerdict(limit.verdict(future.name()));
                } else {
                    var _ = future.promiseFailure(t);
                }
            }
        }
    }

    /** Called by a thread of the desk. */
    void complete(CallMessage.Reply reply) {
        boolean isCancelled = reply.status() == CallStatus.DONE.number() && reply.amount() == ParentRequests.CANCELLED;
        synchronized (this) {
            if (step == Step.MINE) {
                return;
            }
            if (isCancelled && step == Step.TAKING) {
                cancelledMeanwhile = true; // by this worker, perhaps, which then runs it
                return;
            }
            step = Step.ANSWERED;
        }
        if (isCancelled) {
            var _ = future.cancel(false);
        } else if (reply.status() == CallStatus.REFUSED.number()) {
            var _ = future.promiseFailure(new RejectedExecutionException(ParentRequests.text(reply)));
        } else if (reply.status() != CallStatus.DONE.number()) {
            var _ = future.promiseFailure(new IllegalStateException(ParentRequests.text(reply)));
        } else {
            settle(reply);
        }
    }

    private void settle(CallMessage.Reply reply) {
        ParentRequests parent = desk.parent;
        List<byte[]> items = ParentRequests.items(reply);
        if (reply.amount() != CallEnd.RETURNED) {
            Throwable thrown = parent.thrown(items);
            if (thrown instanceof PoolException verdict && !(thrown instanceof TaskFailedException)) {
                var _ = future.promiseVerdict(verdict);
            } else {
                var _ = future.promiseFailure(thrown);
            }
            return;
        }
        try {
            var _ = future.promise(parent.unpacked("the result of " + future.name(), items.getFirst()));
        } catch (PoolException notHere) {
            var _ = future.promiseVerdict(notHere);
        }
    }

    @Override
    public void cancelled() {
        if (question != 0) {
            desk.parent.calls().withdraw(question);
        }
        future.completerEnded();
    }

    @Override
    public String worker() {
        return desk.parent.talk().worker();
    }

    @Override
    public String taskName() {
        return future.name();
    }
}
