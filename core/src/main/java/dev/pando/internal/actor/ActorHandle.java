package dev.pando.internal.actor;

import dev.pando.Actor;
import dev.pando.ActorAction;
import dev.pando.ActorOptions;
import dev.pando.Fn;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.internal.pool.PoolCore;
import dev.pando.internal.util.Checks;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An actor as its users hold it, with the timeout of its calls. */
public record ActorHandle<S>(ActorRun<S> run, long timeoutNanos) implements Actor<S> {

    /** Makes an actor in this pool. */
    public static <S> Actor<S> open(PoolCore core, Task<S> factory, ActorOptions options) {
        if (core.services().runsOnCaller()) {
            throw new UnsupportedOperationException("pool " + core.name()
                    + " runs tasks on the thread that submits them, which an actor would keep for ever");
        }
        ActorRun<S> run = new ActorRun<>(core, factory, options);
        run.open();
        return new ActorHandle<>(run, Long.MAX_VALUE);
    }

    @Override
    @SuppressWarnings("unchecked") // the future of what the function returns
    public <R extends @Nullable Object> TaskFuture<R> call(Fn<? super S, R> fn) {
        Checks.present(fn, "fn");
        return (TaskFuture<R>) run.call((Fn<S, @Nullable Object>) (Fn<?, ?>) fn, timeoutNanos);
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // its only value is null
    public TaskFuture<@Nullable Void> tell(ActorAction<? super S> action) {
        Checks.present(action, "action");
        return (TaskFuture<@Nullable Void>) (TaskFuture<?>) run.call(new Performed<S>(action), timeoutNanos);
    }

    /** An action as a function. */
    private record Performed<S>(ActorAction<? super S> action) implements Fn<S, @Nullable Object> {
        @Override
        public @Nullable Object apply(S object) throws Exception {
            action.perform(object);
            return null;
        }
    }

    @Override
    public Actor<S> timeout(Duration timeout) {
        return new ActorHandle<>(run, Checks.positive(timeout, "timeout"));
    }

    @Override
    public boolean isOpen() {
        return run.isOpen();
    }

    @Override
    public void close() {
        run.close();
    }

    @Override
    public String toString() {
        return "Actor[" + run.name() + "]";
    }
}
