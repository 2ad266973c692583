package dev.pando.internal.loop;

import dev.pando.Promise;
import dev.pando.TaskFuture;
import dev.pando.internal.util.Checks;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** A coroutine with a future of its own: what {@code Loop.spawn} starts. */
class SpawnedCoroutine<T extends @Nullable Object> extends Coroutine implements UnobservedFailures.Failed {
    static final String NAME = "coroutine";

    private final Promise<T> promise;
    private final @Nullable String ownName;

    /** Null once the coroutine has begun. */
    private @Nullable Callable<T> body;

    @SuppressWarnings("this-escape") // the promise calls cancel, which no caller can ask for yet
    SpawnedCoroutine(LoopRuntime loop, @Nullable String ownName, Callable<T> body) {
        super(loop, loop.number());
        this.ownName = ownName;
        this.body = body;
        this.promise = new Promise<>(ownName == null ? NAME : ownName, number, this::cancel);
    }

    static <T extends @Nullable Object> TaskFuture<T> by(Coroutine caller, @Nullable String ownName, Callable<T> body) {
        Checks.present(body, "body");
        SpawnedCoroutine<T> made = new SpawnedCoroutine<>(unended(caller.loop, caller.name()), ownName, body);
        caller.loop.admit(made);
        return made.future();
    }

    /** Starts a coroutine of a loop that the caller need not be a coroutine of. Any thread. */
    static <T extends @Nullable Object> TaskFuture<T> onto(
            LoopRuntime loop, @Nullable String ownName, Callable<T> body) {
        Checks.present(body, "body");
        SpawnedCoroutine<T> made = new SpawnedCoroutine<>(unended(loop, "its handle"), ownName, body);
        loop.start(made);
        return made.future();
    }

    /** Returns the loop, if it still takes coroutines. */
    static LoopRuntime unended(LoopRuntime loop, String caller) {
        if (loop.isEnding()) {
            throw new RejectedExecutionException(
                    loop.name + " is ending, since its first coroutine has ended: " + caller + " cannot spawn another");
        }
        return loop;
    }

    @Override
    final TaskFuture<T> future() {
        return promise.future();
    }

    @Override
    public final boolean isHeeded() {
        return promise.isHeeded();
    }

    @Override
    public final Throwable failure() {
        return future().exceptionNow();
    }

    @Override
    public final String name() {
        return (ownName == null ? NAME : ownName) + "-" + number;
    }

    @Override
    void perform() {
        Callable<T> work = body;
        body = null;
        if (work == null || !promise.markRunning()) {
            return; // cancelled before it began
        }
        Thread thread = Thread.currentThread();
        if (ownName != null) {
            thread.setName(loop.name + " " + name());
        }
        try {
            T value = work.call();
            if (!future().isDone()) {
                promise.complete(value);
            }
        } catch (Throwable t) {
            fail(t);
        }
        if (ownName != null) {
            thread.setName(loop.name);
        }
        Thread.interrupted(); // a late interrupt is not for the next coroutine of this thread
    }

    private void fail(Throwable thrown) {
        if (thrown instanceof CancellationException) {
            future().cancel(true);
        }
        if (future().isDone()) {
            return;
        }
        try {
            promise.fail(thrown);
            loop.unobserved.add(this);
        } catch (IllegalStateException cancelledMeanwhile) {
            // another thread cancelled the future a moment ago, which settled it
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
