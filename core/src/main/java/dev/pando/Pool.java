package dev.pando;

import dev.pando.internal.PoolImpl;
import dev.pando.internal.util.Checks;
import dev.pando.shared.SharedSpace;
import dev.pando.spi.Backend;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import kotlin.internal.LowPriorityInOverloadResolution;
import org.jspecify.annotations.Nullable;

/**
 * Workers that run tasks. Which kind of worker is one word, the backend; everything else stays.
 *
 * {@snippet :
 * try (Pool pool = Pool.open(Threads.of(4))) {
 *     TaskFuture<Long> sum = pool.submit(Sums::upTo, 100_000L);
 *     List<Boolean> primes = pool.map(Primes::isPrime, numbers).toList();
 *     System.out.println(sum.result());
 * }
 * }
 *
 * <p>A pool is an {@link ExecutorService}, with all of that interface's promises. Its queue is always bounded. Tasks
 * may submit to their own pool and wait for what they submitted, however full it is; tasks that wait for each other in
 * a circle end in {@link DeadlockException}.
 *
 * <p>A pool that is open keeps the JVM alive only while it has work to do: idle workers go home after a second.
 */
public sealed interface Pool extends ExecutorService, Submitter permits PoolImpl {

    /**
     * Opens a pool with these workers, a queue of 10 000 that blocks when it is full, and nothing else.
     *
     * @throws IllegalArgumentException as {@link PoolBuilder#open}
     */
    static Pool open(Backend backend) {
        return with(backend).open();
    }

    /** A pool with these workers, to be furnished before it is opened. */
    static PoolBuilder with(Backend backend) {
        return new PoolBuilder(Checks.present(backend, "backend"));
    }

    // The first two are said again because Scala sees an ambiguity in overloads of two types.

    @Override
    <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task);

    @Override
    @LowPriorityInOverloadResolution
    TaskFuture<@Nullable Void> submit(Action action);

    /**
     * As {@link #submit(Task)}. Workers of other JVMs take it only if it is serializable, which a lambda of this type
     * is not.
     *
     * @throws java.util.concurrent.RejectedExecutionException the pool was shut down, or is full and rejects
     * @throws NotSendableException the task cannot travel to the pool's workers
     */
    @Override
    @LowPriorityInOverloadResolution
    <T extends @Nullable Object> TaskFuture<T> submit(Callable<T> task);

    /** As {@link #submit(Callable)}; the value is {@code null}. */
    @Override
    @LowPriorityInOverloadResolution
    TaskFuture<?> submit(Runnable task);

    /** As {@link #submit(Callable)}; the value is this result. */
    @Override
    <T extends @Nullable Object> TaskFuture<T> submit(Runnable task, T result);

    /** A group of tasks that live and end together: the first failure cancels the others. */
    TaskGroup<@Nullable Object, @Nullable Void> group();

    /** A group of tasks whose end is judged so. */
    <T extends @Nullable Object, R extends @Nullable Object> TaskGroup<T, R> group(Joiner<T, R> joiner);

    /**
     * Makes an object in a worker, which keeps it: see {@link Actor}. The factory runs there, once a worker is free;
     * what it throws fails all calls.
     *
     * @throws UnsupportedOperationException the workers are elsewhere, and their backend cannot share; or tasks of this
     *     pool run on the thread that submits them
     * @throws NotSendableException the factory cannot travel
     */
    <S> Actor<S> actor(Task<S> factory);

    /**
     * As {@link #actor(Task)}, kept as these options say.
     *
     * @throws UnsupportedOperationException as {@link #actor(Task)}
     * @throws NotSendableException the factory cannot travel
     */
    <S> Actor<S> actor(Task<S> factory, ActorOptions options);

    /**
     * Lets tasks of this pool call this function in the program, by {@link Worker#call(String, Object)}; a later offer
     * of the same name replaces it. A task in a worker process may send what its result may consist of, and no other
     * classes. The function runs on a thread of its own for such a task, several at a time, and else on the task's
     * thread.
     *
     * @throws IllegalArgumentException the name is blank
     */
    <A extends @Nullable Object, R extends @Nullable Object> void offer(String name, Fn<A, R> handler);

    /**
     * As {@link #offer(String, Fn)}, for arguments of this type: a task that calls with another is refused.
     *
     * @throws IllegalArgumentException the name is blank
     */
    <A, R extends @Nullable Object> void offer(String name, Class<A> argument, Fn<A, R> handler);

    /**
     * What the tasks of this pool share with each other and with this program: makes queues, locks, counters, and more
     * of the kind, which work the same on every kind of worker, and end with the pool.
     *
     * @throws UnsupportedOperationException the workers are elsewhere, and their backend cannot share
     * @throws IllegalStateException the pool is closed
     */
    SharedSpace shared();

    /** What is going on, at this moment. */
    PoolStats stats();

    /** What a tool sees of this pool: its workers, its tasks, and where each of them is. */
    PoolView view();

    /** Cancels every task that no worker has begun, and returns how many that were. The pool stays open. */
    int cancelQueued();

    /**
     * Takes nothing new, waits until what was accepted is done, and returns when no worker is left. From inside a task
     * of this pool it does not wait, since that task would be waiting for itself; the pool closes when it can.
     *
     * <p>An interrupt of the waiting thread stops the tasks, as {@link #shutdownNow} does, and is kept.
     */
    @Override
    void close();

    /**
     * As {@link #close()}, but waits no longer than this, and then stops what is left, as {@link #kill()} does.
     *
     * @return whether no worker is left. {@code false} says that a task ignores its interruption on a worker that
     *     cannot be killed, because it is a thread of this JVM; a warning in the log says which.
     * @throws IllegalArgumentException the patience is negative
     */
    boolean close(Duration patience);

    /**
     * Stops everything now: cancels every task, running ones included, and takes nothing new. Does not wait;
     * {@link #awaitTermination} does.
     */
    void kill();
}
