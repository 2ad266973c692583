package dev.pando.loop;

import dev.pando.Action;
import dev.pando.Joiner;
import dev.pando.Submitter;
import dev.pando.Task;
import dev.pando.TaskFuture;
import dev.pando.TaskGroup;
import dev.pando.internal.loop.LoopSettings;
import dev.pando.internal.loop.LoopVerbs;
import dev.pando.internal.util.Checks;
import dev.pando.spi.Backend;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import kotlin.internal.LowPriorityInOverloadResolution;
import org.jspecify.annotations.Nullable;

/**
 * An event loop: thousands of coroutines, of which one runs at a time, and control changes hands only at a verb. A
 * coroutine is an ordinary method, and to wait is an ordinary call.
 *
 * {@snippet :
 * List<String> pages = Loop.run(() -> {
 *     TaskFuture<String> a = Loop.spawn(() -> fetch("/a"));
 *     TaskFuture<String> b = Loop.spawn(() -> fetch("/b"));
 *     Loop.sleep(Duration.ofMillis(10));
 *     return Loop.gather(a, b);
 * });
 * }
 *
 * <p>The static methods are the verbs. Each belongs to the coroutine that calls it, and says so elsewhere. Every wait
 * of the library is a verb too: {@code result()}, {@code Futures.wait}, the next element of a map. A coroutine that was
 * cancelled is told at its next verb, once, by a {@link java.util.concurrent.CancellationException}.
 *
 * <p>A value of this type is a {@link Backend}, {@code Pool.open(Loop.create())}, and the settings of a loop.
 *
 * <p>What may surprise: coroutines that follow each other may share a thread, and so its thread-locals; and a call that
 * blocks outside of {@link #await(Callable)} stops the whole loop, which is reported after 100 ms.
 */
public final class Loop extends LoopBackend implements Backend {
    private static final Loop PLAIN = new Loop(LoopSettings.DEFAULT);

    Loop(LoopSettings settings) {
        super(settings);
    }

    /** Returns a loop that is fair and in real time: the coroutine that is ready first runs first. */
    public static Loop create() {
        return PLAIN;
    }

    /**
     * Runs the body as the first coroutine of a new loop, and returns what it returns. When the body has ended, what it
     * spawned and left running is cancelled; when this returns, all of that is over.
     *
     * @throws dev.pando.TaskFailedException the body threw; what it threw is the cause
     * @throws IllegalStateException the caller is a coroutine already
     */
    public static <T extends @Nullable Object> T run(Callable<T> body) {
        return run(PLAIN, body);
    }

    /** As {@link #run(Callable)}, with settings. */
    public static <T extends @Nullable Object> T run(Loop settings, Callable<T> body) {
        LoopSettings chosen = Checks.present(settings, "settings").settings;
        return LoopVerbs.run(chosen, Checks.present(body, "body"));
    }

    /** As {@link #run(Callable)}, for a body without a value. */
    @LowPriorityInOverloadResolution
    public static void run(Action body) {
        run(PLAIN, body);
    }

    /** As {@link #run(Callable)}, with settings, for a body without a value. */
    @LowPriorityInOverloadResolution
    public static void run(Loop settings, Action body) {
        run(settings, ActionBody.of(body, "body"));
    }

    /** Returns whether the caller is a coroutine, and so may use the verbs. */
    public static boolean isHere() {
        return LoopVerbs.isHere();
    }

    /** Returns every coroutine of every loop of this program: what it waits for, and since when. From any thread. */
    public static String dump() {
        return LoopVerbs.dump();
    }

    /**
     * Starts a coroutine, which begins when its turn comes. A failure that no caller asks for is reported in the log.
     */
    public static <T extends @Nullable Object> TaskFuture<T> spawn(Callable<T> body) {
        return LoopVerbs.spawn(body);
    }

    /** As {@link #spawn(Callable)}, for a body without a value. */
    @LowPriorityInOverloadResolution
    public static TaskFuture<@Nullable Void> spawn(Action body) {
        return spawn(ActionBody.of(body, "body"));
    }

    /** As {@link #spawn(Callable)}, with a name, by which it is called in messages and in dumps. */
    public static <T extends @Nullable Object> TaskFuture<T> spawn(String name, Callable<T> body) {
        return LoopVerbs.spawn(name, body);
    }

    /** As {@link #spawn(String, Callable)}, for a body without a value. */
    @LowPriorityInOverloadResolution
    public static TaskFuture<@Nullable Void> spawn(String name, Action body) {
        return spawn(name, ActionBody.of(body, "body"));
    }

