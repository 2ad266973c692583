package dev.pando.internal.actor;

import dev.pando.Fn;
import dev.pando.NotSendableException;
import dev.pando.PoolException;
import dev.pando.internal.task.PromiseCell;
import dev.pando.internal.task.TaskOptions;
import dev.pando.spi.Timer;
import dev.pando.spi.UnsendableException;
import org.jspecify.annotations.Nullable;

/** A call of an actor: what is called, and the future of its result. */
final class ActorCall<S> {
    final Fn<S, @Nullable Object> fn;
    final long timeoutNanos;
    final PromiseCell<@Nullable Object> future;

    /** Rings when its time is up. Written by the thread that sends the call, under the lock of the run. */
    Timer.@Nullable Alarm alarm;

    ActorCall(ActorRun<S> run, String name, long number, Fn<S, @Nullable Object> fn, long timeoutNanos) {
        this.fn = fn;
        this.timeoutNanos = timeoutNanos;
        this.future = new PromiseCell<>(TaskOptions.byHand(name), number, () -> run.cancelled(this));
    }

    /** The object has answered. */
    void answered(@Nullable Object[] answer) {
        Object thrown = answer[1];
        if (thrown == null) {
            var _ = future.promise(answer[0]);
        } else if (thrown instanceof Throwable t) {
            var _ = future.promiseFailure(t);
        } else {
            UnsendableException why = new UnsendableException(
                    UnsendableException.Direction.RESULT,
                    "(of an actor)",
                    String.valueOf(thrown),
                    new IllegalStateException(String.valueOf(thrown)));
            var _ = future.promiseVerdict(
                    new NotSendableException("the answer of " + future.name() + " " + thrown, why));
        }
    }

    /** There will be no answer. */
    void failed(Throwable why) {
        if (why instanceof PoolException verdict) {
            var _ = future.promiseVerdict(verdict);
        } else {
            var _ = future.promiseFailure(why);
        }
    }
}
