package dev.pando.internal.actor;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pando.ActorOptions;
import dev.pando.Fn;
import dev.pando.PoolException;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.TaskTimeoutException;
import dev.pando.internal.pool.PoolCore;
import dev.pando.internal.pool.VisibleActor;
import dev.pando.internal.task.PromiseCell;
import dev.pando.internal.util.ThrowableText;
import dev.pando.internal.util.Uninterruptibly;
import dev.pando.shared.SharedClosedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One actor: which calls wait, which one the object has, and which life of the object this is. Any thread. The lock is
 * held while nothing waits and no code of the user's runs.
 *
 * <pre>
 *   OPEN ──► CLOSING ──► ENDED        a life ends in between: the next begins, or else ENDED
 * </pre>
 */
final class ActorRun<S> {
    private final PoolCore core;
    private final Task<S> factory;
    private final ActorOptions options;
    private final boolean dedicated;
    private final VisibleActor poolCloses = new PoolTie();

    @GuardedBy("this")
    private final ArrayDeque<ActorCall<S>> waiting = new ArrayDeque<>();

    @GuardedBy("this")
    private @Nullable ActorCall<S> current;

    @GuardedBy("this")
    private @Nullable ActorLife<S> life;

    @GuardedBy("this")
    private int restartsLeft;

    @GuardedBy("this")
    private long numbers;

    @GuardedBy("this")
    private boolean closing;

    /** Why there is no object any more; {@code null}: there is one, or will be. */
    @GuardedBy("this")
    private @Nullable Throwable ended;

    private final PromiseCell<@Nullable Void> end = new PromiseCell<>();

    /** What the pool has of the actor: told when the pool begins to close, and asked by tools. */
    private final class PoolTie implements VisibleActor {
        @Override
        public void run() {
            beginClose();
        }

        @Override
        public String name() {
            return options.name();
        }

        @Override
        public int waitingCalls() {
            synchronized (ActorRun.this) {
                return waiting.size();
            }
        }
    }

    ActorRun(PoolCore core, Task<S> factory, ActorOptions options) {
        this.core = core;
        this.factory = factory;
        this.options = options;
        this.restartsLeft = options.restarts();
        boolean takesLast = core.services().actors().incrementAndGet() >= core.width();
        this.dedicated = options.isDedicated() || takesLast;
        if (dedicated) {
            core.services().actors().decrementAndGet();
        }
    }

    String name() {
        return options.name();
    }

    /** Begins the first life, or throws and has done nothing. */
    void open() {
        core.lifecycle.whenClosing(poolCloses);
        try {
            begin();
        } catch (Throwable t) {
            core.lifecycle.forget(poolCloses);
            leaveWorker();
            throw t;
        }
    }

    private void begin() {
        ActorLife<S> born = ActorLife.begin(core, factory, options, dedicated);
        synchronized (this) {
            life = born;
        }
        core.lifecycle.startThread(core.name() + "-" + name(), () -> born.readAnswers(this::answered));
        var _ = born.task().onDone(done -> lifeEnded(born, done));
    }

    TaskFuture<@Nullable Object> call(Fn<S, @Nullable Object> fn, long timeoutNanos) {
        ActorCall<S> call;
        synchronized (this) {
            if (closing || ended != null) {
                throw new RejectedExecutionException("actor " + name() + " of pool " + core.name()
                        + (ended == null || ended instanceof EndInOrder
                                ? " is closed"
                                : " has ended: " + ThrowableText.describe(ended)));
            }
            call = new ActorCall<>(this, name(), ++numbers, fn, timeoutNanos);
            waiting.add(call);
        }
        sendNext();
        return call.future;
    }

    /** Sends the next call, if the object is free. */
    private void sendNext() {
        while (true) {
            ActorCall<S> next;
            ActorLife<S> to;
            synchronized (this) {
                to = life;
                if (to == null || current != null) {
                    return;
                }
                do {
                    next = waiting.poll();
                } while (next != null && !begins(next));
                current = next;
                if (next == null) {
                    if (closing) {
                        to.endCalls();
                    }
                    return;
                }
            }
            try {
                setAlarm(next);
                to.send(next.fn);
                return;
            } catch (Throwable t) { // it cannot travel, say
                if (t instanceof SharedClosedException && to.task().isDone()) {
                    return; // the object ended meanwhile, and its end tells this call why
                }
                if (release(next)) {
                    next.failed(t);
                }
            }
        }
    }

