package dev.pando;

import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;
import kotlin.internal.LowPriorityInOverloadResolution;
import org.jspecify.annotations.Nullable;

/**
 * How work goes in. A {@link Pool} is one; {@link #timeout}, {@link #retries}, {@link #named} and {@link #priority}
 * make others that share its workers and add their options to each task.
 *
 * <p>Every submission returns at once, unless the queue is full, when the pool's {@link WhenFull} decides. After
 * shutdown it throws {@link java.util.concurrent.RejectedExecutionException}.
 */
public interface Submitter {

    /**
     * Hands a task to the pool. Returns at once unless the queue is full ({@link PoolBuilder#whenFull}).
     *
     * @throws java.util.concurrent.RejectedExecutionException the pool was shut down, or is full and rejects
     * @throws SubmitInterruptedException the thread was interrupted while it waited for room
     * @throws NotSendableException the task cannot travel to the pool's workers
     * @throws PoolBrokenException the pool has no workers any more
     */
    <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task);

    /** As {@link #submit(Task)}, for an action without a result. */
    @LowPriorityInOverloadResolution
    TaskFuture<@Nullable Void> submit(Action action);

    /** As {@link #submit(Task)}, for a function and its argument. */
    <A extends @Nullable Object, T extends @Nullable Object> TaskFuture<T> submit(Fn<A, T> fn, A argument);

    /** As {@link #submit(Task)}, for a function and its two arguments. */
    <A extends @Nullable Object, B extends @Nullable Object, T extends @Nullable Object> TaskFuture<T> submit(
            Fn2<A, B, T> fn, A first, B second);

    /**
     * The results in the order of the inputs. Inputs are pulled when there is room for them, at most a window ahead, so
     * the source may be endless. Nothing is begun before the stream is read. Closing the stream, and ending it early,
     * cancels what is under way and waits until it is over. The first failure surfaces at its position, as
     * {@link TaskFuture#result()} would throw it, and cancels the rest. What the source throws passes through as it is.
     * A pool that takes no more says so when the stream is read, by {@link
     * java.util.concurrent.RejectedExecutionException}.
     */
    <A extends @Nullable Object, T extends @Nullable Object> Stream<T> map(Fn<A, T> fn, Iterable<? extends A> inputs);

    /** As {@link #map(Fn, Iterable)}; closing the result closes the inputs. */
    <A extends @Nullable Object, T extends @Nullable Object> Stream<T> map(Fn<A, T> fn, Stream<? extends A> inputs);

    /** As {@link #map(Fn, Iterable)}, over pairs; ends with the shorter of the two. */
    <A extends @Nullable Object, B extends @Nullable Object, T extends @Nullable Object> Stream<T> map(
            Fn2<A, B, T> fn, Iterable<? extends A> first, Iterable<? extends B> second);

    /** A map as a {@link java.util.stream.Gatherer}, to be put into a stream, with choices of its own. */
    <A extends @Nullable Object, T extends @Nullable Object> Mapping<A, T> mapping(Fn<A, T> fn);

    /**
     * As {@link #mapping(Fn)}, with the choices in an argument. So the stream says what a lambda or an overloaded
     * method is mapped over, which {@code pool.mapping(fn).outcomes()} cannot know, since Java types {@code
     * pool.mapping(fn)} before what follows.
     *
     * {@snippet :
     * urls.gather(pool.mapping(url -> load(url), m -> m.unordered().outcomes()))
     * }
     */
    <A extends @Nullable Object, T extends @Nullable Object, R extends @Nullable Object> Mapping<A, R> mapping(
            Fn<A, T> fn, Function<Mapping<A, T>, Mapping<A, R>> choices);

    /**
     * Runs a task that has many results, and gives them in the order in which the task sends them, while it goes on.
     * The task begins when the stream is first read, and waits while about a thousand results are unread. To close the
     * stream, or to end it early, stops the task; a stream that is neither closed nor read to its end keeps its worker.
     * A failure arrives after the results before it, as {@link TaskFuture#result()} would throw it. Such a task is
     * never tried again, whatever its retries: its results are out.
     *
     * {@snippet :
     * try (Stream<Row> rows = pool.stream((String path, Sink<Row> out) -> parse(path, out), path)) {
     *     rows.limit(100).forEach(this::show);
     * }
     * }
     *
     * @throws UnsupportedOperationException the workers are elsewhere, and their backend cannot share
     */
    <A extends @Nullable Object, R> Stream<R> stream(StreamTask<A, R> task, A input);

    /**
     * Stops a task that runs longer than this, counted from the moment a worker begins it: an interrupt, then, where
     * the worker can be killed, the kill. Its future ends in {@link TaskTimeoutException}.
     * The default is none.
     *
     * @throws IllegalArgumentException the timeout is zero or negative
     */
    Submitter timeout(Duration timeout);

    /**
     * Runs a task again, so many times, when its worker was lost or it timed out; never when it threw. The default
     * is 0.
     *
     * @throws IllegalArgumentException the number is negative
     */
    Submitter retries(int retries);

    /**
     * Calls the tasks so, in messages, events and {@code toString}. The default is {@code task}.
     *
     * @throws IllegalArgumentException the name is blank
     */
    Submitter named(String name);

    /** Lets tasks of a higher priority begin before those of a lower one; 0 is ordinary, and may be negative. */
    Submitter priority(int priority);
}
