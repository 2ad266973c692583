package dev.pando.internal.loop;

import dev.pando.TaskFuture;
import dev.pando.internal.deadlock.AwaitedTask;
import dev.pando.internal.deadlock.DeadlockDetector;
import dev.pando.internal.deadlock.WaitEdge;
import dev.pando.internal.task.PromiseCell;
import dev.pando.internal.task.PromiseCompleter;
import dev.pando.internal.util.Checks;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A coroutine with a future of its own: what {@code Loop.spawn} starts. To the deadlock detector it is a worker, which
 * runs one task.
 */
class SpawnedCoroutine<T extends @Nullable Object> extends Coroutine
        implements UnobservedFailures.Failed, PromiseCompleter {
    static final String NAME = "coroutine";

    /** Ends the walk along a chain that may be a circle, as one of waits with a timeout is. */
    private static final int MAX_HOPS = 10_000;

    private final PromiseCell<T> promise;
    private final @Nullable String ownName;

    /** Null once the coroutine has begun. */
    private @Nullable Callable<T> body;

    /** What this coroutine waits for, if that is a task. Written by its thread. */
    private volatile @Nullable WaitEdge waits;

    /**
     * The end of the chain of waits that begins here, and when that was so, as {@link LoopRuntime#waitsEnded} counts.
     */
    private @Nullable SpawnedCoroutine<?> head;

    private long headSince;

    /** Why what it waits for will never come. Written by the thread that finds out. */
    private volatile DeadlockDetector.@Nullable Verdict verdict;

    @SuppressWarnings("this-escape") // the promise calls only when it is cancelled, which no caller can ask for yet
    SpawnedCoroutine(LoopRuntime loop, @Nullable String ownName, Callable<T> body) {
        super(loop, loop.number());
        this.ownName = ownName;
        this.body = body;
        this.promise = PromiseCell.of(this, ownName == null ? NAME : ownName, number);
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
        return promise;
    }

    @Override
    public final boolean isHeeded() {
        return promise.heeded;
    }

    @Override
    public final Throwable failure() {
        return promise.exceptionNow();
    }

    @Override
    public final String name() {
        return (ownName == null ? NAME : ownName) + "-" + number;
    }

    @Override
    void perform() {
        Callable<T> work = body;
        body = null;
        if (work == null || promise.toRunning() == 0) {
            return; // cancelled before it began
        }
        Thread thread = Thread.currentThread();
        try {
            if (ownName != null) {
                thread.setName(loop.name + " " + name());
            }
            promise.promise(work.call());
        } catch (Throwable t) {
            fail(t);
        } finally {
            promise.completerEnded();
            Thread.interrupted(); // a late interrupt is not for the next coroutine of this thread
        }
        if (ownName != null) {
            thread.setName(loop.name);
        }
    }

    private void fail(Throwable thrown) {
        if (thrown instanceof CancellationException) {
            promise.cancel(true);
        } else if (promise.promiseFailure(thrown)) { // or else it was cancelled, which settled it
            loop.unobserved.add(this);
        }
    }

    @Override
    void cannotBegin(Throwable why) {
        body = null;
        fail(why);
    }

    @Override
    final void abandon() {
        promise.cancel(true);
    }

    @Override
    public final void cancelled() {
        cancel();
    }

    @Override
    public final @Nullable WaitEdge waits() {
        return waits;
    }

    @Override
    public final void waitFor(@Nullable WaitEdge wait) {
        waits = wait;
        if (wait == null && trip == null) {
            loop.waitsEnded++;
            head = null; // or else each of an endless chain would keep the one before it
        }
    }

    /**
     * {@inheritDoc} A coroutine that no code waits for closes no cycle. The last coroutine of a chain is kept until a
     * wait of this loop ends, or else a chain of thousands would be walked again for each new link.
     */
    @Override
    public final @Nullable WaitEdge farthestWait() {
        if (!promise.isObserved()) {
            return null;
        }
        if (!turn.isMine()) {
            return waits;
        }
        SpawnedCoroutine<?> last = this;
        SpawnedCoroutine<?> next = awaited();
        for (int hops = 0; next != null && hops < MAX_HOPS; hops++) {
            if (next == this) {
                return waits;
            }
            last = next;
            next = last.head != null && last.headSince == loop.waitsEnded ? last.head : last.awaited();
        }
        if (last != this) {
            head = last;
            headSince = loop.waitsEnded;
        }
        return last.waits;
    }

    /** Returns the one coroutine of this loop that this one waits for with the turn. Returns null if there is none. */
    private @Nullable SpawnedCoroutine<?> awaited() {
        return trip == null
                        && waits instanceof WaitEdge.For some
                        && some.tasks() instanceof List<? extends AwaitedTask> one
                        && one.size() == 1
                        && one.getFirst().runner() instanceof SpawnedCoroutine<?> next
                        && next.loop == loop
                ? next
                : null;
    }

    @Override
    public final boolean serves() {
        return false;
    }

    @Override
    public final String worker() {
        return loop.name;
    }

    @Override
    public final String taskName() {
        return name();
    }

    @Override
    public final DeadlockDetector.@Nullable Verdict verdict() {
        return verdict;
    }

    @Override
    public final void judged(DeadlockDetector.Verdict circle) {
        verdict = circle;
        wake();
        LockSupport.unpark(thread); // in a blocking call it waits as a thread does
    }
}
