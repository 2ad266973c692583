package dev.pando.spi;

import org.jspecify.annotations.Nullable;

/** What a pool is to its engine: a queue of jobs, a name, a clock, and where to report. */
public interface Host {

    /** The pool's name: threads and processes are named after it. */
    String name();

    /** Returns the next job of the queue, which the caller must run. Returns null if the queue is empty. */
    @Nullable
    Job next();

    /**
     * Whether no job will ever come again: the pool is closing and its line is empty. A worker that finds
     * {@link #next} empty and this true goes home.
     */
    boolean over();

    /**
     * A worker is ready to run jobs. A worker that is a thread of this JVM says so on that thread and passes
     * {@code Thread.currentThread()}; any other passes {@code null}.
     */
    Seat arrive(String worker, @Nullable Thread thread);

    /**
     * The calling thread will run one job: it was made for that, or lent. As {@link #arrive}, but without a report.
     *
     * @param another whether, when it leaves, another worker comes for the next job
     */
    Seat visit(boolean another);

    /** Returns whether {@link #next} may find a job. */
    boolean anyInLine();

    /** The last worker left and {@link #over} is true: the pool has terminated. Saying it twice does no harm. */
    void ended();

    /**
     * No worker can be made ready: everything in line fails with that, and the pool takes no more. The cause is what an
     * initializer threw, or an {@link UnreadyException}.
     */
    void broken(Throwable cause);

    /**
     * A thread of this JVM is at its last act for the pool, or ends as soon as the pool has ended: {@code Pool.close}
     * waits for the end of it.
     */
    default void leaving(Thread thread) {}

    /** Returns whether callbacks of ended tasks run, or are about to: the program should not end just then. */
    default boolean callbacksRun() {
        return false;
    }

    /** Returns whether the cost of tasks is measured. */
    boolean metered();

    /** The clock of this pool, by which all its deadlines are measured. */
    Timer timer();
}
