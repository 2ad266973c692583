package dev.pando.spi;

import org.jspecify.annotations.Nullable;

/** What a pool is to its engine: a line of jobs, a name, a clock, and somebody to report to. */
public interface Host {

    /** The pool's name: threads and processes are named after it. */
    String name();

    /** The next job in line, which now is the caller's to run, or {@code null} when nobody is waiting. */
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
     * The calling thread will run one job: it was made for that, or lent. As {@link #arrive}, but nobody need be told.
     *
     * @param another whether, when it leaves, somebody comes for the next in line
     */
    Seat visit(boolean another);

    /** Whether {@link #next} may find somebody. */
    boolean anyInLine();

    /** The last worker left and {@link #over} is true: the pool has terminated. Saying it twice does no harm. */
    void ended();

    /**
     * No worker can be made ready: everything in line fails with that, and the pool takes no more. The cause is what an
     * initializer threw, or an {@link UnreadyException}.
     */
    void broken(Throwable cause);

    /** Whether anybody wants to know what tasks cost. */
    boolean metered();

    /** The clock of this pool, by which all its deadlines are measured. */
    Timer timer();
}
