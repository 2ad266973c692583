package dev.pando;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pool as a tool sees it: which tasks run and wait, on which workers, and at which line. Each list is bounded by the
 * caller, is read while work goes on, and costs the pool nothing when it is not asked for. Neither the arguments of a
 * task nor its result can be seen.
 */
public interface PoolView {

    /** What is going on, in numbers. */
    PoolStats stats();

    /** Why the pool is broken: it can make no worker ready, and refuses tasks so. Null while it is not. */
    @Nullable
    PoolBrokenException broken();

    /** How many tasks run at once; {@link Integer#MAX_VALUE} where there is no limit. */
    int width();

    /** How many tasks may wait for a worker. */
    int queueBound();

    /**
     * The workers that are here, and worker processes that are starting.
     *
     * @throws IllegalArgumentException {@code most} is negative
     */
    List<WorkerInfo> workers(int most);

    /**
     * The tasks that run, the oldest first.
     *
     * @throws IllegalArgumentException {@code most} is negative
     */
    List<TaskInfo> running(int most);

    /**
     * The tasks that wait for a worker, the next one first. A task that was sent to a worker process ahead of its turn
     * is in neither list until it begins.
     *
     * @throws IllegalArgumentException {@code most} is negative
     */
    List<TaskInfo> waiting(int most);

    /**
     * What the tasks share, in the order in which it was made, and the actors, which come last.
     *
     * @throws IllegalArgumentException {@code most} is negative
     */
    List<SharedInfo> shared(int most);

    /**
     * The nodes of a cluster, ordered by name; none where the workers are of this machine. Asks the nodes what they do,
     * and may wait half a second for one that does not answer.
     *
     * @throws IllegalArgumentException {@code most} is negative
     */
    List<NodeInfo> nodes(int most);

    /**
     * Where a running task is at this moment, without stopping it, or why that cannot be told. A worker of another JVM
     * is asked, and a node of a cluster for its worker. An interrupt of the caller ends the wait, and is kept.
     *
     * @param task its number, {@link TaskInfo#id}
     * @param patience how long to wait for a worker of another JVM
     * @throws IllegalArgumentException the patience is negative
     */
    TaskStack look(long task, Duration patience);

    /**
     * The frames of {@link #look}; empty if that has none.
     *
     * @throws IllegalArgumentException the patience is negative
     */
    default List<StackTraceElement> stack(long task, Duration patience) {
        return look(task, patience).frames();
    }

    /**
     * Cancels a task as {@link TaskFuture#cancel cancel(true)} does: a worker process that does not give the task up
     * within its grace is killed. Returns whether there was such a task, waiting or running, and it was cancelled.
     */
    boolean cancel(long task);

    /**
     * Tells this watcher what happens in the pool, from now until the watch is closed.
     *
     * @throws NullPointerException the watcher is {@code null}
     */
    Watch watch(PoolWatcher watcher);

    /** A watch that goes on until it is closed. To close it twice does no harm. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
