package dev.pando.loop;

import dev.pando.Action;
import dev.pando.TaskFuture;
import dev.pando.internal.loop.LoopRuntime;
import dev.pando.internal.loop.LoopVerbs;
import dev.pando.internal.util.Checks;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import kotlin.internal.LowPriorityInOverloadResolution;
import org.jspecify.annotations.Nullable;

/**
 * A loop that runs, for any thread: {@link Loop#running} returns the caller's. A thread that is no coroutine starts one
 * here, and waits for it as for any task.
 *
 * {@snippet :
 * RunningLoop loop = Loop.running();                             // in a coroutine
 * TaskFuture<Integer> answer = loop.spawn(() -> ask());          // in another thread
 * }
 */
public final class RunningLoop {
    private final LoopRuntime loop;

    RunningLoop(LoopRuntime loop) {
        this.loop = loop;
    }

    /**
     * Starts a coroutine of this loop, as {@link Loop#spawn(Callable)} does. If the loop ends meanwhile, the future is
     * cancelled.
     *
     * @throws java.util.concurrent.RejectedExecutionException the loop has ended, or is ending
     */
    public <T extends @Nullable Object> TaskFuture<T> spawn(Callable<T> body) {
        return LoopVerbs.spawnOnto(loop, null, body);
    }

    /**
     * As {@link #spawn(Callable)}, for a body without a value.
     *
     * @throws java.util.concurrent.RejectedExecutionException the loop has ended, or is ending
     */
    @LowPriorityInOverloadResolution
    public TaskFuture<@Nullable Void> spawn(Action body) {
        return spawn(ActionBody.of(body, "body"));
    }

    /**
     * As {@link #spawn(Callable)}, with a name, by which the coroutine is called in messages and in dumps.
     *
     * @throws java.util.concurrent.RejectedExecutionException the loop has ended, or is ending
     */
    public <T extends @Nullable Object> TaskFuture<T> spawn(String name, Callable<T> body) {
        return LoopVerbs.spawnOnto(loop, Checks.present(name, "name"), body);
    }

    /**
     * As {@link #spawn(String, Callable)}, for a body without a value.
     *
     * @throws java.util.concurrent.RejectedExecutionException the loop has ended, or is ending
     */
    @LowPriorityInOverloadResolution
    public TaskFuture<@Nullable Void> spawn(String name, Action body) {
        return spawn(name, ActionBody.of(body, "body"));
    }

    /** Returns the coroutines that have not ended, in the order of their start, a task of a pool as its future. */
    public List<TaskFuture<?>> coroutines() {
        return LoopVerbs.coroutines(loop);
    }

    /** Returns how long the loop has run, by its own clock. */
    public Duration time() {
        return Duration.ofNanos(LoopVerbs.time(loop));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RunningLoop running && running.loop == loop;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(loop);
    }

    /** Returns the loop's name, as in messages and dumps. */
    @Override
    public String toString() {
        return loop.toString();
    }
}
