package dev.pando.loop;

import dev.pando.Promise;
import dev.pando.TaskFuture;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** A coroutine with a future of its own: what {@code Loop.spawn} starts. */
class Spawned<T extends @Nullable Object> extends Coroutine {
    static final String NAME = "coroutine";

    private final Promise<T> promise;
    private final @Nullable String given;

    /** Until it begins. */
    private @Nullable Callable<T> body;

    @SuppressWarnings("this-escape") // the promise tells it of a cancellation, which nobody can ask for yet
    Spawned(LoopEngine loop, @Nullable String given, Callable<T> body) {
        super(loop, loop.number());
        this.given = given;
        this.body = body;
        this.promise = new Promise<>(given == null ? NAME : given, number, this::cancel);
    }

    static <T extends @Nullable Object> TaskFuture<T> by(Coroutine caller, @Nullable String given, Callable<T> body) {
        LoopEngine loop = caller.loop;
        if (loop.isEnding()) {
            throw new RejectedExecutionException(loop.name + " is ending, since its first coroutine has ended: "
                    + caller.name() + " cannot spawn another");
        }
        Spawned<T> made = new Spawned<>(loop, given, Objects.requireNonNull(body, "body must not be null"));
        loop.admit(made);
        return made.future();
    }

    final TaskFuture<T> future() {
        return promise.future();
    }

    /** Whether anybody has asked how it ended. */
    final boolean isHeeded() {
        return promise.isHeeded();
    }

    @Override
    final String name() {
        return (given == null ? NAME : given) + "-" + number;
    }

    @Override
    void perform() {
        Callable<T> work = body;
        body = null;
        if (work == null || !promise.markRunning()) return; // cancelled before it began
        Thread thread = Thread.currentThread();
        if (given != null) thread.setName(loop.name + " " + name());
        try {
            T value = work.call();
            if (!future().isDone()) promise.complete(value);
        } catch (Throwable t) {
            fail(t);
        }
        if (given != null) thread.setName(loop.name);
        Thread.interrupted(); // what it leaves behind is not for the next one
    }

    private void fail(Throwable thrown) {
        if (thrown instanceof CancellationException) future().cancel(true);
        if (future().isDone()) return;
        try {
            promise.fail(thrown);
            loop.failed(this);
        } catch (IllegalStateException cancelledMeanwhile) {
            // by another thread, a moment ago: that is how it ended
        }
    }

    @Override
    void cannotBegin(Throwable why) {
        body = null;
        fail(why);
    }

    @Override
    final void abandon() {
        future().cancel(true);
    }
}