    /**
     * Returns the caller's loop, on which any thread may start coroutines.
     *
     * @throws IllegalStateException the caller is no coroutine
     */
    public static RunningLoop running() {
        return new RunningLoop(LoopVerbs.running());
    }

    /**
     * Returns the future of the coroutine that calls, by which another one may cancel it or ask for its number and
     * name. Waiting for it here would never end.
     *
     * @throws IllegalStateException the caller is no coroutine
     */
    public static TaskFuture<?> current() {
        return LoopVerbs.current();
    }

    /**
     * Starts a coroutine that begins after this long, and has no thread until then. Cancelling the future calls it off,
     * and so does the end of the loop.
     *
     * @throws java.util.concurrent.RejectedExecutionException the loop is ending
     * @throws IllegalArgumentException the delay is negative
     * @throws IllegalStateException the caller is no coroutine
     */
    public static <T extends @Nullable Object> TaskFuture<T> callLater(Duration delay, Callable<T> body) {
        return LoopVerbs.callLater(Checks.notNegative(delay, "delay"), body);
    }

    /** As {@link #callLater(Duration, Callable)}, for a body without a value. */
    @LowPriorityInOverloadResolution
    public static TaskFuture<@Nullable Void> callLater(Duration delay, Action body) {
        return callLater(delay, ActionBody.of(body, "body"));
    }

    /** As {@link #callLater(Duration, Callable)}, at a moment of {@link #time}; one that has passed is now. */
    public static <T extends @Nullable Object> TaskFuture<T> callAt(Duration moment, Callable<T> body) {
        return LoopVerbs.callAt(Checks.nanos(moment, "moment"), body);
    }

    /** As {@link #callAt(Duration, Callable)}, for a body without a value. */
    @LowPriorityInOverloadResolution
    public static TaskFuture<@Nullable Void> callAt(Duration moment, Action body) {
        return callAt(moment, ActionBody.of(body, "body"));
    }

    /**
     * Returns how long the caller's loop has run, by its own clock.
     *
     * @throws IllegalStateException the caller is no coroutine
     */
    public static Duration time() {
        return Duration.ofNanos(LoopVerbs.time());
    }

    /** Returns a group of coroutines that live and end together: the first failure cancels the others. */
    public static TaskGroup<@Nullable Object, @Nullable Void> group() {
        return LoopVerbs.pool().group();
    }

    /** Returns a group of coroutines whose end this policy judges. */
    public static <T extends @Nullable Object, R extends @Nullable Object> TaskGroup<T, R> group(Joiner<T, R> joiner) {
        return LoopVerbs.pool().group(joiner);
    }

    /** Lets every other coroutine that is ready go first. */
    @SuppressWarnings("NamedLikeContextualKeyword") // the well-known name; callers write Loop.yield() anyway
    public static void yield() {
        LoopVerbs.pass();
    }

    /**
     * Waits for this long.
     *
     * @throws IllegalArgumentException the duration is negative
     */
    public static void sleep(Duration duration) {
        LoopVerbs.sleep(Checks.notNegative(duration, "duration"));
    }

    /**
     * Waits for a future, of this loop or of any pool, and returns its value. If the waiting coroutine is cancelled, so
     * is the future: to leave it alone, {@link #shield(TaskFuture)} it.
     *
     * <p>The future of a coroutine that was cancelled is done at once, but this waits until the coroutine has ended,
     * its {@code finally} included. So does {@link #gather}, and a wait that is cancelled itself. A second
     * cancellation, or a timeout around, ends that wait.
     *
     * @throws dev.pando.TaskFailedException it failed; what was thrown is the cause
     * @throws dev.pando.DeadlockException this wait closed a circle of coroutines or tasks that wait for each other
     * @throws java.util.concurrent.CancellationException it was cancelled, or the waiting coroutine was
     */
    public static <T extends @Nullable Object> T await(TaskFuture<T> future) {
        return LoopVerbs.await(future);
    }

    /** As {@link #await(TaskFuture)}, for whatever completes by itself: an HTTP request, say. */
    public static <T extends @Nullable Object> T await(CompletionStage<T> stage) {
        return LoopVerbs.await(stage);
    }

