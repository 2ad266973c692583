package dev.pando.spring;

import dev.pando.WhenFull;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is said below {@code pando.pools.NAME}. Absent is what is not said; the default is then that of the pool.
 *
 * @param backend which kind of worker
 * @param workers how many workers at most
 * @param queue how many tasks may wait for a worker
 * @param whenFull what {@code submit} does when that many wait
 * @param timeout a time limit for each task
 * @param carry the names of the beans that carry a context from the submitting thread to the task
 * @param closeTimeout how long tasks may go on when the application shuts down
 * @param heap of processes: the heap of each worker
 * @param memory of processes: the most memory that a worker may hold
 * @param jvmArgs of processes: further arguments for {@code java}
 * @param recycleAfter of processes: a worker goes home after so many tasks
 * @param recycleAbove of processes: a worker that holds more goes home
 * @param spares of processes: so many workers more are kept ready
 * @param grace of processes: how long a task that was told to stop has to obey
 * @param idleTimeout of processes: a worker goes home after so long without work
 * @param eager of processes: starts all workers with the application
 */
record PoolProperties(
        @Nullable BackendKind backend,
        @Nullable Integer workers,
        @Nullable Integer queue,
        @Nullable WhenFull whenFull,
        @Nullable Duration timeout,
        @Nullable List<String> carry,
        @Nullable Duration closeTimeout,
        @Nullable String heap,
        @Nullable String memory,
        @Nullable List<String> jvmArgs,
        @Nullable Integer recycleAfter,
        @Nullable String recycleAbove,
        @Nullable Integer spares,
        @Nullable Duration grace,
        @Nullable Duration idleTimeout,
        @Nullable Boolean eager) {

    /** Which kind of worker. */
    enum BackendKind {
        /** {@code Threads}. */
        THREADS,
        /** {@code Virtual}. */
        VIRTUAL,
        /** {@code Processes}. */
        PROCESSES
    }
}
