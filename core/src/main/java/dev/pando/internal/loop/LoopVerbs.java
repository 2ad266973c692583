package dev.pando.internal.loop;

import dev.pando.Futures;
import dev.pando.Pool;
import dev.pando.Submitter;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.internal.util.Checks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What the static methods of {@code Loop} do. Each method finds the coroutine that calls it; a method that may wait
 * first ends that coroutine if it was cancelled. {@code Loop} says what each verb promises.
 */
public final class LoopVerbs {

    private LoopVerbs() {}

    public static <T extends @Nullable Object> T run(LoopSettings settings, Callable<T> body) {
        Coroutine caller = CurrentCoroutine.coroutine();
        if (caller != null) {
            throw new IllegalStateException("Loop.run was called by " + caller.name() + " of " + caller.loop.name
                    + ", which it would stop. Use Loop.spawn, or Loop.await(() -> Loop.run(...))");
        }
        return LoopRunner.run(settings, body);
    }

    public static boolean isHere() {
        return CurrentCoroutine.coroutine() != null;
    }

    public static String dump() {
        return LoopRuntime.dumpAll();
    }

    public static <T extends @Nullable Object> TaskFuture<T> spawn(Callable<T> body) {
        return SpawnedCoroutine.by(CurrentCoroutine.coroutine("Loop.spawn"), null, body);
    }

    public static <T extends @Nullable Object> TaskFuture<T> spawn(String name, Callable<T> body) {
        return SpawnedCoroutine.by(CurrentCoroutine.coroutine("Loop.spawn"), Checks.present(name, "name"), body);
    }

    /** Starts a coroutine of a loop that the caller need not be a coroutine of. */
    public static <T extends @Nullable Object> TaskFuture<T> spawnOnto(
            LoopRuntime loop, @Nullable String name, Callable<T> body) {
        return SpawnedCoroutine.onto(loop, name, body);
    }

    /** Returns the loop of the caller. */
    public static LoopRuntime running() {
        return CurrentCoroutine.coroutine("Loop.running").loop;
    }

    /** Returns the future of the coroutine that calls. */
    public static TaskFuture<?> current() {
        Coroutine me = CurrentCoroutine.coroutine("Loop.current");
        TaskFuture<?> future = me.future();
        if (future == null) {
            throw new IllegalStateException(me.name() + " has no future");
        }
        return future;
    }

    /** Returns how many nanoseconds have passed since a loop was made. Any thread. */
    public static long time(LoopRuntime loop) {
        return loop.turn.clock.elapsed();
    }

    /** Returns the futures of the coroutines of a loop that have not ended, in the order of their start. Any thread. */
    public static List<TaskFuture<?>> coroutines(LoopRuntime loop) {
        List<TaskFuture<?>> futures = new ArrayList<>();
        for (Coroutine coroutine : loop.registry.all()) {
            TaskFuture<?> future = coroutine.future();
            if (future != null) {
                futures.add(future);
            }
        }
        return futures;
    }

    /** Starts a coroutine that begins after so many nanoseconds. */
    public static <T extends @Nullable Object> TaskFuture<T> callLater(long nanos, Callable<T> body) {
        Coroutine me = CurrentCoroutine.coroutine("Loop.callLater");
        return DelayedCoroutine.by(me, LoopClock.later(me.now(), nanos), body);
    }

    /** Starts a coroutine that begins when so many nanoseconds have passed since the loop was made. */
    public static <T extends @Nullable Object> TaskFuture<T> callAt(long elapsed, Callable<T> body) {
        Coroutine me = CurrentCoroutine.coroutine("Loop.callAt");
        return DelayedCoroutine.by(me, me.turn.clock.moment(elapsed), body);
    }

    /** Returns how many nanoseconds have passed since the caller's loop was made. */
    public static long time() {
        return time(CurrentCoroutine.coroutine("Loop.time").loop);
    }

    /** Returns a pool whose tasks are coroutines of the caller's loop, the same for all callers in that loop. */
    public static Pool pool() {
        return CurrentCoroutine.coroutine("Loop.group").loop.pool(LoopEngine::within);
    }

    public static void pass() {
        Coroutine me = CurrentCoroutine.atVerb("Loop.yield");
        me.turn.pass(me);
        me.check();
    }

    public static void sleep(long nanos) {
        Coroutine me = CurrentCoroutine.atVerb("Loop.sleep");
        me.sleepUntil(LoopClock.later(me.now(), nanos));
    }

    public static <T extends @Nullable Object> T await(TaskFuture<T> future) {
        CurrentCoroutine.atVerb("Loop.await");
        return Awaits.one(future);
    }

    public static <T extends @Nullable Object> T await(CompletionStage<T> stage) {
        CurrentCoroutine.atVerb("Loop.await");
        return Awaits.one(TaskFuture.from(stage));
    }

    public static <T extends @Nullable Object> T awaitCall(Callable<T> call) {
        Coroutine me = CurrentCoroutine.atVerb("Loop.await");
        return Awaits.unchecked("a blocking call", () -> BlockingCall.make(me, call));
    }

    public static <T extends @Nullable Object> T awaitTask(Submitter pool, Task<T> task) {
        Coroutine me = CurrentCoroutine.atVerb("Loop.await");
        me.turn.outside++; // a virtual clock waits for other workers
        try {
            return Awaits.one(pool.submit(task));
        } finally {
            me.turn.outside--;
        }
    }

    public static <T extends @Nullable Object> List<T> gather(Iterable<? extends TaskFuture<? extends T>> futures) {
        CurrentCoroutine.atVerb("Loop.gather");
        return Awaits.all(futures);
    }

    public static <T extends @Nullable Object> T race(Iterable<? extends TaskFuture<? extends T>> futures) {
        CurrentCoroutine.atVerb("Loop.race");
        return Awaits.first(futures);
    }

    public static <T extends @Nullable Object> Iterable<TaskFuture<T>> asCompleted(
            Iterable<? extends TaskFuture<? extends T>> futures) {
        CurrentCoroutine.coroutine("Loop.asCompleted");
        return Futures.asCompleted(futures);
    }

    public static <T extends @Nullable Object> T timeout(TimeoutScope scope, Callable<T> body) {
        Coroutine me = CurrentCoroutine.atVerb("Loop.timeout");
        return Awaits.unchecked("what ran within a timeout", () -> scope.around(me, body));
    }

    /** Runs what may throw anything; a checked exception is wrapped. */
    public static <T extends @Nullable Object> T unchecked(String what, Callable<T> body) {
        return Awaits.unchecked(what, body);
    }

    public static <T extends @Nullable Object> T shield(TaskFuture<T> future) {
        CurrentCoroutine.atVerb("Loop.shield");
        return Awaits.shielded(future);
    }
}