    /**
     * Makes a blocking call while the other coroutines go on, and returns when both the call is over and the turn has
     * come. The call is made by this thread, but is no part of the loop: it must not touch what coroutines share. What
     * it throws is thrown, a checked exception inside a {@link dev.pando.TaskFailedException}. If the coroutine is
     * cancelled, or the time of a {@link #timeout} around is up, the call is interrupted.
     *
     * <p>What an interrupt does, the call decides. A read, a write, a connect or an accept of a {@code Socket}, a
     * {@code ServerSocket} or a {@code SocketChannel} closes the socket, since the JDK has no other way to end it. If
     * the socket must outlive the wait, set {@code Socket.setSoTimeout}, which leaves it open.
     */
    @LowPriorityInOverloadResolution
    public static <T extends @Nullable Object> T await(Callable<T> call) {
        return LoopVerbs.awaitCall(Checks.present(call, "call"));
    }

    /**
     * As {@link #await(Callable)}, for a call that is written here. The compiler prefers this to the other two, so that
     * {@code Loop.await(process::waitFor)} is no ambiguity.
     */
    public static <T extends @Nullable Object> T await(ValueCall<T> call) {
        return await((Callable<T>) call);
    }

    /** As {@link #await(Callable)}, for a call without a value. */
    @LowPriorityInOverloadResolution
    public static void await(Action call) {
        await(ActionBody.of(call, "call"));
    }

    /** Has a pool do something, which may be one of worker processes, and waits for the result. */
    public static <T extends @Nullable Object> T await(Submitter pool, Task<T> task) {
        return LoopVerbs.awaitTask(pool, task);
    }

    /** Returns all the values, in the order of the futures. The first failure is thrown at once; the others go on. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read, and not kept
    public static <T extends @Nullable Object> List<T> gather(TaskFuture<? extends T>... futures) {
        return gather(List.of(futures));
    }

    /** As {@link #gather(TaskFuture[])}. */
    public static <T extends @Nullable Object> List<T> gather(Iterable<? extends TaskFuture<? extends T>> futures) {
        return LoopVerbs.gather(futures);
    }

    /** Returns the value of the first that is done, or throws its failure. The others are cancelled. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read, and not kept
    public static <T extends @Nullable Object> T race(TaskFuture<? extends T>... futures) {
        return race(List.of(futures));
    }

    /** As {@link #race(TaskFuture[])}. */
    public static <T extends @Nullable Object> T race(Iterable<? extends TaskFuture<? extends T>> futures) {
        return LoopVerbs.race(futures);
    }

    /** Returns the futures one by one, as they are done. */
    public static <T extends @Nullable Object> Iterable<TaskFuture<T>> asCompleted(
            Iterable<? extends TaskFuture<? extends T>> futures) {
        return LoopVerbs.asCompleted(futures);
    }

    /**
     * Runs the body here, but no longer than this: then its verbs throw a
     * {@link java.util.concurrent.CancellationException}, and this throws {@link dev.pando.DeadlineExceededException}.
     * What the body throws is thrown, a checked exception inside a {@link dev.pando.TaskFailedException}.
     *
     * @throws IllegalArgumentException the limit is negative
     */
    public static <T extends @Nullable Object> T timeout(Duration limit, Callable<T> body) {
        return timeout(LoopTimeout.of(limit), body);
    }

    /** As {@link #timeout(Duration, Callable)}, for a body without a value. */
    @LowPriorityInOverloadResolution
    public static void timeout(Duration limit, Action body) {
        timeout(limit, ActionBody.of(body, "body"));
    }

    /**
     * As {@link #timeout(Duration, Callable)}, with a limit that can be changed meanwhile.
     *
     * @throws IllegalStateException this limit was used before, or the caller is no coroutine
     * @throws dev.pando.DeadlineExceededException the body was not done in time
     */
    public static <T extends @Nullable Object> T timeout(LoopTimeout limit, Callable<T> body) {
        return LoopVerbs.timeout(Checks.present(limit, "limit").scope, Checks.present(body, "body"));
    }

    /** As {@link #timeout(LoopTimeout, Callable)}, for a body without a value. */
    @LowPriorityInOverloadResolution
    public static void timeout(LoopTimeout limit, Action body) {
        timeout(limit, ActionBody.of(body, "body"));
    }

    /** Waits for a future, which goes on if the waiting coroutine is cancelled. */
    public static <T extends @Nullable Object> T shield(TaskFuture<T> future) {
        return LoopVerbs.shield(future);
    }

    /**
     * Runs the body as a coroutine of its own, which goes on if the waiting one is cancelled, and waits for its value.
     */
    public static <T extends @Nullable Object> T shield(Callable<T> body) {
        return shield(spawn(body));
    }
}