    /** Returns whether the call still wants to begin: it was not cancelled. */
    private boolean begins(ActorCall<S> call) {
        return call.future.toRunning() != 0;
    }

    private synchronized void setAlarm(ActorCall<S> call) {
        if (call.timeoutNanos != Long.MAX_VALUE) {
            call.alarm = core.timer().after(call.timeoutNanos, () -> expire(call));
        }
    }

    /** The object is rid of this call. Returns false if it had another, or none. */
    private synchronized boolean release(ActorCall<S> call) {
        if (current != call) {
            return false;
        }
        current = null;
        if (call.alarm != null) {
            call.alarm.cancel();
        }
        return true;
    }

    private void answered(ActorLife<S> of, @Nullable Object[] answer) {
        ActorCall<S> call;
        synchronized (this) {
            call = life == of ? current : null;
        }
        if (call != null && release(call)) {
            call.answered(answer);
        }
        sendNext();
    }

    private void expire(ActorCall<S> call) {
        ActorLife<S> at;
        synchronized (this) {
            at = current == call ? life : null;
        }
        if (at != null) {
            call.failed(new TaskTimeoutException(
                    call.future.name() + " did not end within its " + call.timeoutNanos / 1_000_000 + " ms",
                    new StackTraceElement[0]));
            at.stop();
        }
    }

    /** The future of this call was cancelled. */
    void cancelled(ActorCall<S> call) {
        ActorLife<S> at;
        synchronized (this) {
            at = current == call ? life : null;
            if (at == null) {
                waiting.remove(call);
            }
        }
        if (at != null) {
            at.stop();
        }
    }

    private void lifeEnded(ActorLife<S> over, TaskFuture<?> task) {
        over.closeQueues();
        Throwable why;
        try {
            why = task.exception();
        } catch (CancellationException stopped) {
            why = new ActorStopped("the object of actor " + name()
                    + " was stopped, with a call that was cancelled or took too long; it may be restarted "
                    + options.restarts() + " times");
        }
        boolean again;
        ActorCall<S> lost;
        synchronized (this) {
            lost = current;
            life = null;
            again = (why instanceof PoolException || why instanceof ActorStopped)
                    && restartsLeft > 0
                    && (!closing || !waiting.isEmpty());
            restartsLeft -= again ? 1 : 0;
        }
        if (lost != null && release(lost)) {
            lost.failed(why == null ? new EndInOrder("the actor has ended") : why);
        }
        if (again) {
            try {
                begin();
                sendNext();
                return;
            } catch (Throwable noMore) { // the pool takes no more tasks, say
                why = noMore;
            }
        }
        endAll(why == null ? new EndInOrder("the actor was closed") : why);
    }

    private void endAll(Throwable why) {
        List<ActorCall<S>> left;
        synchronized (this) {
            ended = why;
            left = new ArrayList<>(waiting);
            waiting.clear();
        }
        for (ActorCall<S> call : left) {
            call.failed(why);
        }
        core.lifecycle.forget(poolCloses);
        leaveWorker();
        var _ = end.promise(null);
    }

    private void leaveWorker() {
        if (!dedicated) {
            core.services().actors().decrementAndGet();
        }
    }

    synchronized boolean isOpen() {
        return !closing && ended == null;
    }

    /** Takes no more calls; the object ends after those that were made. */
    private void beginClose() {
        synchronized (this) {
            closing = true;
        }
        sendNext();
    }

    void close() {
        beginClose();
        Uninterruptibly.await(this::awaitEnd, this::stop);
    }

    private void awaitEnd() throws InterruptedException {
        try {
            end.get();
        } catch (ExecutionException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private void stop() {
        ActorLife<S> at;
        synchronized (this) {
            at = life;
        }
        if (at != null) {
            at.stop();
        }
    }

    /** The object was stopped with a call that was cancelled or too long: as if its worker had been lost. */
    private static final class ActorStopped extends IllegalStateException {
        private static final long serialVersionUID = 1;

        ActorStopped(String message) {
            super(message);
        }
    }

    /** The actor was closed. */
    private static final class EndInOrder extends IllegalStateException {
        private static final long serialVersionUID = 1;

        EndInOrder(String message) {
            super(message);
        }
    }
}
